using System.Data.Common;

namespace OrleansGov.Records;

/// <summary>
/// What people and jobs change in the records themselves (facts come from grains): statements inside one transaction of the writer, in the SQL that
/// both databases understand, with values for <c>?1, ?2 …</c>: texts, whole numbers (long), null.
/// </summary>
internal abstract class RecordsEdit
{
    private readonly List<FeedEntry> _feed = [];
    private readonly List<AuditEntry> _audit = [];

    /// <summary>What this edit tells those who watch.</summary>
    public IReadOnlyList<FeedEntry> Feed => _feed;

    /// <summary>What this edit writes into the audit trail.</summary>
    public IReadOnlyList<AuditEntry> Audit => _audit;

    /// <returns>Rows changed.</returns>
    public int Run(Statement statement) => Run(statement.Sql, statement.Values);

    /// <returns>Rows changed.</returns>
    public int Run(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteNonQuery();

    public List<T> Rows<T>(string sql, Func<DbDataReader, T> row, params ReadOnlySpan<object?> values)
    {
        using var reader = Command(sql, values).ExecuteReader();
        List<T> rows = [];
        while (reader.Read()) rows.Add(row(reader));
        return rows;
    }

    /// <summary>Told with this edit, in the same transaction.</summary>
    public void Tell(FeedEntry entry) => _feed.Add(entry);

    /// <summary>Audited with this edit, in the same transaction.</summary>
    public void Note(AuditEntry entry) => _audit.Add(entry);

    protected abstract DbCommand Command(string sql, ReadOnlySpan<object?> values);
}

/// <summary>SQL that both databases understand, with values for ?1, ?2 …: texts, whole numbers (long), null.</summary>
internal sealed record Statement(string Sql, params object?[] Values);
