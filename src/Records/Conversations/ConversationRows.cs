namespace OrleansGov.Records;

/// <summary>One resident's talk in one channel. Instants are UTC milliseconds.</summary>
/// <param name="Id">The resident's pseudonym.</param>
/// <param name="LastAt">When something was last said, right to the minute: within a minute of the last one noted it stays, so that a dialogue does not move its index at every word.</param>
/// <param name="ReachableSince">Null = blocked or gone: nothing sent arrives.</param>
public sealed record ConversationRow(string Id, string Town, string Channel, long OpenedAt, long LastAt, long? ReachableSince);

/// <summary>A line of the transcript.</summary>
/// <param name="Seq">Rises within the conversation, with gaps.</param>
/// <param name="Direction"><c>heard</c> from the resident or <c>said</c> by the office.</param>
/// <param name="What">text, tapped, photo, location, sticker, attachment, followed, unfollowed, unknown.</param>
/// <param name="Text">Null when there are no words, or when the resident took the message back.</param>
public sealed record MessageRow(string Conversation, long Seq, long At, string Direction, string What, string? Text, string? LineMessageId, bool Unsent);

/// <summary>A message the resident took back.</summary>
public sealed record UnsentMessageRow(string Conversation, string LineMessageId, long At);
