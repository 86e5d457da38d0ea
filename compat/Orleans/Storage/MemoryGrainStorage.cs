using System.Collections.Concurrent;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Orleans.Storage;

/// <summary>States in memory: copied in, copied out, gone with the process; versions are checked as in any other storage.</summary>
public class MemoryGrainStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<(string State, GrainId Grain), (object? Value, string ETag)> records = new();

    /// <inheritdoc/>
    public virtual Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var found = records.TryGetValue((stateName, grainId), out var record) && record.Value is not null;
        grainState.State = found ? Codec<T>.Instance.Copy((T)record.Value!) : StateActivator<T>.New();
        grainState.ETag = found ? record.ETag : null;
        grainState.RecordExists = found;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public virtual Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var etag = Guid.NewGuid().ToString("N");
        Replace(stateName, grainId, grainState.ETag, (Codec<T>.Instance.Copy(grainState.State!), etag));
        (grainState.ETag, grainState.RecordExists) = (etag, true);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public virtual Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Replace(stateName, grainId, grainState.ETag, (null, ""));
        (grainState.State, grainState.ETag, grainState.RecordExists) = (StateActivator<T>.New(), null, false);
        return Task.CompletedTask;
    }

    private void Replace(string stateName, GrainId grainId, string? expected, (object? Value, string ETag) record)
    {
        while (true)
        {
            if (!records.TryGetValue((stateName, grainId), out var stored))
            {
                if (records.TryAdd((stateName, grainId), record))
                    return;
                continue;
            }

            var current = stored.Value is null ? null : stored.ETag;
            if (current != expected && expected != "*")
                throw new InconsistentStateException($"e-Tag mismatch in memory storage for {stateName} of {grainId}.", current, expected);
            if (records.TryUpdate((stateName, grainId), record, stored))
                return;
        }
    }
}
