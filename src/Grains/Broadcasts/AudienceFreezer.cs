namespace OrleansGov.Grains;

/// <summary>
/// Writes an audience down: everybody who could be reached at the instant of the start, in sheets of at most 500, so that memory stays flat and those who join
/// later are not in it. A sheet is durable before the broadcast counts it; a sheet that was written and not counted is written again.
/// </summary>
internal sealed class AudienceFreezer(IGrainFactory grains, BroadcastServices services, string broadcast)
{
    /// <summary>Sheets written side by side: their writes share a commit.</summary>
    public const int AtOnce = 8;

    /// <returns>The state with some more sheets counted; the sending stage when they were the last.</returns>
    public async Task<Func<BroadcastState, BroadcastState>> FreezeSome(BroadcastState state)
    {
        var town = BroadcastKey.Split(broadcast).Town;
        var sheets = new List<ImmutableList<string>>();
        var (last, complete) = (state.LastMember, false);
        await using (var records = services.Records.Read())
        {
            while (sheets.Count < AtOnce && !complete)
            {
                var members = await records.AudienceAsync(town, state.Draft!.Channel, state.StartedAt!.Value, last, IAddressBook.MostAtOnce);
                complete = members.Count < IAddressBook.MostAtOnce;
                if (members.IsEmpty) break;
                sheets.Add(members);
                last = members[^1];
            }
        }

        await Task.WhenAll(sheets.Select((members, i) => Sheet(state.Chunks + i).Keep(members)));
        return now => now.Stage != BroadcastStage.Freezing ? now : Counted(now, sheets, last, complete);
    }

    /// <summary>Leaves nothing of the audience: who was written to is nobody's business afterwards.</summary>
    public async Task TearUp(BroadcastState state)
    {
        // those that were written and never counted too
        foreach (var some in Enumerable.Range(0, state.Chunks + AtOnce).Chunk(AtOnce)) await Task.WhenAll(some.Select(n => Sheet(n).TearUp()));
    }

    private BroadcastState Counted(BroadcastState state, List<ImmutableList<string>> sheets, string? last, bool complete)
    {
        var next = state with { Chunks = state.Chunks + sheets.Count, Audience = state.Audience + sheets.Sum(s => s.Count), LastMember = last };
        if (next.Audience > services.Options.MostRecipients)
            return next with { Stage = BroadcastLifecycle.After(next.Stage, BroadcastLifecycle.Trigger.Fail), Reason = "over-cap", EndedAt = services.Clock.GetUtcNow() };
        return complete ? next with { Stage = BroadcastLifecycle.After(next.Stage, BroadcastLifecycle.Trigger.Frozen), SendingAt = services.Clock.GetUtcNow() } : next;
    }

    private IBroadcastChunkGrain Sheet(int number) => grains.GetGrain<IBroadcastChunkGrain>(BroadcastKey.Chunk(broadcast, number));
}
