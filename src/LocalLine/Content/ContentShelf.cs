using OrleansGov.LocalLine.World;

namespace OrleansGov.LocalLine.Content;

/// <summary>What a resident sent besides words.</summary>
/// <param name="Kind"><c>image</c>, <c>video</c>, <c>audio</c>, <c>file</c>.</param>
/// <param name="Bytes">As the phone sent them; this LINE does not re-encode.</param>
/// <param name="MediaType">Content-Type of the download.</param>
/// <param name="ReadyAt">Until then: 202.</param>
internal sealed record StoredContent(string Kind, byte[] Bytes, string MediaType, DateTimeOffset ReadyAt)
{
    public LocalChannel? Channel { get; init; }

    public bool Gone { get; init; }
}

/// <summary>Pictures and files by message id; the oldest expire when the shelf is full.</summary>
internal sealed class ContentShelf(int length)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, StoredContent> items = [];
    private readonly Queue<string> byAge = new();

    public void Add(string messageId, LocalChannel channel, StoredContent content)
    {
        lock (gate)
        {
            items[messageId] = content with { Channel = channel };
            byAge.Enqueue(messageId);
            while (byAge.Count > length) items.Remove(byAge.Dequeue());
        }
    }

    public StoredContent? Find(string messageId)
    {
        lock (gate) return items.GetValueOrDefault(messageId);
    }

    /// <summary>After an unsend: 410 from now on.</summary>
    public void Withdraw(string messageId)
    {
        lock (gate)
            if (items.TryGetValue(messageId, out var content)) items[messageId] = content with { Bytes = [], Gone = true };
    }
}
