using OrleansGov.LocalLine.World;

namespace OrleansGov.LocalLine.Messaging;

/// <summary>A token's life: open from each delivery for a minute, until used or too old.</summary>
internal sealed class ReplyToken(string value, LocalResident chat, DateTimeOffset eventAt)
{
    public string Value { get; } = value;

    public LocalResident Chat { get; } = chat;

    public DateTimeOffset EventAt { get; } = eventAt;

    public DateTimeOffset? OpenUntil { get; set; }

    public bool Used { get; set; }

    /// <summary>Never opens: the person waited too long, as the simulator was told.</summary>
    public bool Dead { get; init; }

    public bool UsableAt(DateTimeOffset now) => !Used && !Dead && OpenUntil >= now;
}

/// <summary>
/// Reply tokens of one channel (LINE reference, Reply token): once, within a minute of receiving the webhook; a redelivered copy opens
/// a new minute unless the token was used or its event is older than 20 minutes. Used under the world's gate.
/// </summary>
internal sealed class ReplyTokenLedger
{
    public static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(20);
    private readonly Dictionary<string, ReplyToken> tokens = [];
    private readonly Queue<ReplyToken> byAge = new();

    public void Issue(ReplyToken token)
    {
        tokens.Add(token.Value, token);
        byAge.Enqueue(token);
        while (byAge.Peek().EventAt + Life + Minute < token.EventAt) tokens.Remove(byAge.Dequeue().Value);
    }

    public static void Delivered(ReplyToken token, DateTimeOffset now)
    {
        if (!token.Used && now - token.EventAt <= Life) token.OpenUntil = now + Minute;
    }

    public ReplyToken? Find(string value) => tokens.GetValueOrDefault(value);
}
