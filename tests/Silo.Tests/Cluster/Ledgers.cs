using OrleansGov.Silo.Tests.States;

namespace OrleansGov.Silo.Tests.Cluster;

/// <summary>States of ledgers in a storage.</summary>
internal sealed class Ledgers(IGrainStorage storage)
{
    public static GrainId Grain(string key) => GrainId.Create("ledger", key);

    public async Task<GrainState<Ledger>> ReadAsync(string key)
    {
        var state = new GrainState<Ledger>();
        await storage.ReadStateAsync("ledger", Grain(key), state);
        return state;
    }

    /// <summary>A first write.</summary>
    public Task<GrainState<Ledger>> WriteAsync(string key, int count, DateTimeOffset? due = null) => WriteAsync(key, new Ledger { Count = count, Due = due });

    public async Task<GrainState<Ledger>> WriteAsync(string key, Ledger ledger)
    {
        var state = new GrainState<Ledger>(ledger);
        await storage.WriteStateAsync("ledger", Grain(key), state);
        return state;
    }

    /// <summary>A further write.</summary>
    public async Task ChangeAsync(string key, GrainState<Ledger> state, Func<Ledger, Ledger> change)
    {
        state.State = change(state.State!);
        await storage.WriteStateAsync("ledger", Grain(key), state);
    }

    public Task ClearAsync(string key, GrainState<Ledger> state) => storage.ClearStateAsync("ledger", Grain(key), state);
}
