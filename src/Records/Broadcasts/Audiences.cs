using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Records;

/// <summary>Whom a channel reaches: who follows it, or has said something, and has not blocked it since. Pseudonyms only.</summary>
public static class Audiences
{
    /// <summary>How many could be reached now.</summary>
    public static Task<int> CountAudienceAsync(this RecordsContext records, string town, string channel, CancellationToken cancel = default) =>
        records.Conversations.CountAsync(c => c.Town == town && c.Channel == channel && c.ReachableSince != null, cancel);

    /// <summary>A part of the audience, in the order of the pseudonyms.</summary>
    /// <param name="at">Who became reachable later is left out.</param>
    /// <param name="after">The last one of the part before; null = from the beginning.</param>
    public static async Task<ImmutableList<string>> AudienceAsync(
        this RecordsContext records, string town, string channel, DateTimeOffset at, string? after, int limit, CancellationToken cancel = default)
    {
        var (instant, last) = (at.ToUnixTimeMilliseconds(), after ?? "");
        return [.. await records.Conversations
            .Where(c => c.Town == town && c.Channel == channel && c.ReachableSince != null && c.ReachableSince <= instant && string.Compare(c.Id, last) > 0)
            .OrderBy(c => c.Id).Select(c => c.Id).Take(limit).ToListAsync(cancel)];
    }

    /// <summary>Those among some residents who can still be reached.</summary>
    public static Task<HashSet<string>> StillReachableAsync(this RecordsContext records, IReadOnlyCollection<string> residents, CancellationToken cancel = default) =>
        records.Conversations.Where(c => residents.Contains(c.Id) && c.ReachableSince != null).Select(c => c.Id).ToHashSetAsync(cancel);
}
