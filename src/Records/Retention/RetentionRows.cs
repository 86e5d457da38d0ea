namespace OrleansGov.Records;

/// <summary>How long something is kept. The instant is UTC milliseconds.</summary>
/// <param name="Class">See <see cref="RetentionClass"/>.</param>
/// <param name="Scope">Empty = the town; else a department (conversation-text, media) or a procedure (applications).</param>
/// <param name="Revision">ETag.</param>
public sealed record RetentionSettingRow(string Town, string Class, string Scope, int Days, int Revision, long ChangedAt, string ChangedBy);

/// <summary>What was deleted on a day.</summary>
/// <param name="Day">yyyy-MM-dd in town time.</param>
/// <param name="Deleted">Messages, notes, pictures, cases or lines of the trail.</param>
/// <param name="Held">Conversations or cases that a hold kept.</param>
public sealed record RetentionRunRow(string Town, string Day, string Class, long RanAt, long Deleted, long Held);

/// <summary>What is kept for a time of its own (security.md §4).</summary>
public static class RetentionClass
{
    /// <summary>Messages, notes and suppressed words of the bot.</summary>
    public const string ConversationText = "conversation-text";

    /// <summary>Pictures, films, sounds and files of conversations; never longer than the text.</summary>
    public const string Media = "media";

    /// <summary>Answers and decisions of applications and consultations that are over: their skeletons stay.</summary>
    public const string Applications = "applications";

    /// <summary>The audit trail; see <see cref="RetentionSettings.AuditFloor"/>.</summary>
    public const string Audit = "audit";

    public static ImmutableArray<string> All { get; } = [ConversationText, Media, Applications, Audit];
}

/// <summary>Somebody asks that everything about a resident be destroyed. Instants are UTC milliseconds.</summary>
/// <param name="Conversation">Pseudonym.</param>
/// <param name="Department">Whose desk it was when it was asked.</param>
/// <param name="State">requested, approved, refused, done.</param>
/// <param name="Counts">What was destroyed, as <c>messages 12, notes 3, contents 2, cases 1</c>.</param>
public sealed record ErasureRequestRow(
    string Town, string Id, string Conversation, string Channel, string? Department, string Reason, string State, long RequestedAt, string RequestedBy, string RequestedName,
    long? DecidedAt, string? DecidedBy, string? DecidedName, long? DoneAt, string? Counts, int Revision);
