using System.Data.Common;
using Npgsql;

namespace OrleansGov.Records;

/// <summary>An edit of the database.</summary>
internal sealed class PostgresEdit(NpgsqlConnection connection) : RecordsEdit
{
    protected override DbCommand Command(string sql, ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlCommand(sql.Replace('?', '$'), connection); // has nothing to dispose but its parameters
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = PostgresColumns.Storable(value) });
        return command;
    }
}
