using System.Text.Json.Serialization;
using OrleansGov.Line;

namespace OrleansGov.Grains;

/// <summary>
/// Everything one resident's grain keeps, written once a turn: the conversation, the events already dealt with, what is still to be said
/// and done, and the facts Records does not have yet.
/// </summary>
[GenerateSerializer, Alias("resident-state")]
public sealed record ResidentState : IDue, IAddressed
{
    /// <summary>Raw LINE user id: in this state's row and in calls to LINE, nowhere else.</summary>
    [Id(0)] public string? LineUserId { get; init; }
    [Id(1)] public Conversation Talk { get; init; } = Conversation.New;
    [Id(2)] public SeenEvents Seen { get; init; } = SeenEvents.None;

    /// <summary>What has been decided to be said and is not known to have been sent, in speaking order.</summary>
    [Id(3)] public ImmutableList<OutboxEntry> Outbox { get; init; } = [];

    /// <summary>What has been decided to be done, in order.</summary>
    [Id(4)] public ImmutableList<PendingIntent> Intents { get; init; } = [];
    [Id(5)] public PendingFacts Facts { get; init; } = PendingFacts.None;

    /// <summary>One-time forms that are open.</summary>
    [Id(6)] public ImmutableList<FormLink> Forms { get; init; } = [];

    /// <summary>A reply token no turn has used yet: the outcome of this turn's intents may still answer with it, free of charge.</summary>
    [Id(7)] public ReplyChance? Reply { get; init; }

    /// <summary>Number of the last outbox entry ever added.</summary>
    [Id(8)] public long Spoken { get; init; }

    /// <summary>Position in the transcript of the resident's newest message.</summary>
    [Id(9)] public long LastHeard { get; init; }

    /// <summary>Keys of staff's words accepted last: the same again is one.</summary>
    [Id(10)] public ImmutableList<StaffKey> StaffKeys { get; init; } = [];

    /// <summary>Positions of the resident's latest messages while a person has the talk: what a composer may not have seen.</summary>
    [Id(11)] public ImmutableList<long> HeardLately { get; init; } = [];

    [JsonIgnore]
    public string? Address => LineUserId;

    [JsonIgnore]
    public DateTimeOffset? NextDue => Earliest(
        Earliest(Talk.NextDue, Facts.NextDue),
        Earliest(Outbox.IsEmpty ? null : Outbox.Min(e => e.Due), Intents.IsEmpty ? null : Intents.Min(i => i.Due)));

    private static DateTimeOffset? Earliest(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null || a < b ? a : b;
}

/// <summary>Something to be said.</summary>
/// <param name="Seq">1, 2, 3 … for this resident: nothing is sent before the write that holds its number is durable.</param>
/// <param name="RetryKey">Born with the entry; used whenever it is pushed, so a repeat is harmless.</param>
/// <param name="Says">In meaning; rendered when sent, the same each time.</param>
/// <param name="At">When it was decided.</param>
[GenerateSerializer, Immutable, Alias("outbox-entry")]
public sealed record OutboxEntry(long Seq, Guid RetryKey, ImmutableList<Say> Says, Importance Importance, DateTimeOffset At)
{
    /// <summary>The reply token that may carry it; null = push.</summary>
    [Id(0)] public ReplyChance? Reply { get; init; }

    /// <summary>Epoch under which the bot composed it; a later epoch means somebody else speaks now, and it is not sent. Null = not fenced.</summary>
    [Id(1)] public int? Epoch { get; init; }

    /// <summary>Attempts on the present route.</summary>
    [Id(2)] public SendHistory History { get; init; } = SendHistory.None;

    /// <summary>True while the whole channel is held (quota, access token): when looked at again, the reason counts as gone.</summary>
    [Id(3)] public bool Held { get; init; }

    /// <summary>Not before this instant (backing off).</summary>
    [Id(4)] public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Calls already accepted, where one call could not hold everything.</summary>
    [Id(5)] public int Part { get; init; }

    /// <summary>Position of its line in the transcript.</summary>
    [Id(6)] public long Position { get; init; }

    /// <summary>The name it is shown under, such as 環境課 職員; null = the account's.</summary>
    [Id(7)] public string? Sender { get; init; }

    /// <summary>Staff id of whoever wrote it; null = the office itself. What becomes of a person's words is told.</summary>
    [Id(8)] public string? By { get; init; }

    /// <summary>When the sweeper must look after it.</summary>
    [JsonIgnore]
    public DateTimeOffset Due => NotBefore ?? At + PendingFacts.Grace;
}

/// <summary>A reply token with the moment it came in: it lives about a minute.</summary>
[GenerateSerializer, Immutable, Alias("reply-chance")]
public sealed record ReplyChance(string Token, DateTimeOffset ReceivedAt)
{
    /// <summary>A reply not started within this time becomes a push (line.md §4).</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(50);
}

/// <summary>Something to be done.</summary>
[GenerateSerializer, Immutable, Alias("pending-intent")]
public sealed record PendingIntent(Intent Intent, DateTimeOffset At)
{
    [Id(0)] public int Attempts { get; init; }
    [Id(1)] public DateTimeOffset? NotBefore { get; init; }

    [JsonIgnore]
    public DateTimeOffset Due => NotBefore ?? At + PendingFacts.Grace;

    /// <summary>Again after 1, 2, 4 … at most 60 s.</summary>
    public PendingIntent Failed(DateTimeOffset now) => this with { Attempts = Attempts + 1, NotBefore = now + TimeSpan.FromSeconds(Math.Min(60, 1 << Math.Min(Attempts, 6))) };
}

/// <summary>A one-time form that is open.</summary>
/// <param name="Hash">SHA-256 of the link's token, hex: the state does not open the form.</param>
[GenerateSerializer, Immutable, Alias("form-link")]
public sealed record FormLink(string Hash, string Run, string Step, DateTimeOffset Until);

/// <summary>Words of staff that were accepted.</summary>
/// <param name="Digest">Of the words, so that the key is not used for others.</param>
/// <param name="Position">Of their line in the transcript.</param>
[GenerateSerializer, Immutable, Alias("staff-key")]
public sealed record StaffKey(Guid Key, string Digest, long Position);
