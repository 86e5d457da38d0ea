using System.Globalization;
using Microsoft.Data.Sqlite;

namespace OrleansGov.Load;

/// <summary>Looks at an office from outside: /proc of its process and its data directory, as far as they were named.</summary>
internal sealed class OfficeGauge(int? pid, string? data)
{
    private const double TicksPerSecond = 100; // USER_HZ: 100 on every Linux this runs on

    /// <summary>Processor time so far; null where there is no /proc.</summary>
    public TimeSpan? Cpu
    {
        get
        {
            if (Read("stat") is not { } stat) return null;
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' '); // the name before may hold blanks
            return TimeSpan.FromSeconds((long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond);
        }
    }

    public double? Megabytes => Read("status")?.Split('\n').FirstOrDefault(l => l.StartsWith("VmRSS", StringComparison.Ordinal)) is { } line
        ? double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024
        : null;

    /// <summary>Writes so far by state: a row's version counts them.</summary>
    public Dictionary<string, long>? Writes() => Query("SELECT state_name, sum(version) FROM grain_state GROUP BY state_name", r => (r.GetString(0), r.GetInt64(1)))?.ToDictionary();

    public double? BytesPerResident() => Query("SELECT avg(length(body)) FROM grain_state WHERE state_name = 'resident'", r => r.GetDouble(0))?.Single();

    public static double MachineLoad() => File.Exists("/proc/loadavg") ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) : 0;

    private string? Read(string file) => pid is { } id && File.Exists($"/proc/{id}/{file}") ? File.ReadAllText($"/proc/{id}/{file}") : null;

    private List<T>? Query<T>(string sql, Func<SqliteDataReader, T> row)
    {
        if (data is null || !File.Exists(Path.Combine(data, "grains.db"))) return null;
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "grains.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(row(reader));
        return rows;
    }
}
