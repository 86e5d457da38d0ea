using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Records;

/// <summary>A part of the feed.</summary>
/// <param name="Last">Go on after this number: nothing of the town lies between it and what was read.</param>
/// <param name="IsComplete">False: something after the number asked for is no longer kept (or the number was never given). Load the lists anew and go on from <paramref name="Last"/>.</param>
public sealed record FeedPart(ImmutableList<FeedRow> Items, long Last, bool IsComplete);

/// <summary>Following the feed: read, then <see cref="FeedSignal.WaitAsync"/>, then read on.</summary>
public static class FeedReading
{
    /// <summary>How long an entry is kept at least: so long a reader may be cut off and still miss nothing.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    /// <summary>Where the feed stands now: a reader that has just loaded its lists goes on from what this said before it loaded them.</summary>
    public static Task<long> FeedHeadAsync(this RecordsContext records, CancellationToken cancel = default) => records.FeedHead.Select(h => h.Head).SingleAsync(cancel);

    /// <summary>What a town's feed has after a number, oldest first.</summary>
    /// <param name="limit">At least 1.</param>
    public static async Task<FeedPart> ReadFeedAsync(this RecordsContext records, string town, long after, int limit, CancellationToken cancel = default)
    {
        // the head first: what is committed later than it is read next time
        var head = await records.FeedHead.SingleAsync(cancel);
        if (after < head.PrunedTo || after > head.Head) return new([], head.Head, IsComplete: false);
        var rows = await records.Feed.Where(f => f.Seq > after && f.Seq <= head.Head && f.Town == town).OrderBy(f => f.Seq).Take(limit).ToListAsync(cancel);
        return new([.. rows], rows.Count == limit ? rows[^1].Seq : head.Head, IsComplete: true);
    }

    /// <summary>Forgets what is older. Readers who had not come so far are told that something is missing.</summary>
    /// <param name="before">At most <see cref="Kept"/> ago.</param>
    /// <returns>How many entries went.</returns>
    public static async Task<int> PruneFeedAsync(this RecordsStore store, DateTimeOffset before)
    {
        var cut = before.ToUnixTimeMilliseconds();
        await using (var read = store.Read())
            if (!await read.Feed.AnyAsync(f => f.At < cut)) return 0; // most often: nothing is written
        return await store.EditAsync(edit => Prune(edit, cut));
    }

    private static int Prune(RecordsEdit edit, long before)
    {
        var last = edit.Rows("SELECT coalesce(max(seq), 0) FROM feed WHERE at < ?1", r => r.GetInt64(0), before)[0];
        if (last == 0) return 0;
        edit.Run("UPDATE feed_head SET pruned_to = ?1 WHERE pruned_to < ?1", last);
        return edit.Run("DELETE FROM feed WHERE seq <= ?1", last);
    }
}
