namespace OrleansGov.Records;

/// <summary>Who did or read what, or tried to.</summary>
/// <param name="Principal">Name of the person or key; never a LINE user id.</param>
/// <param name="Action">Such as <c>conversation-read</c>, <c>procedure-published</c>.</param>
/// <param name="Subject">What it was done to: a conversation id, a receipt number, a procedure.</param>
/// <param name="Detail">No personal text.</param>
public sealed record AuditEntry(DateTimeOffset At, string Town, string Principal, string Action, string Subject, string? Detail = null)
{
    public AuditKind Kind { get; init; }

    /// <summary>Stable id of the person, or <c>key:{name}</c>.</summary>
    public string? Actor { get; init; }

    /// <summary>What people call the subject: no resident's name.</summary>
    public string? SubjectName { get; init; }

    /// <summary>Whose department it concerns.</summary>
    public string? Department { get; init; }

    /// <summary>IP address of the caller.</summary>
    public string? Address { get; init; }

    /// <summary>Value before a change; no personal text.</summary>
    public string? Before { get; init; }

    /// <summary>Value after a change; no personal text.</summary>
    public string? After { get; init; }

    /// <summary>Why, in the caller's words.</summary>
    public string? Reason { get; init; }

    /// <summary>Id of the request, as in its problem answer and in the logs.</summary>
    public string? Request { get; init; }

    /// <summary>Whom it was done for: the other person of an impersonation, the resident's pseudonym of a value that staff filled in.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>Somebody read something about residents.</summary>
    /// <param name="what">conversation, conversation-media, case, search, export, audit …</param>
    public static AuditEntry Read(DateTimeOffset at, string town, string principal, string what, string subject) => new(at, town, principal, $"{what}-read", subject) { Kind = AuditKind.Read };

    /// <summary>Somebody tried what they may not: 403, 404 across departments, 409 of control.</summary>
    public static AuditEntry Refused(DateTimeOffset at, string town, string principal, string action, string subject, string why) =>
        new(at, town, principal, action, subject, why) { Kind = AuditKind.Refusal };
}

public enum AuditKind { Change, Read, Refusal }

/// <summary>A line of the audit trail. The instant is UTC milliseconds.</summary>
/// <param name="Kind">change, read or refusal.</param>
/// <param name="Place">1, 2, 3 … in the town.</param>
/// <param name="Hash">Of this line and the hash of the line before it; see <see cref="AuditChain"/>.</param>
public sealed record AuditRow(long Id, long At, string Town, string Principal, string Action, string Subject, string? Detail, string Kind, long Place, string Hash)
{
    public string? Actor { get; init; }
    public string? SubjectName { get; init; }
    public string? Department { get; init; }
    public string? Address { get; init; }
    public string? Before { get; init; }
    public string? After { get; init; }
    public string? Reason { get; init; }
    public string? Request { get; init; }
    public string? OnBehalfOf { get; init; }
}

/// <summary>Where a town's chain ends, and where what is kept of it begins.</summary>
/// <param name="PrunedTo">Lines up to this place are past their time and gone.</param>
/// <param name="PrunedHash">Hash of the last of them: what is kept hangs on it.</param>
public sealed record AuditHeadRow(string Town, long Place, string Hash, long PrunedTo, string PrunedHash)
{
    /// <summary>When the trail was walked along last, in UTC milliseconds; null = never.</summary>
    public long? CheckedAt { get; init; }

    /// <summary>The place it ended at then.</summary>
    public long? CheckedTo { get; init; }

    /// <summary>The first line that did not fit; null = it was whole.</summary>
    public long? BrokenAt { get; init; }

    /// <summary>altered, missing or endsElsewhere.</summary>
    public string? Fault { get; init; }
}
