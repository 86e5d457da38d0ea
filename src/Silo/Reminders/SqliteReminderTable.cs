using System.Globalization;
using Orleans.Runtime;
using OrleansGov.Silo.Embedded;

namespace OrleansGov.Silo.Reminders;

/// <summary>Orleans' reminders in the embedded store, written by the same writer. Few rows: only what must outlive a crash of everything else (the sweepers).</summary>
public sealed class SqliteReminderTable(EmbeddedStore store) : IReminderTable
{
    private const string Columns = "grain_id, name, start_at, period, etag";

    public Task<ReminderTableData> ReadRows(GrainId grainId) =>
        ReadAsync($"SELECT {Columns} FROM reminder WHERE grain_id = ?1", statement => statement.Bind(1, grainId.ToString()));

    /// <summary>Reminders whose grain's hash is in (begin, end], or outside (end, begin] when the range runs over the end of the ring.</summary>
    public Task<ReminderTableData> ReadRows(uint begin, uint end) => ReadAsync(
        $"SELECT {Columns} FROM reminder WHERE hash > ?1 {(begin < end ? "AND" : "OR")} hash <= ?2",
        statement => statement.Bind(1, begin).Bind(2, end));

    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName)
    {
        var found = await ReadAsync($"SELECT {Columns} FROM reminder WHERE grain_id = ?1 AND name = ?2",
            statement => statement.Bind(1, grainId.ToString()).Bind(2, reminderName)).ConfigureAwait(false);
        return found.Reminders.SingleOrDefault();
    }

    /// <returns>The new ETag.</returns>
    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        var etag = Guid.NewGuid().ToString("N"); // never repeats: a reminder set again cannot be removed by who saw the old one
        await store.WriteAsync(database => database.Prepare("""
                INSERT INTO reminder(grain_id, name, hash, start_at, period, etag) VALUES(?1, ?2, ?3, ?4, ?5, ?6)
                ON CONFLICT(grain_id, name) DO UPDATE SET start_at = excluded.start_at, period = excluded.period, etag = excluded.etag
                """)
            .Bind(1, entry.GrainId.ToString())
            .Bind(2, entry.ReminderName)
            .Bind(3, entry.GrainId.GetUniformHashCode())
            .Bind(4, new DateTimeOffset(DateTime.SpecifyKind(entry.StartAt, DateTimeKind.Utc)).ToUnixTimeMilliseconds())
            .Bind(5, (long)entry.Period.TotalMilliseconds)
            .Bind(6, etag)
            .Run()).ConfigureAwait(false);
        return etag;
    }

    /// <returns>False when there is no such reminder with this ETag.</returns>
    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) =>
        await store.WriteAsync(database => database.Prepare("DELETE FROM reminder WHERE grain_id = ?1 AND name = ?2 AND etag = ?3")
            .Bind(1, grainId.ToString()).Bind(2, reminderName).Bind(3, eTag).Run()).ConfigureAwait(false) == 1;

    public Task TestOnlyClearTable() => store.WriteAsync(database => database.Prepare("DELETE FROM reminder").Run());

    private Task<ReminderTableData> ReadAsync(string sql, Func<Statement, Statement> bind) => store.ReadAsync(database =>
    {
        var select = bind(database.Prepare(sql));
        var found = new List<ReminderEntry>();
        while (select.Step())
        {
            found.Add(new ReminderEntry
            {
                GrainId = GrainId.Parse(select.Text(0), CultureInfo.InvariantCulture),
                ReminderName = select.Text(1),
                StartAt = DateTimeOffset.FromUnixTimeMilliseconds(select.Long(2)).UtcDateTime,
                Period = TimeSpan.FromMilliseconds(select.Long(3)),
                ETag = select.Text(4),
            });
        }

        select.Reset();
        return new ReminderTableData(found);
    });
}
