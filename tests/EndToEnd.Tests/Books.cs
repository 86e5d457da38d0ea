using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace OrleansGov.EndToEnd.Tests;

/// <summary>A state of a grain as stored.</summary>
public sealed record StoredState(string Name, string GrainId, JsonNode Body)
{
    /// <summary>Stream of its facts in Records: its key.</summary>
    public string Key => GrainId[(GrainId.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>Last part of the key: pseudonym, case number or date.</summary>
    public string LastOfKey => GrainId[(GrainId.LastIndexOf('/') + 1)..];
}

/// <summary>What is on disk, read from outside and read-only: the grains' states and Records.</summary>
public sealed class Books(string data)
{
    public List<StoredState> States() => Read("grains.db", "SELECT state_name, grain_id, body FROM grain_state",
        r => new StoredState(r.GetString(0), r.GetString(1), JsonNode.Parse(r.GetStream(2))!));

    public List<(string Number, string Resident, string Status, string? Resource, string? Day, int? Fee)> Cases() =>
        Read("records.db", "SELECT number, resident, status, resource, day, fee FROM cases ORDER BY number",
            r => (r.GetString(0), r.GetString(1), r.GetString(2), Text(r, 3), Text(r, 4), r.IsDBNull(5) ? (int?)null : r.GetInt32(5)));

    /// <summary>What the office heard, by pseudonym: LINE message ids of texts, <c>tapped</c> and <c>followed</c> for the others.</summary>
    public ILookup<string, string> Heard() => Read("records.db", "SELECT conversation, what, line_message_id FROM messages WHERE direction = 'heard'",
        r => (Conversation: r.GetString(0), What: Text(r, 2) ?? r.GetString(1))).ToLookup(m => m.Conversation, m => m.What);

    /// <summary>Streams of facts that Records does not have to the end: empty when it has caught up.</summary>
    public List<string> Behind()
    {
        var applied = Read("records.db", "SELECT stream, last_seq FROM streams", r => (r.GetString(0), r.GetInt64(1))).ToDictionary();
        return [.. States().Where(s => s.Body["facts"]?["seq"]?.GetValue<long>() is { } seq && seq > applied.GetValueOrDefault(s.Key)).Select(s => s.Key)];
    }

    private List<T> Read<T>(string file, string sql, Func<SqliteDataReader, T> row)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, file)};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(row(reader));
        return rows;
    }

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
