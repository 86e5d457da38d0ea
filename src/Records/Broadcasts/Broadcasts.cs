using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Records;

/// <summary>A broadcast as lists show it. Instants are UTC milliseconds.</summary>
/// <param name="Stage">draft, freezing, sending, held, stopping, stopped, done, failed.</param>
/// <param name="Sent">Accepted by LINE.</param>
public sealed record BroadcastRow(
    string Town, string Id, string Channel, string? Title, string Text, long CreatedAt, string CreatedBy, string Stage, int Revision,
    int Audience, int Sent, int Skipped, int Failed, int Uncertain, long? StartedAt, long? EndedAt, string? Reason);

/// <summary>Where a list of broadcasts goes on: after the one created then with that id.</summary>
public sealed record BroadcastPosition(long CreatedAt, string Id);

/// <summary>Listing broadcasts, the latest first.</summary>
public static class BroadcastLists
{
    public static async Task<Page<BroadcastRow>> ListBroadcastsAsync(
        this RecordsContext records, string town, string? stage, BroadcastPosition? after, int limit, CancellationToken cancel = default)
    {
        var broadcasts = records.Broadcasts.Where(b => b.Town == town);
        if (stage is not null) broadcasts = broadcasts.Where(b => b.Stage == stage);
        if (after is var (createdAt, id))
            broadcasts = broadcasts.Where(b => b.CreatedAt < createdAt || (b.CreatedAt == createdAt && string.Compare(b.Id, id) < 0));
        return Page<BroadcastRow>.Of(await broadcasts.OrderByDescending(b => b.CreatedAt).ThenByDescending(b => b.Id).Take(limit + 1).ToListAsync(cancel), limit);
    }
}
