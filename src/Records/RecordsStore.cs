using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace OrleansGov.Records;

/// <summary>
/// What staff list, search and count: one SQLite file, or a PostgreSQL database that all nodes share; written by one queue of each node, read by
/// anybody. It is fed by facts alone; a fact applied twice changes nothing, so grains repeat theirs until they are acknowledged.
/// </summary>
public sealed class RecordsStore : IDisposable
{
    private readonly IRecordsDatabase _database;
    private readonly RecordsWriter _writer;

    private RecordsStore(IRecordsDatabase database)
    {
        _database = database;
        _writer = new RecordsWriter(database);
    }

    /// <summary>The file, or the database as <c>host:port/name</c>.</summary>
    public string Place => _database.Place;

    /// <summary>Why writing does not succeed at present; null when it does.</summary>
    public string? Trouble => _writer.Trouble;

    /// <summary>What the last walk along the audit trails found, as of the last <see cref="LookAtAuditAsync"/>; null = every trail that was walked along is whole.</summary>
    public string? AuditTrouble { get; private set; }

    /// <summary>Looks how the audit trails are, wherever they were walked along.</summary>
    public async Task LookAtAuditAsync(CancellationToken cancel = default)
    {
        await using var read = Read();
        var heads = await read.AuditHeads.OrderBy(h => h.Town).ToListAsync(cancel);
        RecordsMeter.AuditTrails = [.. heads.Where(h => h.CheckedAt is not null).Select(h => (h.Town, h.Fault is not null))];
        AuditTrouble = heads.Find(h => h.Fault is not null) is { } broken ? $"監査ログ（{broken.Town}）の {broken.BrokenAt} 行目に改ざんの疑いがあります（{broken.Fault}）。" : null;
    }

    /// <summary>Opens <c>records.db</c> in a directory, making both when they are missing, and brings the schema up to date.</summary>
    /// <exception cref="RecordsUnavailableException">It cannot be opened without risking what is in it.</exception>
    public static RecordsStore Open(string directory) => new(SqliteRecords.Open(directory));

    /// <summary>Opens the records of a cluster. Their tables are there already: see <see cref="MigrateAsync"/>.</summary>
    /// <param name="connectionString">Npgsql's.</param>
    /// <exception cref="RecordsUnavailableException">The database is missing, does not answer, or has tables of another version.</exception>
    public static async Task<RecordsStore> OpenAsync(string connectionString, CancellationToken cancel = default) => new(await PostgresRecords.OpenAsync(connectionString, cancel));

    /// <summary>Brings the tables of a cluster's records to this version; harmless when there is nothing to do, and when several do it at once.</summary>
    /// <param name="say">Hears what was done.</param>
    /// <exception cref="RecordsUnavailableException">The database is missing, does not answer, or belongs to a later version: then nothing was changed.</exception>
    public static async Task MigrateAsync(string connectionString, Action<string> say)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 });
        var had = await PostgresSchema.Records.MigrateAsync(database);
        say($"{PostgresProblems.Place(connectionString)}: records {had} -> {PostgresSchema.Records.Latest}");
    }

    /// <summary>Applies facts in the order given and returns when they are durable. Facts that a stream has had already are dropped.</summary>
    /// <exception cref="RecordsWriteException">Nothing of this call may be taken for stored.</exception>
    /// <exception cref="FormatException">A stream's key is not of the kind that tells such facts.</exception>
    public Task AppendAsync(IReadOnlyList<Fact> facts)
    {
        foreach (var fact in facts) FactRows.Check(fact);
        return facts.Count == 0 ? Task.CompletedTask : RecordsMeter.Append(_writer.WriteAsync(new(facts)), facts);
    }

    /// <summary>Adds a line to the audit trail and returns when it is durable.</summary>
    /// <exception cref="RecordsWriteException">It is not: what was to be audited must not go on.</exception>
    public Task AuditAsync(AuditEntry entry) => _writer.WriteAsync(new([], entry));

    /// <summary>Carries out a change of staff, sessions or keys and returns when it is durable.</summary>
    /// <returns>False when the change does not apply any more or would break a rule that it names: then nothing was changed.</returns>
    /// <exception cref="RecordsWriteException">Nothing of it may be taken for stored.</exception>
    public Task<bool> ChangeAsync(StaffChange change) => EditAsync(change.Make().CarryOut);

    /// <summary>Wakes those who follow the feed (<see cref="FeedReading.ReadFeedAsync"/>), within milliseconds of a commit on any node.</summary>
    public FeedSignal Feed => _database.Feed;

    /// <summary>Runs statements in a transaction of their own and returns when they are durable.</summary>
    /// <param name="edit">May run again after a deadlock: no effects but its statements.</param>
    /// <exception cref="RecordsWriteException">Nothing of it was stored.</exception>
    internal async Task<T> EditAsync<T>(Func<RecordsEdit, T> edit)
    {
        T result = default!;
        await _writer.WriteAsync(new([], Edit: e => result = edit(e))).ConfigureAwait(false);
        return result;
    }

    /// <summary>A read-only view for a few queries. Dispose it after use.</summary>
    public RecordsContext Read() => new(_database.Reading);

    /// <summary>Commits what is queued and closes.</summary>
    public void Dispose() => _writer.Dispose();
}
