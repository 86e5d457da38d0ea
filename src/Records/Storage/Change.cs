namespace OrleansGov.Records;

/// <summary>
/// Rows that people change, as against those that facts become: statements that are carried out in one transaction. The first decides: when it
/// changes no row (somebody was faster, the limit is reached) the others and the line of the audit trail stay away.
/// </summary>
/// <param name="Audit">What the audit trail keeps of it; null = nothing.</param>
internal sealed record Change(AuditEntry? Audit, params IReadOnlyList<Statement> Statements)
{
    /// <summary>After the commit: it was carried out.</summary>
    public bool Took { get; private set; }

    /// <param name="run">Carries out one statement and says how many rows it changed.</param>
    public void CarryOut(Func<Statement, int> run)
    {
        Took = run(Statements[0]) > 0;
        if (!Took) return;
        foreach (var statement in Statements.Skip(1)) run(statement);
    }
}

/// <summary>SQL that both databases understand, with values for ?1, ?2 …: texts, whole numbers (long), null.</summary>
internal sealed record Statement(string Sql, params object?[] Values);
