namespace OrleansGov.Records;

/// <summary>Who did or read what.</summary>
/// <param name="Principal">Name of the person or key; never a LINE user id.</param>
/// <param name="Action">Such as <c>transcript-read</c>, <c>procedure-published</c>.</param>
/// <param name="Subject">What it was done to: a conversation id, a receipt number, a procedure.</param>
/// <param name="Detail">No personal text.</param>
public sealed record AuditEntry(DateTimeOffset At, string Town, string Principal, string Action, string Subject, string? Detail = null);

/// <summary>A line of the audit trail.</summary>
public sealed record AuditRow(long Id, long At, string Town, string Principal, string Action, string Subject, string? Detail);
