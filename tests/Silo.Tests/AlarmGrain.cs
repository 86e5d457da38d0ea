using System.Collections.Concurrent;

namespace OrleansGov.Silo.Tests;

[Alias("test.alarm")]
public interface IAlarmGrain : IWakeable
{
    [Alias("count")]
    Task<int> Count();

    [Alias("set-for")]
    Task SetFor(DateTimeOffset due);
}

[GenerateSerializer, Alias("test.alarm-state")]
public sealed record AlarmState : IDue
{
    [Id(0)] public int Count { get; init; }
    [Id(1)] public DateTimeOffset? Due { get; init; }

    public DateTimeOffset? NextDue => Due;
}

/// <summary>Counts, and rings when woken.</summary>
public sealed class AlarmGrain([PersistentState("alarm", StorageNames.Hot)] IPersistentState<AlarmState> state, Rings rings) : Grain, IAlarmGrain
{
    public async Task<int> Count()
    {
        state.State = state.State with { Count = state.State.Count + 1 };
        await state.WriteStateAsync();
        return state.State.Count;
    }

    public async Task SetFor(DateTimeOffset due)
    {
        state.State = state.State with { Due = due };
        await state.WriteStateAsync();
    }

    public async Task Wake()
    {
        state.State = state.State with { Due = null };
        await state.WriteStateAsync();
        rings.Ring(this.GetPrimaryKeyString());
    }
}

/// <summary>Where a test waits for a grain.</summary>
public sealed class Rings
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _rings = [];

    public Task Of(string key) => Source(key).Task;

    public void Ring(string key) => Source(key).TrySetResult();

    private TaskCompletionSource Source(string key) => _rings.GetOrAdd(key, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
