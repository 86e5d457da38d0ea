using System.Data.Common;
using System.Text.Json;
using NpgsqlTypes;
using Orleans.Runtime;
using Orleans.Storage;
using OrleansGov.Silo.States;

namespace OrleansGov.Silo.Cluster;

/// <summary>
/// Keeps beside Orleans' own storage what its table has no column for: when a state falls due, and whom it speaks to. Two statements cannot be one
/// transaction there, so the order makes up for it: an earlier instant is written before the state, a later one after it. A crash in between wakes
/// a grain once too often, and never too late.
/// </summary>
internal sealed class DueRows(IGrainStorage rows, ClusterDatabase database) : IGrainStorage
{
    // Answers what stands there when that is not what was asked for: then there is something to do after the state, too.
    private const string Before = """
        WITH earlier AS (
          INSERT INTO grain_due AS kept (grain_id, state_name, next_due, address) VALUES ($1, $2, $3, $4)
          ON CONFLICT (grain_id, state_name) DO UPDATE SET next_due = excluded.next_due, address = excluded.address
          WHERE excluded.next_due < COALESCE(kept.next_due, 9223372036854775807)
          RETURNING 1)
        SELECT EXISTS (SELECT FROM earlier)
        """;

    private const string After = """
        INSERT INTO grain_due (grain_id, state_name, next_due, address) VALUES ($1, $2, $3, $4)
        ON CONFLICT (grain_id, state_name) DO UPDATE SET next_due = excluded.next_due, address = excluded.address
        """;

    /// <exception cref="GrainStorageException">This state cannot be read.</exception>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        SayAsync(() => rows.ReadStateAsync(stateName, grainId, grainState), stateName);

    /// <exception cref="InconsistentStateException">Somebody else wrote this state since it was read.</exception>
    /// <exception cref="GrainStorageException">The state is not known to be durable.</exception>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (due, address) = (DueColumn.Of(grainState.State, database.Time.GetUtcNow().ToUnixTimeMilliseconds()), Columns.Address(grainState.State));
        var has = grainState.State is IDue or IAddressed;
        var settled = !has || (due is not null && await NoteAsync(Before, grainId, stateName, due, address).ConfigureAwait(false));
        await SayAsync(() => rows.WriteStateAsync(stateName, grainId, grainState), stateName).ConfigureAwait(false);
        if (!settled) await NoteAsync(After, grainId, stateName, due, address).ConfigureAwait(false);
    }

    /// <inheritdoc cref="WriteStateAsync"/>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var had = grainState.State is IDue or IAddressed;
        await SayAsync(() => rows.ClearStateAsync(stateName, grainId, grainState), stateName).ConfigureAwait(false);
        if (had) await NoteAsync(After, grainId, stateName, null, null).ConfigureAwait(false);
    }

    private Task<bool> NoteAsync(string sql, GrainId grainId, string stateName, long? due, string? address) => database.AskAsync(sql,
        parameters =>
        {
            parameters.Add(new() { Value = grainId.ToString(), NpgsqlDbType = NpgsqlDbType.Text });
            parameters.Add(new() { Value = stateName, NpgsqlDbType = NpgsqlDbType.Text });
            parameters.Add(new() { Value = (object?)due ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
            parameters.Add(new() { Value = (object?)address ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        },
        async reader => await reader.ReadAsync().ConfigureAwait(false) && reader.GetBoolean(0));

    // What a driver throws may not cross silos, and says nothing to an operator.
    private async Task SayAsync(Func<Task> work, string stateName)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            var failure = ClusterProblems.Failure(e, database.Place);
            database.Health.Failed(failure);
            throw failure;
        }
        catch (JsonException e)
        {
            throw new GrainStorageException($"State '{stateName}' cannot be read: {e.Message}", StorageFailure.Damaged);
        }
    }
}
