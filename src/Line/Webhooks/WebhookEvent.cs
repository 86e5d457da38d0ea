namespace OrleansGov.Line;

/// <summary>The body of one webhook call: several events, perhaps of several residents.</summary>
/// <param name="Destination">User id of the bot; null when LINE left it out.</param>
/// <param name="Events">In the order of the body; empty for the console's Verify button.</param>
public sealed record WebhookBody(string? Destination, ImmutableList<WebhookEvent> Events);

/// <summary>Why a correctly signed body is no webhook at all; the answer is 400.</summary>
public enum WebhookFault { NotJson, NotAnObject, EventsNotAnArray }

/// <summary>What became of a body: exactly one of <see cref="Body"/> and <see cref="Fault"/> is set.</summary>
public sealed record WebhookReading(WebhookBody? Body, WebhookFault? Fault);

/// <summary>One event, freed from LINE's JSON.</summary>
/// <param name="Type">LINE's word, an open list; empty when the event could not be read.</param>
/// <param name="WebhookEventId">
/// LINE's ULID, the only key for recognising a repeated event. An event without a usable one gets the ULID spelling of the first 16 bytes of the
/// SHA-256 of its raw JSON: the same bytes give the same id, while a redelivered copy (<c>isRedelivery</c> differs) gives another.
/// </param>
/// <param name="Timestamp">Time of the event, unchanged on redelivery; the time of reading when LINE gave none.</param>
/// <param name="Mode"><c>active</c>, <c>standby</c>, or a word of the future.</param>
/// <param name="IsRedelivery">LINE's own mark; never relied on.</param>
/// <param name="ReplyToken">Null when there is none, when another system is talking (standby), or when the console sent a dummy.</param>
/// <param name="Source">Where it happened.</param>
/// <param name="Message">What the dialogue engine hears; null for events that are no talk.</param>
public sealed record WebhookEvent(
    string Type,
    string WebhookEventId,
    DateTimeOffset Timestamp,
    string Mode,
    bool IsRedelivery,
    string? ReplyToken,
    EventSource Source,
    InboundMessage? Message)
{
    /// <summary>Why the event could not be read, in words without personal data; null = readable. Such an event is logged and counts as done.</summary>
    public string? Unreadable { get; init; }

    public bool IsUnreadable => Unreadable is not null;

    /// <summary>Another system holds the talk: listen, say nothing.</summary>
    public bool IsStandby => Mode == "standby";
}

/// <summary>The chat an event happened in.</summary>
/// <param name="Kind">None when LINE gave no source or one that does not exist yet.</param>
/// <param name="UserId">Who; in groups only with messages, and not for everybody.</param>
/// <param name="GroupId">Group or room id.</param>
public sealed record EventSource(SourceKind Kind, string? UserId = null, string? GroupId = null)
{
    public static readonly EventSource None = new(SourceKind.None);
}

public enum SourceKind { None, User, Group, Room }
