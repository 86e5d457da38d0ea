using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using Orleans.Storage;

namespace OrleansGov.Silo.Cluster;

/// <summary>
/// Writes the states of all grains of this node: one statement and one commit for as many as wait. Whoever holds an old version is refused alone.
/// </summary>
internal sealed class GroupWriter(ClusterDatabase database, TimeSpan probeEvery, ILogger logger) : BatchLine<GroupWriter.Write>(database, LargestBatch, probeEvery, logger)
{
    private const int LargestBatch = 512;

    // An unknown row has version 0. The conflict path reads the one row its key names, however large the table: an UPDATE … FROM could be planned as a scan.
    private const string Upsert = """
        INSERT INTO grain_state AS kept (grain_id, state_name, version, body, next_due, address, changed_at)
        SELECT grain_id, state_name, held + 1, body, next_due, address, $7
        FROM unnest($1, $2, $3, $4, $5, $6) AS asked (grain_id, state_name, held, body, next_due, address)
        ON CONFLICT (grain_id, state_name) DO UPDATE
        SET version = excluded.version, body = excluded.body, next_due = excluded.next_due, address = excluded.address, changed_at = excluded.changed_at
        WHERE kept.version = excluded.version - 1
        RETURNING grain_id, state_name
        """;

    private readonly Columns _columns = new();
    private readonly Dictionary<(string GrainId, string StateName), Write> _asked = [];
    private NpgsqlCommand? _upsert;

    /// <summary>Returns when the state is on the database's disk.</summary>
    /// <param name="body">Null clears the state; its version goes on, so that nobody can mistake it for one that never was.</param>
    /// <param name="held">The version that the writer read; 0 = none.</param>
    /// <returns>The new version.</returns>
    /// <exception cref="InconsistentStateException">Somebody else wrote this state since it was read.</exception>
    /// <exception cref="GrainStorageException">It is not stored, or nobody knows.</exception>
    public async Task<long> WriteAsync(string grainId, string stateName, long held, byte[]? body, long? nextDue, string? address)
    {
        if (grainId.Contains('\0', StringComparison.Ordinal)) throw new GrainStorageException("A grain's key holds a character that PostgreSQL cannot store.", StorageFailure.Io);
        var write = new Write(grainId, stateName, held, body, nextDue, address);
        await EnqueueAsync(write).ConfigureAwait(false);
        return await write.Done.Task.ConfigureAwait(false);
    }

    protected override bool ProvesHealth => true;

    // A commit for twelve costs little more than one for six.
    protected override TimeSpan Gathering => TimeSpan.FromMilliseconds(2);

    protected override async Task PrepareAsync(NpgsqlConnection connection)
    {
        _upsert = new NpgsqlCommand(Upsert, connection);
        _columns.AddTo(_upsert.Parameters);
        await _upsert.PrepareAsync().ConfigureAwait(false);
    }

    protected override async Task ServeAsync(NpgsqlConnection connection, List<Write> batch)
    {
        // In the order of their keys: two nodes that write the same rows then wait for each other and not in a circle.
        batch.Sort(static (a, b) => string.CompareOrdinal(a.GrainId, b.GrainId) is var order and not 0 ? order : string.CompareOrdinal(a.StateName, b.StateName));
        for (var left = batch; left.Count > 0;)
        {
            List<Write> second = []; // a row can be written once in a statement; its next writer has to wait
            _asked.Clear();
            _columns.Clear(Database.Time.GetUtcNow().ToUnixTimeMilliseconds());
            foreach (var write in left)
            {
                if (write.Done.Task.IsCompleted) continue; // told before the connection broke
                if (_asked.TryAdd((write.GrainId, write.StateName), write)) _columns.Add(write);
                else second.Add(write);
            }

            await CommitAsync().ConfigureAwait(false);
            left = second;
        }
    }

    protected override async Task ProbeAsync(NpgsqlConnection connection)
    {
        // Writes, because a full disk still answers questions.
        await using var probe = new NpgsqlCommand("INSERT INTO office_info (name, value) VALUES ('probe', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value", connection);
        probe.Parameters.Add(new() { Value = Database.Time.GetUtcNow().ToString("O") });
        await probe.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    private async Task CommitAsync()
    {
        List<Write> written = new(_asked.Count);
        var (writes, started) = (_asked.Count, Stopwatch.GetTimestamp());
        await using (var reader = await _upsert!.ExecuteReaderAsync().ConfigureAwait(false))
        {
            while (await reader.ReadAsync().ConfigureAwait(false))
                if (_asked.Remove((reader.GetString(0), reader.GetString(1)), out var write)) written.Add(write);
        } // the statement is its own transaction: only its end says that it is committed

        StorageMeter.Committed(writes, started);

        foreach (var write in written) write.Done.SetResult(write.Held + 1);
        foreach (var refused in _asked.Values)
        {
            refused.Done.SetException(new InconsistentStateException(
                $"State '{refused.StateName}' of {refused.GrainId} is no longer at version {refused.Held}: another activation has written it.", null, ETags.Of(refused.Held)));
        }
    }

    internal sealed class Write(string grainId, string stateName, long held, byte[]? body, long? nextDue, string? address) : Waiting
    {
        public string GrainId { get; } = grainId;
        public string StateName { get; } = stateName;
        public long Held { get; } = held;
        public byte[]? Body { get; } = body;
        public long? NextDue { get; } = nextDue;
        public string? Address { get; } = address;

        // Continuations leave the loop at once: it has everybody's writes to do.
        public TaskCompletionSource<long> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Fail(Exception reason) => Done.TrySetException(reason);
    }

    /// <summary>A batch as PostgreSQL wants it: column by column. Kept from batch to batch.</summary>
    private sealed class Columns
    {
        private readonly List<string> _grainIds = [];
        private readonly List<string> _stateNames = [];
        private readonly List<long> _held = [];
        private readonly List<byte[]?> _bodies = [];
        private readonly List<long?> _dues = [];
        private readonly List<string?> _addresses = [];
        private NpgsqlParameter<long> _now = new();

        public void AddTo(NpgsqlParameterCollection parameters)
        {
            parameters.Add(new() { Value = _grainIds, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
            parameters.Add(new() { Value = _stateNames, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
            parameters.Add(new() { Value = _held, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
            parameters.Add(new() { Value = _bodies, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
            parameters.Add(new() { Value = _dues, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
            parameters.Add(new() { Value = _addresses, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
            parameters.Add(_now = new() { NpgsqlDbType = NpgsqlDbType.Bigint });
        }

        public void Clear(long now)
        {
            _grainIds.Clear();
            _stateNames.Clear();
            _held.Clear();
            _bodies.Clear();
            _dues.Clear();
            _addresses.Clear();
            _now.TypedValue = now;
        }

        public void Add(Write write)
        {
            _grainIds.Add(write.GrainId);
            _stateNames.Add(write.StateName);
            _held.Add(write.Held);
            _bodies.Add(write.Body);
            _dues.Add(write.NextDue);
            _addresses.Add(write.Address);
        }
    }
}
