using System.Text.Json;

namespace OrleansGov.LocalLine.World;

/// <summary>One line of a chat as the person sees it.</summary>
/// <param name="Seq">Grows by one with each message of this chat.</param>
/// <param name="Id">LINE message id, 19 digits.</param>
/// <param name="FromBot">True: the office spoke; false: the person.</param>
/// <param name="At">When it appeared.</param>
/// <param name="Message">The message object as sent (bot) or as the webhook describes it (resident).</param>
/// <param name="Label">The tapped label, when a tap produced this line.</param>
/// <param name="Unsent">The person took it back.</param>
public sealed record ScreenMessage(
    long Seq, string Id, bool FromBot, DateTimeOffset At, JsonElement Message, string? Label = null, bool Unsent = false)
{
    /// <summary>Plain text of a text message, else the altText, else "".</summary>
    public string Text =>
        Message.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()!
        : Message.TryGetProperty("altText", out var alt) && alt.ValueKind == JsonValueKind.String ? alt.GetString()!
        : "";
}

/// <summary>A chat as seen at one moment.</summary>
/// <param name="Messages">Oldest first; only the newest ones are kept.</param>
/// <param name="QuickReply">Quick replies of the last message, or null.</param>
/// <param name="RichMenuId">Menu below the chat, or null.</param>
/// <param name="Loading">The three dots are dancing.</param>
/// <param name="LastSeq">Newest sequence number, 0 before the first message.</param>
/// <param name="Unread">Bot messages not yet seen.</param>
public sealed record ScreenView(
    IReadOnlyList<ScreenMessage> Messages, JsonElement? QuickReply, string? RichMenuId, bool Loading, long LastSeq, int Unread);

/// <summary>The last messages of one chat, and those who wait for the next one. Used under the world's gate.</summary>
internal sealed class Screen(int length)
{
    private readonly List<(long After, TaskCompletionSource<ScreenMessage> Arrived)> waiting = [];
    private readonly Queue<ScreenMessage> messages = new();

    public long LastSeq { get; private set; }

    public IReadOnlyCollection<ScreenMessage> Messages => messages;

    public ScreenMessage Add(string id, bool fromBot, DateTimeOffset at, JsonElement message, string? label = null)
    {
        var line = new ScreenMessage(++LastSeq, id, fromBot, at, message, label);
        messages.Enqueue(line);
        while (messages.Count > length) messages.Dequeue();

        if (fromBot)
        {
            foreach (var (_, arrived) in waiting.Where(w => line.Seq > w.After)) arrived.TrySetResult(line);
            waiting.RemoveAll(w => w.Arrived.Task.IsCompleted);
        }

        return line;
    }

    /// <summary>Marks a message as taken back; false when it has scrolled away or never was.</summary>
    public bool Unsend(string id)
    {
        var found = false;
        for (var n = messages.Count; n > 0; n--)
        {
            var line = messages.Dequeue();
            var taken = line.Id == id && !line.FromBot;
            found |= taken;
            messages.Enqueue(taken ? line with { Unsent = true } : line);
        }

        return found;
    }

    /// <summary>Sequence numbers go on: who waits for the next word is not deceived.</summary>
    public void Clear() => messages.Clear();

    public Task<ScreenMessage> NextFromBot(long after)
    {
        var already = messages.FirstOrDefault(m => m.FromBot && m.Seq > after);
        if (already is not null) return Task.FromResult(already);
        var arrived = new TaskCompletionSource<ScreenMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Add((after, arrived));
        return arrived.Task;
    }

    public void Forget(Task<ScreenMessage> awaited) => waiting.RemoveAll(w => w.Arrived.Task == awaited);
}
