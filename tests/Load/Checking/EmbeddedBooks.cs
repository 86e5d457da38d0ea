using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace OrleansGov.Load.Checking;

/// <summary>The books of an embedded office: two SQLite files in its data directory.</summary>
/// <param name="packs">Directory of the packs it uses: how many places a day has.</param>
public sealed class EmbeddedBooks(string data, string packs) : IBooks
{
    private readonly Calendars _calendars = new(packs);

    public Task<BookView> Read(DateTimeOffset since, CancellationToken cancel)
    {
        var states = Query("grains.db", "SELECT state_name, grain_id, body FROM grain_state WHERE state_name IN ('case', 'slot-day')", r => (Name: r.GetString(0), Key: KeyOf(r.GetString(1)), Body: Json(r.GetStream(2))));
        return Task.FromResult(new BookView(
            [.. states.Where(s => s.Name == "case").Select(s => StoredStates.Case(s.Key, s.Body)).OfType<BookedCase>()],
            Query("records.db", "SELECT number, status, resource, day FROM cases WHERE day IS NOT NULL AND resource IS NOT NULL", r => new BookedCase(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), null)),
            [.. states.Where(s => s.Name == "slot-day").Select(s => StoredStates.Day(s.Key, s.Body, _calendars))],
            Query("records.db", $"SELECT line_message_id FROM messages WHERE line_message_id IS NOT NULL AND direction = 'heard' AND at >= {since.ToUnixTimeMilliseconds()}", r => r.GetString(0))));
    }

    public Task<int> Behind(DateTimeOffset since, CancellationToken cancel)
    {
        var changed = Query("grains.db", $"SELECT grain_id, json_extract(body, '$.facts.seq') FROM grain_state WHERE changed_at >= {since.ToUnixTimeMilliseconds()} AND json_extract(body, '$.facts.seq') > 0", r => (Key: KeyOf(r.GetString(0)), Seq: r.GetInt64(1)));
        using var records = Open("records.db");
        using var find = records.CreateCommand();
        find.CommandText = "SELECT last_seq FROM streams WHERE stream = $stream";
        var stream = find.Parameters.Add("$stream", SqliteType.Text);
        return Task.FromResult(changed.Count(c =>
        {
            stream.Value = c.Key;
            return (find.ExecuteScalar() as long? ?? 0) < c.Seq;
        }));
    }

    public Task<IReadOnlyDictionary<string, long>?> Writes(CancellationToken cancel) => Task.FromResult<IReadOnlyDictionary<string, long>?>(
        Query("grains.db", "SELECT state_name, sum(version) FROM grain_state GROUP BY state_name", r => (r.GetString(0), r.GetInt64(1))).ToDictionary());

    public Task<double?> BytesPerResident(CancellationToken cancel) => Task.FromResult(
        Query("grains.db", "SELECT avg(length(body)) FROM grain_state WHERE state_name = 'resident'", r => r.IsDBNull(0) ? (double?)null : r.GetDouble(0)).Single());

    private List<T> Query<T>(string file, string sql, Func<SqliteDataReader, T> row)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(row(reader));
        return rows;
    }

    private SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(data, file)};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return connection;
    }

    private static string KeyOf(string grainId) => grainId[(grainId.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private static JsonElement Json(Stream body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }
}
