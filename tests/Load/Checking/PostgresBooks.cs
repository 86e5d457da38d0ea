using System.Text.Json;
using Npgsql;

namespace OrleansGov.Load.Checking;

/// <summary>The books of a cluster: its PostgreSQL database.</summary>
/// <param name="packs">Directory of the packs it uses: how many places a day has.</param>
public sealed class PostgresBooks(string connectionString, string packs) : IBooks, IAsyncDisposable
{
    private readonly Calendars _calendars = new(packs);
    private readonly NpgsqlDataSource _database = NpgsqlDataSource.Create(connectionString);

    public async Task<BookView> Read(DateTimeOffset since, CancellationToken cancel)
    {
        var states = await Query("SELECT state_name, grain_id, body FROM grain_state WHERE state_name IN ('case', 'slot-day') AND body IS NOT NULL", r => (Name: r.GetString(0), Key: KeyOf(r.GetString(1)), Body: Json((byte[])r[2])), cancel);
        return new(
            [.. states.Where(s => s.Name == "case").Select(s => StoredStates.Case(s.Key, s.Body)).OfType<BookedCase>()],
            await Query("SELECT number, status, resource, day::text FROM cases WHERE day IS NOT NULL AND resource IS NOT NULL", r => new BookedCase(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), null), cancel),
            [.. states.Where(s => s.Name == "slot-day").Select(s => StoredStates.Day(s.Key, s.Body, _calendars))],
            await Query($"SELECT line_message_id FROM messages WHERE line_message_id IS NOT NULL AND direction = 'heard' AND at >= {since.ToUnixTimeMilliseconds()}", r => r.GetString(0), cancel));
    }

    // The key of a stream is the grain's: what stands behind the first slash of its id.
    public async Task<int> Behind(DateTimeOffset since, CancellationToken cancel) => (await Query($"""
        SELECT count(*)::int FROM (
          SELECT substr(grain_id, strpos(grain_id, '/') + 1) AS stream, (convert_from(body, 'UTF8')::json #>> ARRAY['facts', 'seq'])::bigint AS seq
          FROM grain_state WHERE changed_at >= {since.ToUnixTimeMilliseconds()} AND body IS NOT NULL) AS changed
        LEFT JOIN streams ON streams.stream = changed.stream
        WHERE changed.seq > coalesce(streams.last_seq, 0)
        """, r => r.GetInt32(0), cancel)).Single();

    public async Task<IReadOnlyDictionary<string, long>?> Writes(CancellationToken cancel) =>
        (await Query("SELECT state_name, sum(version)::bigint FROM grain_state GROUP BY state_name", r => (r.GetString(0), r.GetInt64(1)), cancel)).ToDictionary();

    public async Task<double?> BytesPerResident(CancellationToken cancel) =>
        (await Query("SELECT avg(length(body))::float8 FROM grain_state WHERE state_name = 'resident'", r => r.IsDBNull(0) ? (double?)null : r.GetDouble(0), cancel)).Single();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task<List<T>> Query<T>(string sql, Func<NpgsqlDataReader, T> row, CancellationToken cancel)
    {
        await using var command = _database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel)) rows.Add(row(reader));
        return rows;
    }

    private static string KeyOf(string grainId) => grainId[(grainId.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private static JsonElement Json(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }
}
