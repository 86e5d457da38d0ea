using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Orleans.Runtime;
using Orleans.Storage;
using OrleansGov.Silo.Embedded;

namespace OrleansGov.Silo.States;

/// <summary>
/// Grain states in the embedded store. A write returns when it is on disk; writes of many grains share a commit. The ETag is the row's
/// version number: a writer that holds another one is refused alone, and the rest of its batch commits.
/// </summary>
public sealed class SqliteGrainStorage(EmbeddedStore store) : IGrainStorage
{
    private const string Insert = """
        INSERT INTO grain_state(grain_id, state_name, version, body, next_due, changed_at, address) VALUES(?1, ?2, 1, ?3, ?4, ?5, ?6)
        ON CONFLICT(grain_id, state_name) DO NOTHING
        """;

    private const string Update = """
        UPDATE grain_state SET version = version + 1, body = ?3, next_due = ?4, changed_at = ?5, address = ?6
        WHERE grain_id = ?1 AND state_name = ?2 AND version = ?7
        """;

    // Most turns leave the due column as it is: then its index is left alone too.
    private const string UpdateBody = """
        UPDATE grain_state SET version = version + 1, body = ?3, changed_at = ?5, address = ?6
        WHERE grain_id = ?1 AND state_name = ?2 AND version = ?7 AND next_due IS ?4
        """;

    private const string Delete = "DELETE FROM grain_state WHERE grain_id = ?1 AND state_name = ?2 AND version = ?3";

    private const string Select = "SELECT version, body FROM grain_state WHERE grain_id = ?1 AND state_name = ?2";

    /// <exception cref="GrainStorageException">The file or this state in it cannot be read.</exception>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = grainId.ToString();
        var started = Stopwatch.GetTimestamp();
        var (version, state) = await store.ReadAsync(database => Load<T>(database, key, stateName)).ConfigureAwait(false);
        StorageMeter.Read(started);
        grainState.RecordExists = version is not null;
        grainState.ETag = version?.ToString(CultureInfo.InvariantCulture);
        grainState.State = version is null ? Activator.CreateInstance<T>() : state!;
    }

    /// <exception cref="InconsistentStateException">Somebody else wrote this state since it was read.</exception>
    /// <exception cref="GrainStorageException">The state is not durable.</exception>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = grainId.ToString();
        var body = StateJson.Write(grainState.State!); // on the caller's thread: the writer's has everybody's
        var address = (grainState.State as IAddressed)?.Address;
        var at = store.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var due = DueColumn.Of(grainState.State, at);
        var held = Version(grainState.ETag);
        var write = StorageMeter.Write(stateName);
        try
        {
            var version = await store.WriteAsync(database => Save(database, key, stateName, held, body, due, at, address)).ConfigureAwait(false);
            grainState.ETag = version.ToString(CultureInfo.InvariantCulture);
            grainState.RecordExists = true;
        }
        finally
        {
            StorageMeter.Wrote(write);
        }
    }

    /// <inheritdoc cref="WriteStateAsync"/>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (Version(grainState.ETag) is { } held)
        {
            var key = grainId.ToString();
            await store.WriteAsync(database =>
            {
                var gone = database.Prepare(Delete).Bind(1, key).Bind(2, stateName).Bind(3, held).Run();
                return gone == 1 ? true : throw Conflict(database, key, stateName, held);
            }).ConfigureAwait(false);
        }

        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
    }

    private static (long? Version, T? State) Load<T>(StoreDatabase database, string key, string stateName)
    {
        var select = database.Prepare(Select).Bind(1, key).Bind(2, stateName);
        try
        {
            return select.Step() ? (select.Long(0), StateJson.Read<T>(select.Bytes(1))) : (null, default);
        }
        catch (JsonException e) // the words of the exception name a path in the JSON, never a value
        {
            throw new GrainStorageException($"State '{stateName}' of {key} cannot be read as {typeof(T).Name}: {e.Message}", StorageFailure.Damaged);
        }
        finally
        {
            select.Reset();
        }
    }

    private static long Save(StoreDatabase database, string key, string stateName, long? held, byte[] body, long? due, long at, string? address)
    {
        if (held is not { } version) return Bound(Insert).Run() == 1 ? 1 : throw Conflict(database, key, stateName, held);
        return Bound(UpdateBody).Bind(7, version).Run() == 1 || Bound(Update).Bind(7, version).Run() == 1 ? version + 1 : throw Conflict(database, key, stateName, held);

        Statement Bound(string sql) => database.Prepare(sql).Bind(1, key).Bind(2, stateName).Bind(3, body).Bind(4, due).Bind(5, at).Bind(6, address);
    }

    private static InconsistentStateException Conflict(StoreDatabase database, string key, string stateName, long? held)
    {
        var select = database.Prepare(Select).Bind(1, key).Bind(2, stateName);
        var stored = select.Step() ? select.Long(0) : (long?)null;
        select.Reset();
        return new InconsistentStateException(
            $"State '{stateName}' of {key} is at version {stored?.ToString(CultureInfo.InvariantCulture) ?? "none"}; the writer holds {held?.ToString(CultureInfo.InvariantCulture) ?? "none"}.",
            stored?.ToString(CultureInfo.InvariantCulture), held?.ToString(CultureInfo.InvariantCulture));
    }

    private static long? Version(string? etag) => etag is null ? null : long.Parse(etag, CultureInfo.InvariantCulture);
}
