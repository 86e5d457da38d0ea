namespace OrleansGov.Records;

/// <summary>A case as lists show it. Instants are UTC milliseconds, the fee is whole yen.</summary>
/// <param name="Resident">Pseudonym, the conversation id of the API.</param>
/// <param name="Kind">application or consultation.</param>
/// <param name="Resource">With <paramref name="Day"/>: the place booked; null when the case books none.</param>
/// <param name="Summary">Non-personal answers in one line.</param>
public sealed record CaseRow(
    string Town, string Number, string Channel, string Resident, string ProcedureId, int Version, string Title, string Department, string Kind,
    string Status, string? Resource, DateOnly? Day, int? Fee, string Summary, long OpenedAt, long ChangedAt);

/// <summary>A line of a case's history.</summary>
public sealed record CaseEventRow(string Town, string Number, long Seq, long At, string What, string By);
