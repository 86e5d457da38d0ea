using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Records;

/// <summary>Reading one conversation.</summary>
public static class Transcripts
{
    /// <summary>The conversation; null when the town has none of that id.</summary>
    public static Task<ConversationRow?> FindConversationAsync(this RecordsContext records, string town, string id, CancellationToken cancel = default) =>
        records.Conversations.SingleOrDefaultAsync(c => c.Id == id && c.Town == town, cancel);

    /// <summary>The latest messages before <paramref name="before"/>, oldest first.</summary>
    /// <param name="before">A message's seq; null = up to the end.</param>
    /// <param name="limit">At least 1.</param>
    public static async Task<Page<MessageRow>> TranscriptAsync(this RecordsContext records, string conversation, long? before, int limit, CancellationToken cancel = default)
    {
        var latest = await records.Messages
            .Where(m => m.Conversation == conversation && (before == null || m.Seq < before))
            .OrderByDescending(m => m.Seq).Take(limit + 1).ToListAsync(cancel);
        var page = Page<MessageRow>.Of(latest, limit);
        return page with { Items = [.. page.Items.Reverse()] };
    }
}
