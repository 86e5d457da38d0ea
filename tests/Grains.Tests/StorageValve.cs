using System.Collections.Concurrent;
using Orleans.Runtime;
using Orleans.Storage;

namespace OrleansGov.Grains.Tests;

/// <summary>The embedded storage with a valve before it: counts what is written, remembers the last state, and fails on demand.</summary>
internal sealed class StorageValve(IGrainStorage inner) : IGrainStorage
{
    private readonly ConcurrentDictionary<string, object> _last = new();
    private readonly ConcurrentDictionary<string, int> _writes = new();

    /// <summary>Refuses a write, by the name of the state; nothing is stored.</summary>
    public Func<string, bool> Refuses { get; set; } = _ => false;

    /// <summary>Stores a write and then loses the answer: what a process that dies between write and answer leaves behind.</summary>
    public Func<string, bool> Dies { get; set; } = _ => false;

    private readonly ConcurrentDictionary<(string Stream, long Seq), Records.Fact> _facts = new();

    /// <summary>Every fact a resident's state ever held, in order.</summary>
    public ImmutableList<T> Told<T>(string key) where T : Records.FactBody => [.. _facts.Where(f => f.Key.Stream == key).OrderBy(f => f.Key.Seq).Select(f => f.Value.Body).OfType<T>()];

    /// <summary>How often a grain's state has been written.</summary>
    public int Writes(string key) => _writes.GetValueOrDefault(key);

    /// <summary>The state as last stored; null = never.</summary>
    public T? Last<T>(string key) => _last.TryGetValue(key, out var state) ? (T)state : default;

    /// <summary>Keys of the grains whose answers are lost; another's late write is not counted as one of theirs.</summary>
    public Func<string, bool> Only { get; set; } = _ => true;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ReadStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (key, state) = (grainId.Key.ToString()!, grainState.State!);
        if (Refuses(stateName)) throw new GrainStorageException("The valve is closed.", StorageFailure.DiskFull);
        await inner.WriteStateAsync(stateName, grainId, grainState);
        _last[key] = state;
        if (state is ResidentState resident)
            foreach (var fact in resident.Facts.Waiting) _facts[(fact.Stream, fact.Seq)] = fact;
        _writes.AddOrUpdate(key, 1, (_, n) => n + 1);
        if (Only(key) && Dies(stateName)) throw new GrainStorageException("The answer was lost.", StorageFailure.Io);
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ClearStateAsync(stateName, grainId, grainState);
}
