using Orleans.Runtime;

namespace OrleansGov.Grains;

/// <summary>One resource on one day, one turn at a time: two residents cannot take the last place. It never calls anybody.</summary>
public sealed class SlotDayGrain(
    [PersistentState("slot-day", StorageNames.Hot)] IPersistentState<SlotDayState> state,
    TimeProvider clock) : Grain, ISlotDayGrain
{
    public Task<int> Look(int capacity) => Task.FromResult(Math.Max(0, capacity - state.State.Taken(clock.GetUtcNow())));

    public async Task<bool> Hold(string hold, int capacity, DateTimeOffset until)
    {
        var now = clock.GetUtcNow();
        var day = state.State.WithoutLapsed(now);
        if (day.Confirmed.Contains(hold)) return true;
        if (!day.Held.ContainsKey(hold) && day.Taken(now) >= capacity) return false;
        await Write(day with { Held = day.Held.SetItem(hold, until) });
        return true;
    }

    public async Task<bool> Confirm(string hold, int capacity)
    {
        var now = clock.GetUtcNow();
        var day = state.State.WithoutLapsed(now);
        if (day.Confirmed.Contains(hold)) return true;
        if (!day.Held.ContainsKey(hold) && day.Taken(now) >= capacity) return false;
        await Write(day with { Held = day.Held.Remove(hold), Confirmed = day.Confirmed.Add(hold) });
        return true;
    }

    public async Task Release(string hold)
    {
        var day = state.State;
        if (day.Held.ContainsKey(hold) || day.Confirmed.Contains(hold))
            await Write(day with { Held = day.Held.Remove(hold), Confirmed = day.Confirmed.Remove(hold) });
    }

    private Task Write(SlotDayState next) => state.Write(next, this);
}
