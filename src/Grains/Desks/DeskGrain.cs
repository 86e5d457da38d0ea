using Orleans.Runtime;

namespace OrleansGov.Grains;

/// <summary>One department's desk. It only remembers what residents' grains tell it, so that whoever asks need not ask them all.</summary>
public sealed class DeskGrain([PersistentState("desk", StorageNames.Hot)] IPersistentState<DeskState> state, TimeProvider clock) : Grain, IDeskGrain
{
    private const int Shown = 200;

    public async Task Learn(DeskNews news)
    {
        var next = state.State.After(news);
        if (!ReferenceEquals(next, state.State)) await state.Write(next, this);
    }

    public Task<DeskView> Look()
    {
        var waiting = state.State.Here.Values.Where(n => n.Place == DeskPlace.Waiting).OrderBy(n => n.WaitingSince ?? n.At).ToList();
        return Task.FromResult(new DeskView(
            [.. waiting.Take(Shown).Select(n => new DeskPerson(n.Conversation, n.WaitingSince ?? n.At, n.CaseNumber))],
            waiting.Count, state.State.Here.Count - waiting.Count, state.State.Estimate(waiting.Count, clock.GetUtcNow())));
    }
}
