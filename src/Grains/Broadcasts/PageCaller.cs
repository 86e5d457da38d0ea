using OrleansGov.Line;

namespace OrleansGov.Grains;

/// <summary>
/// From a sheet to a multicast: who of it is written to, under which raw LINE user ids, and the call. The ids live here from just before a call until just after it.
/// </summary>
internal sealed class PageCaller(IGrainFactory grains, BroadcastServices services, string broadcast)
{
    private readonly Dictionary<Guid, ImmutableList<string>> _addresses = [];

    /// <summary>Makes the page of a sheet: decides, once and for all repeats, who of it is left out.</summary>
    public async Task<BroadcastPage> Begin(BroadcastState state, int chunk)
    {
        var members = await Members(chunk);
        var addresses = await AddressesOf(state, members);
        HashSet<string> reachable;
        await using (var records = services.Records.Read()) reachable = await records.StillReachableAsync(members);
        var skips = Enumerable.Range(0, members.Count).Where(i => addresses[i] is null || !reachable.Contains(members[i])).ToImmutableList();
        var page = new BroadcastPage(chunk, 0, members.Count, Guid.NewGuid()) { Skips = skips };
        _addresses[page.RetryKey] = Recipients(page, addresses);
        return page;
    }

    /// <summary>Makes a page ready to be called again.</summary>
    public async Task Prepare(BroadcastState state, BroadcastPage page)
    {
        if (!_addresses.ContainsKey(page.RetryKey)) _addresses[page.RetryKey] = Recipients(page, await AddressesOf(state, await Members(page.Chunk)));
    }

    /// <summary>One call. Everything it needs has been made ready, so nothing but LINE can fail.</summary>
    public async Task<PageOutcome> Call(BroadcastState state, BroadcastPage page)
    {
        var at = services.Clock.GetUtcNow();
        var to = _addresses[page.RetryKey];
        var outcome = to.IsEmpty ? SendOutcome.FailedToSend : (await services.Line.Multicast(state.Draft!.Channel, to, state.Messages, page.RetryKey)).Outcome;
        if (outcome is not (SendOutcome.BadRequest or SendOutcome.FailedToSend)) return new(page, outcome, at);

        // One recipient LINE does not know can spoil the call for 499 others, and so can a faulty message: LINE is asked which it is.
        return await services.Line.ValidateMulticast(state.Draft!.Channel, state.Messages) switch
        {
            null => new(page, SendOutcome.NotSent, at), // no word: nobody received anything, so all of it again
            var fine => new(page, outcome, at, fine.Value),
        };
    }

    /// <summary>Forgets the addresses of pages that are dealt with.</summary>
    public void Forget(BroadcastState state)
    {
        foreach (var key in _addresses.Keys.Except(state.Pages.Select(p => p.RetryKey)).ToList()) _addresses.Remove(key);
    }

    private Task<ImmutableList<string>> Members(int chunk) => grains.GetGrain<IBroadcastChunkGrain>(BroadcastKey.Chunk(broadcast, chunk)).Read();

    private async Task<string?[]> AddressesOf(BroadcastState state, ImmutableList<string> members)
    {
        var ids = members.ConvertAll(p => $"resident/{ResidentKey.Join(state.Draft!.Channel, p)}");
        var found = await services.Addresses.AddressesOf(ids);
        return [.. ids.Select(id => found.GetValueOrDefault(id))];
    }

    private static ImmutableList<string> Recipients(BroadcastPage page, string?[] addresses)
    {
        var skips = page.Skips.ToHashSet();
        return [.. Enumerable.Range(page.From, page.Count).Where(i => !skips.Contains(i)).Select(i => addresses[i]).OfType<string>()];
    }
}
