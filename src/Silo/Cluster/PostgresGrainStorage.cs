using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Orleans.Runtime;
using Orleans.Storage;
using OrleansGov.Silo.States;

namespace OrleansGov.Silo.Cluster;

/// <summary>
/// Grain states in PostgreSQL, for grains that write every turn: writes of many grains share a statement, a round trip and a commit. The ETag is
/// the row's version number. When the state falls due, and whom it speaks to, stand in columns beside it.
/// </summary>
public sealed class PostgresGrainStorage(ClusterDatabase database) : IGrainStorage
{
    /// <exception cref="GrainStorageException">This state cannot be read.</exception>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = grainId.ToString();
        var started = Stopwatch.GetTimestamp();
        var (version, body) = await database.Reader.ReadAsync(key, stateName).ConfigureAwait(false);
        StorageMeter.Read(started);
        grainState.State = body is null ? Activator.CreateInstance<T>() : Parsed<T>(body, key, stateName);
        grainState.RecordExists = body is not null;
        grainState.ETag = ETags.Of(version);
    }

    /// <exception cref="InconsistentStateException">Somebody else wrote this state since it was read.</exception>
    /// <exception cref="GrainStorageException">The state is not known to be durable.</exception>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var body = StateJson.Write(grainState.State!);
        var write = StorageMeter.Write(stateName);
        try
        {
            var version = await database.Writer.WriteAsync(grainId.ToString(), stateName, ETags.Version(grainState.ETag), body, DueColumn.Of(grainState.State, database.Time.GetUtcNow().ToUnixTimeMilliseconds()), Columns.Address(grainState.State)).ConfigureAwait(false);
            grainState.ETag = ETags.Of(version);
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
        if (ETags.Version(grainState.ETag) is var held and > 0)
            grainState.ETag = ETags.Of(await database.Writer.WriteAsync(grainId.ToString(), stateName, held, null, null, null).ConfigureAwait(false));
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
    }

    private static T Parsed<T>(byte[] body, string key, string stateName)
    {
        try
        {
            return StateJson.Read<T>(body);
        }
        catch (JsonException e) // the words of the exception name a path in the JSON, never a value
        {
            throw new GrainStorageException($"State '{stateName}' of {key} cannot be read as {typeof(T).Name}: {e.Message}", StorageFailure.Damaged);
        }
    }
}

/// <summary>Versions as Orleans carries them; null = nothing is stored, which is version 0.</summary>
internal static class ETags
{
    public static string? Of(long version) => version == 0 ? null : version.ToString(CultureInfo.InvariantCulture);

    public static long Version(string? etag) => etag is null ? 0 : long.Parse(etag, CultureInfo.InvariantCulture);
}

/// <summary>What of a state stands in columns of its own.</summary>
internal static class Columns
{
    public static string? Address(object? state) => (state as IAddressed)?.Address;
}
