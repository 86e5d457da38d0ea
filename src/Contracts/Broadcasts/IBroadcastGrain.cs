using Orleans.Concurrency;

namespace OrleansGov.Contracts;

/// <summary>
/// One announcement to many residents of a channel: its words, its audience as it was when it was started, how far it has been sent. Key: <see cref="BroadcastKey"/>.
/// </summary>
[Alias("broadcast")]
public interface IBroadcastGrain : IWakeable
{
    /// <summary>Writes the draft. A repeat changes nothing and returns what is there.</summary>
    [Alias("draft")]
    Task<BroadcastStanding> Draft(BroadcastDraft draft);

    /// <summary>How it stands; null when nobody has drafted it.</summary>
    [Alias("look"), AlwaysInterleave]
    Task<BroadcastStanding?> Look();

    /// <summary>Begins: the audience is written down as it is now, then sent to. Returns when that is decided, long before it is done.</summary>
    /// <param name="revision">What the caller has seen; see <see cref="BroadcastStanding.Revision"/>.</param>
    /// <param name="by">Who starts it, as in the audit trail.</param>
    [Alias("start")]
    Task<BroadcastAnswer> Start(int revision, string by);

    /// <summary>No further page is begun. Returns when that is durable; pages on their way still arrive.</summary>
    [Alias("stop")]
    Task<BroadcastAnswer> Stop(int revision, string by);
}

/// <summary>What is to be said, and by whom it was written.</summary>
/// <param name="Title">A heading over the text; null = none.</param>
/// <param name="Text">1–5,000 UTF-16 units.</param>
[GenerateSerializer, Immutable, Alias("broadcast-draft")]
public sealed record BroadcastDraft(string Channel, string? Title, string Text, string By, DateTimeOffset At);

/// <summary>How a broadcast stands.</summary>
/// <param name="Revision">Rises with everything a person decides (draft 1, start 2, stop 3) and with nothing else: progress does not make a stop stale.</param>
/// <param name="Tally">Recipients dealt with so far.</param>
[GenerateSerializer, Immutable, Alias("broadcast-view")]
public sealed record BroadcastStanding(string Id, BroadcastDraft Draft, BroadcastStage Stage, int Revision, BroadcastTally Tally)
{
    /// <summary>Recipients written down; grows while <see cref="BroadcastStage.Freezing"/>.</summary>
    [Id(0)] public int Audience { get; init; }
    [Id(1)] public string? StartedBy { get; init; }

    /// <summary>The audience is who could be reached at this instant.</summary>
    [Id(2)] public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the audience was complete and sending began.</summary>
    [Id(3)] public DateTimeOffset? SendingAt { get; init; }
    [Id(4)] public string? StoppedBy { get; init; }
    [Id(5)] public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it is held or has failed: monthly-limit, channel-paused, message-refused, not-allowed, unintelligible, over-cap; else null.</summary>
    [Id(6)] public string? Reason { get; init; }

    /// <summary>While held or backing off: when it is tried again.</summary>
    [Id(7)] public DateTimeOffset? TryAgainAt { get; init; }
}

/// <summary>What became of recipients.</summary>
/// <param name="Sent">Accepted by LINE, which never proves that they were read.</param>
/// <param name="Skipped">Blocked or left since the audience was written down, or without an address.</param>
/// <param name="Failed">Refused by LINE.</param>
/// <param name="Uncertain">Nobody can know: the answer was lost and the retry key is too old to ask again, or the broadcast was stopped meanwhile.</param>
[GenerateSerializer, Immutable, Alias("broadcast-tally")]
public sealed record BroadcastTally(int Sent, int Skipped, int Failed, int Uncertain)
{
    public static readonly BroadcastTally None = new(0, 0, 0, 0);

    /// <summary>Everybody dealt with.</summary>
    public int Total => Sent + Skipped + Failed + Uncertain;
}

/// <summary>What came of a wish.</summary>
/// <param name="Standing">How it stands now; null when it does not exist.</param>
[GenerateSerializer, Immutable, Alias("broadcast-answer")]
public sealed record BroadcastAnswer(BroadcastVerdict Verdict, BroadcastStanding? Standing)
{
    /// <summary>With <see cref="BroadcastVerdict.OverCap"/>: how many it would reach.</summary>
    [Id(0)] public int? Audience { get; init; }
}

public enum BroadcastVerdict
{
    Done,

    /// <summary>There is no such broadcast.</summary>
    Unknown,

    /// <summary>Somebody decided something meanwhile.</summary>
    Stale,

    /// <summary>Not in this stage.</summary>
    Illegal,

    /// <summary>It would reach more residents than the installation allows.</summary>
    OverCap,
}
