namespace OrleansGov.Records;

/// <summary>Something changed, thin: who may see it reads the subject itself. Instants are UTC milliseconds.</summary>
/// <param name="Seq">1, 2, 3 … in the order in which they became visible, on every node the same.</param>
/// <param name="Department">Whom it concerns; null = everybody of the town who may see the subject.</param>
/// <param name="Type">See <see cref="FeedTypes"/>.</param>
/// <param name="Subject">A conversation's id, a receipt number, a broadcast's id.</param>
public sealed record FeedRow(long Seq, long At, string Town, string? Department, string Type, string Subject);

/// <summary>The last number given, and the last one that is no longer kept.</summary>
public sealed record FeedHeadRow(int OnlyRow, long Head, long PrunedTo);

/// <summary>Something to tell.</summary>
internal sealed record FeedEntry(string Town, string? Department, string Type, string Subject);

/// <summary>What the feed tells of. The subject is a conversation unless said otherwise.</summary>
public static class FeedTypes
{
    /// <summary>A resident waits for a person.</summary>
    public const string HandoffInitiated = "handoff.initiated";

    /// <summary>A person has the talk.</summary>
    public const string HandoffAccepted = "handoff.accepted";

    /// <summary>The resident waits no longer: withdrew, or nobody came.</summary>
    public const string HandoffFailed = "handoff.failed";

    /// <summary>The bot has the talk again, or it was closed.</summary>
    public const string HandoffCompleted = "handoff.completed";

    /// <summary>Another person has the talk.</summary>
    public const string Transferred = "conversation.transferred";

    /// <summary>The talk waits again.</summary>
    public const string Released = "conversation.released";

    /// <summary>The talk is another department's now: told to the one it was taken from.</summary>
    public const string Moved = "conversation.moved";

    /// <summary>Some other change of control, such as opening hours.</summary>
    public const string ControlChanged = "conversation.changed";

    /// <summary>Staff should look; followed by waiting-long (the lead), reply-late (the owner), unreachable or reachable.</summary>
    public const string Alert = "alert.";

    /// <summary>Content was destroyed.</summary>
    public const string Erased = "conversation.erased";

    /// <summary>A resident wrote while a person has the talk or is waited for.</summary>
    public const string MessageReceived = "message.received";
    public const string MessageSent = "message.sent";
    public const string MessageDelivered = "message.delivered";
    public const string MessageSuppressed = "message.suppressed";

    /// <summary>Words were taken back: whoever shows them takes them away.</summary>
    public const string MessageUnsent = "message.unsent";

    /// <summary>Subject: the receipt number.</summary>
    public const string CaseOpened = "case.opened";

    /// <summary>Subject: the receipt number.</summary>
    public const string CaseChanged = "case.changed";

    /// <summary>Another department's now: told to the one it was taken from. Subject: the receipt number.</summary>
    public const string CaseMoved = "case.moved";

    /// <summary>Subject: the broadcast's id.</summary>
    public const string BroadcastChanged = "broadcast.changed";

    /// <summary>Subject: the reply's id.</summary>
    public const string CannedReplyChanged = "canned-reply.changed";

    /// <summary>Bot Framework's words for a change of control, by the name of its trigger.</summary>
    /// <param name="state">The state after it.</param>
    public static string OfTrigger(string trigger, string state) => trigger switch
    {
        "maxWait" when state == "queued" => ControlChanged, // the resident goes on waiting
        "requestStaff" or "requestStaffOutOfHours" or "reopen" or "engineFailure" => HandoffInitiated,
        "take" or "intervene" => HandoffAccepted,
        "withdraw" or "maxWait" => HandoffFailed,
        "returnToBot" or "close" or "residentIdle" => HandoffCompleted,
        "transfer" => Transferred,
        "release" => Released,
        "erase" => Erased,
        _ => ControlChanged,
    };

    public static ImmutableArray<string> All { get; } =
    [
        HandoffInitiated, HandoffAccepted, HandoffFailed, HandoffCompleted, Transferred, Released, Moved, ControlChanged, Erased,
        Alert + "waiting-long", Alert + "reply-late", Alert + "unreachable", Alert + "reachable",
        MessageReceived, MessageSent, MessageDelivered, MessageSuppressed, MessageUnsent, CaseOpened, CaseChanged, CaseMoved, BroadcastChanged, CannedReplyChanged,
    ];
}
