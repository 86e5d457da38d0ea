using System.Data.Common;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace OrleansGov.Drills;

/// <summary>A state of a grain as stored.</summary>
public sealed record StoredState(string Name, string GrainId, JsonNode Body)
{
    /// <summary>Stream of its facts in Records: its key.</summary>
    public string Key => GrainId[(GrainId.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>Last part of the key: pseudonym, case number or date.</summary>
    public string LastOfKey => GrainId[(GrainId.LastIndexOf('/') + 1)..];
}

/// <summary>A case as Records have it.</summary>
public sealed record CaseRow(string Number, string Resident, string Status, string? Resource, string? Day, int? Fee);

/// <summary>A line of the transcript as Records have it.</summary>
/// <param name="What">Of what was heard: the LINE message id of a text, <c>tapped</c>, <c>followed</c> …; of what was said: its text.</param>
public sealed record Line(string Conversation, long Seq, bool Heard, string What);

/// <summary>What is stored, read from outside: the grains' states and Records.</summary>
public abstract class Books
{
    public abstract List<StoredState> States();

    public List<CaseRow> Cases() => Records("SELECT number, resident, status, resource, CAST(day AS text), fee FROM cases ORDER BY number",
        r => new CaseRow(r.GetString(0), r.GetString(1), r.GetString(2), Text(r, 3), Text(r, 4), r.IsDBNull(5) ? null : r.GetInt32(5)));

    /// <summary>The transcripts, each conversation in its order.</summary>
    public ILookup<string, Line> Lines() => Records("SELECT conversation, seq, direction, what, text, line_message_id FROM messages ORDER BY conversation, seq",
        r => new Line(r.GetString(0), r.GetInt64(1), r.GetString(2) == "heard", (r.GetString(2) == "heard" ? Text(r, 5) ?? r.GetString(3) : Text(r, 4)) ?? "")).ToLookup(l => l.Conversation);

    /// <summary>Streams of facts that Records does not have to the end: empty when it has caught up.</summary>
    public List<string> Behind()
    {
        var applied = Records("SELECT stream, last_seq FROM streams", r => (r.GetString(0), r.GetInt64(1))).ToDictionary();
        return [.. States().Where(s => s.Body["facts"]?["seq"]?.GetValue<long>() is { } seq && seq > applied.GetValueOrDefault(s.Key)).Select(s => s.Key)];
    }

    /// <summary>Grains that have something to say or to do.</summary>
    public List<string> Waiting() => [.. States().Where(s => s.Body["outbox"] is JsonArray { Count: > 0 } || s.Body["intents"] is JsonArray { Count: > 0 }).Select(s => s.Key)];

    protected abstract List<T> Records<T>(string sql, Func<DbDataReader, T> row);

    protected static List<T> Read<T>(DbConnection opened, string sql, Func<DbDataReader, T> row)
    {
        using (opened)
        {
            opened.Open();
            using var command = opened.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read()) rows.Add(row(reader));
            return rows;
        }
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}

/// <summary>The files of an embedded office, read-only.</summary>
internal sealed class SqliteBooks(string data) : Books
{
    public override List<StoredState> States() => Read(Open("grains.db"), "SELECT state_name, grain_id, body FROM grain_state",
        r => new StoredState(r.GetString(0), r.GetString(1), JsonNode.Parse(r.GetFieldValue<byte[]>(2))!));

    protected override List<T> Records<T>(string sql, Func<DbDataReader, T> row) => Read(Open("records.db"), sql, row);

    private SqliteConnection Open(string file) => new($"Data Source={Path.Combine(data, file)};Mode=ReadOnly;Pooling=False");
}

/// <summary>The database of a cluster; states stand in the office's own table or in that of Orleans' storage, as configured.</summary>
public sealed class PostgresBooks(string connectionString) : Books
{
    public override List<StoredState> States() => Read(Open(), """
        SELECT state_name, grain_id, body FROM grain_state WHERE body IS NOT NULL
        UNION ALL SELECT GrainTypeString, 'orleans/' || GrainIdExtensionString, PayloadBinary FROM OrleansStorage WHERE PayloadBinary IS NOT NULL
        """, r => new StoredState(r.GetString(0), r.GetString(1), JsonNode.Parse(r.GetFieldValue<byte[]>(2))!));

    protected override List<T> Records<T>(string sql, Func<DbDataReader, T> row) => Read(Open(), sql, row);

    private NpgsqlConnection Open() => new(connectionString + ";Pooling=false");
}
