using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace OrleansGov.Silo.Cluster;

/// <summary>Reads the states of grains that are being activated: one question for as many as wait.</summary>
internal sealed class GroupReader(ClusterDatabase database, TimeSpan probeEvery, ILogger logger) : BatchLine<GroupReader.Read>(database, LargestBatch, probeEvery, logger)
{
    private const int LargestBatch = 256;

    // LIMIT keeps the planner at one look into the index per key, whatever it believes about the length of the arrays.
    private const string Select = """
        SELECT asked.place, found.version, found.body
        FROM unnest($1, $2) WITH ORDINALITY AS asked (grain_id, state_name, place)
        CROSS JOIN LATERAL (
          SELECT version, body FROM grain_state WHERE grain_state.grain_id = asked.grain_id AND grain_state.state_name = asked.state_name LIMIT 1
        ) AS found
        """;

    private readonly List<string> _grainIds = [];
    private readonly List<string> _stateNames = [];
    private NpgsqlCommand? _select;

    /// <returns>Version and body of a state; version 0 = there never was one, body null = cleared.</returns>
    /// <exception cref="GrainStorageException">It cannot be read at present.</exception>
    public async Task<(long Version, byte[]? Body)> ReadAsync(string grainId, string stateName)
    {
        if (grainId.Contains('\0', StringComparison.Ordinal)) return (0, null); // none such can have been stored
        var read = new Read(grainId, stateName);
        await EnqueueAsync(read).ConfigureAwait(false);
        return await read.Done.Task.ConfigureAwait(false);
    }

    protected override async Task PrepareAsync(NpgsqlConnection connection)
    {
        _select = new NpgsqlCommand(Select, connection);
        _select.Parameters.Add(new() { Value = _grainIds, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        _select.Parameters.Add(new() { Value = _stateNames, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await _select.PrepareAsync().ConfigureAwait(false);
    }

    protected override async Task ServeAsync(NpgsqlConnection connection, List<Read> batch)
    {
        _grainIds.Clear();
        _stateNames.Clear();
        foreach (var read in batch)
        {
            _grainIds.Add(read.GrainId);
            _stateNames.Add(read.StateName);
        }

        await using (var reader = await _select!.ExecuteReaderAsync().ConfigureAwait(false))
        {
            while (await reader.ReadAsync().ConfigureAwait(false))
            {
                var read = batch[(int)reader.GetInt64(0) - 1];
                read.Done.TrySetResult((reader.GetInt64(1), await reader.IsDBNullAsync(2).ConfigureAwait(false) ? null : reader.GetFieldValue<byte[]>(2)));
            }
        }

        foreach (var read in batch) read.Done.TrySetResult((0, null)); // no row came for it
    }

    internal sealed class Read(string grainId, string stateName) : Waiting
    {
        public string GrainId { get; } = grainId;
        public string StateName { get; } = stateName;
        public TaskCompletionSource<(long Version, byte[]? Body)> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Fail(Exception reason) => Done.TrySetException(reason);
    }
}
