namespace OrleansGov.Records;

/// <summary>One resident's talk in one channel, and who may speak in it. Instants are UTC milliseconds.</summary>
/// <param name="Id">The resident's pseudonym.</param>
/// <param name="LastAt">When something was last said, right to the minute while the bot talks: within a minute of the last one noted it stays, so that a dialogue does not move its index at every word.</param>
/// <param name="ReachableSince">Null = blocked or gone: nothing sent arrives.</param>
public sealed record ConversationRow(string Id, string Town, string Channel, long OpenedAt, long LastAt, long? ReachableSince)
{
    /// <summary>bot, queued, queuedOutOfHours, human, returned, closed, erased.</summary>
    public string State { get; init; } = "bot";

    /// <summary>ETag of the control.</summary>
    public int Epoch { get; init; }

    /// <summary>What lists of talks at work are ordered by: since when the resident waits, else since when the state is what it is.</summary>
    public long Since { get; init; }

    /// <summary>Null = nobody waits.</summary>
    public long? WaitingSince { get; init; }

    /// <summary>Staff id of whoever has the talk.</summary>
    public string? Owner { get; init; }
    public string? OwnerName { get; init; }

    /// <summary>Whose desk it is, or was last; null while no person was ever wanted.</summary>
    public string? Department { get; init; }

    /// <summary>The case that is worked on, or was last.</summary>
    public string? CaseNumber { get; init; }

    /// <summary>The case still wants something of the office.</summary>
    public bool CaseOpen { get; init; }

    /// <summary>The bot speaks although the resident is in the queue.</summary>
    public bool BotContinues { get; init; }

    /// <summary>The day until which the resident was promised to hear from us.</summary>
    public DateOnly? CallbackBy { get; init; }

    /// <summary>Why a person is wanted.</summary>
    public string? Reason { get; init; }

    /// <summary>The resident's last word; as right as <see cref="LastAt"/>.</summary>
    public long? HeardAt { get; init; }

    /// <summary>The office's last word; as right as <see cref="LastAt"/>.</summary>
    public long? SaidAt { get; init; }

    /// <summary>bot, staff or system.</summary>
    public string? SaidBy { get; init; }
}

/// <summary>A line of the transcript.</summary>
/// <param name="Seq">Rises within the conversation, with gaps.</param>
/// <param name="Direction"><c>heard</c> from the resident or <c>said</c> by the office.</param>
/// <param name="What">text, tapped, photo, location, sticker, attachment, followed, unfollowed, unknown.</param>
/// <param name="Text">Null when there are no words, or when the resident took the message back.</param>
public sealed record MessageRow(string Conversation, long Seq, long At, string Direction, string What, string? Text, string? LineMessageId, bool Unsent)
{
    /// <summary>bot, staff, system or resident.</summary>
    public string Author { get; init; } = "bot";

    /// <summary>Staff id of the author.</summary>
    public string? Staff { get; init; }
    public string? StaffName { get; init; }

    /// <summary>The name the resident sees, such as 環境課 職員.</summary>
    public string? Shown { get; init; }

    /// <summary>Our own ids of pictures and files, separated by blanks.</summary>
    public string? ContentIds { get; init; }

    /// <summary>Name of a file, number of a sticker: as the resident's phone says, hostile.</summary>
    public string? Detail { get; init; }

    /// <summary>WGS 84 degrees of a location.</summary>
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }

    /// <summary>LINE's retry key of a message of staff.</summary>
    public string? Key { get; init; }

    /// <summary>sent, failed, unknown, undeliverable; suppressed for an answer of the bot that was overtaken. Null = on its way, or not followed.</summary>
    public string? Outcome { get; init; }

    /// <summary>LINE's own words for a failure, or why it was suppressed.</summary>
    public string? OutcomeDetail { get; init; }
}

/// <summary>A message the resident took back.</summary>
public sealed record UnsentMessageRow(string Conversation, string LineMessageId, long At);

/// <summary>A change of who may speak.</summary>
/// <param name="Trigger">requestStaff, take, release … as in takeover.md §4.</param>
/// <param name="Was">State before.</param>
/// <param name="State">State after.</param>
/// <param name="Epoch">After the change.</param>
/// <param name="By">Staff id, resident or system.</param>
/// <param name="WaitingSince">Since when the resident waits after the change; null when nobody waits.</param>
public sealed record ControlChangeRow(
    string Conversation, long Seq, long At, string Town, string Trigger, string Was, string State, int Epoch, string? Owner, string? OwnerName, string? Department, string? CaseNumber,
    string? Reason, string By, long? WaitingSince);
