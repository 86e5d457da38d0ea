using Orleans.Runtime;

namespace OrleansGov.Grains;

/// <summary>One sheet of an audience. Nobody keeps it in memory: two thousand of them would be there at once.</summary>
public sealed class BroadcastChunkGrain([PersistentState("broadcast-chunk", StorageNames.Hot)] IPersistentState<BroadcastChunkState> state) : Grain, IBroadcastChunkGrain
{
    public async Task Keep(ImmutableList<string> members)
    {
        await state.Write(new BroadcastChunkState { Members = members }, this);
        DeactivateOnIdle();
    }

    public Task<ImmutableList<string>> Read()
    {
        DeactivateOnIdle();
        return Task.FromResult(state.State.Members);
    }

    public async Task TearUp()
    {
        DeactivateOnIdle();
        if (state.RecordExists) await state.ClearStateAsync();
    }
}

/// <summary>Pseudonyms in their order, at most 500.</summary>
[GenerateSerializer, Alias("broadcast-chunk-state")]
public sealed record BroadcastChunkState
{
    [Id(0)] public ImmutableList<string> Members { get; init; } = [];
}
