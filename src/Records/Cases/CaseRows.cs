namespace OrleansGov.Records;

/// <summary>A case as lists show it. Instants are UTC milliseconds, the fee is whole yen.</summary>
/// <param name="Resident">Pseudonym, the conversation id of the API; empty when it was erased.</param>
/// <param name="Kind">application or consultation.</param>
/// <param name="Status">Name of a <see cref="CaseStatus"/>.</param>
/// <param name="Resource">With <paramref name="Day"/>: the place booked; null when the case books none.</param>
/// <param name="Summary">Non-personal answers in one line.</param>
public sealed record CaseRow(
    string Town, string Number, string Channel, string Resident, string ProcedureId, int Version, string Title, string Department, string Kind,
    string Status, string? Resource, DateOnly? Day, int? Fee, string Summary, long OpenedAt, long ChangedAt)
{
    /// <summary>Staff id of whoever works on it.</summary>
    public string? Owner { get; init; }
    public string? OwnerName { get; init; }

    /// <summary>Why a person is wanted.</summary>
    public string? Reason { get; init; }

    /// <summary>One a line; null = none.</summary>
    public string? Labels { get; init; }

    /// <summary>Result code.</summary>
    public string? Result { get; init; }

    /// <summary>One a line; null = none.</summary>
    public string? Tags { get; init; }

    /// <summary>The day until which the resident was promised to hear from us.</summary>
    public DateOnly? CallbackBy { get; init; }

    /// <summary>Why nothing of it may be deleted; null when it may.</summary>
    public string? Hold { get; init; }

    /// <summary>ETag.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>Since when it is over.</summary>
    public long? OverSince { get; init; }
}

/// <summary>A line of a case's history.</summary>
/// <param name="What">See <see cref="CaseEvent"/>.</param>
/// <param name="By">Staff id, resident or system.</param>
public sealed record CaseEventRow(string Town, string Number, long Seq, long At, string What, string By)
{
    public string? ByName { get; init; }

    /// <summary>No personal text.</summary>
    public string? Detail { get; init; }
}

/// <summary>A label of a case.</summary>
public sealed record CaseLabelRow(string Town, string Number, string Label);

/// <summary>内部メモ: a note of staff for staff.</summary>
/// <param name="Conversation">Pseudonym of the case's resident.</param>
/// <param name="By">Staff id.</param>
public sealed record NoteRow(string Town, string Number, string Id, string Conversation, long At, string By, string ByName, string Text);
