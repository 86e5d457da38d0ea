namespace OrleansGov.Records;

/// <summary>
/// Rows that people change, as against those that facts become: statements that are carried out in one transaction. The first decides: when it
/// changes no row (somebody was faster, the limit is reached) the others and the line of the audit trail stay away.
/// </summary>
/// <param name="Audit">What the audit trail keeps of it; null = nothing.</param>
internal sealed record Change(AuditEntry? Audit, params IReadOnlyList<Statement> Statements)
{
    /// <returns>It was carried out.</returns>
    public bool CarryOut(RecordsEdit edit)
    {
        if (edit.Run(Statements[0]) == 0) return false;
        foreach (var statement in Statements.Skip(1)) edit.Run(statement);
        if (Audit is not null) edit.Note(Audit);
        return true;
    }
}
