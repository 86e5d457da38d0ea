using System.Data.Common;

namespace OrleansGov.Records;

/// <summary>An edit of the file.</summary>
internal sealed class SqliteEdit(SqliteFile file) : RecordsEdit
{
    protected override DbCommand Command(string sql, ReadOnlySpan<object?> values) => file.Prepared(sql, values);
}
