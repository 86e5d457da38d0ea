namespace OrleansGov.Grains;

/// <summary>What Records are told of a broadcast: each fact says how it stands as a whole, so only the latest has to arrive.</summary>
internal static class BroadcastFacts
{
    public static FactBody? Of(BroadcastState state, string key) => state.Draft is not { } draft ? null : new FactBody.BroadcastChanged(
        BroadcastKey.Split(key).Id, BroadcastKey.Split(key).Town, draft.Channel, draft.Title, draft.Text, draft.By, draft.At,
        Word(state.Stage), state.Revision, state.Audience, state.Tally.Sent, state.Tally.Skipped, state.Tally.Failed, state.Tally.Uncertain)
    {
        StartedAt = state.StartedAt, EndedAt = state.EndedAt, Reason = state.Reason,
    };

    public static PendingFacts Add(PendingFacts facts, string stream, DateTimeOffset at, FactBody fact)
    {
        var next = facts.Add(stream, at, fact);
        return next with { Waiting = [next.Waiting[^1]] };
    }

    private static string Word(BroadcastStage stage) => stage.ToString().ToLowerInvariant();
}
