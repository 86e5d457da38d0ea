namespace OrleansGov.Load.Seeding;

/// <summary>A column of a table that knows residents.</summary>
public enum ColumnKind { Text, Bytes, Other }

/// <summary>
/// Writes the statements that copy a model's rows. Columns come from the store itself, so a new one is copied too; texts and bytes have the model's ids
/// replaced, row numbers are given anew.
/// </summary>
internal static class CloneStatements
{
    /// <summary>Tables of Records, and the column that names the resident.</summary>
    public static readonly IReadOnlyList<(string Table, string Column)> Records = [("conversations", "id"), ("messages", "conversation"), ("happenings", "conversation"), ("streams", "stream")];

    /// <param name="replaced">How the store writes a column with the ids replaced: text or bytes → expression. <c>c</c> is the row, <c>n</c> the new resident (p, u), :p and :u the model's.</param>
    /// <param name="column">Names the resident; its value ends with the pseudonym.</param>
    public static string For(string table, string column, IEnumerable<(string Name, ColumnKind Kind)> columns, Func<string, ColumnKind, string> replaced)
    {
        var all = columns.ToList();
        var values = all.Select(c => c.Kind == ColumnKind.Other ? $"c.\"{c.Name}\"" : replaced($"c.\"{c.Name}\"", c.Kind));
        return $"INSERT INTO {table} ({string.Join(", ", all.Select(c => $"\"{c.Name}\""))}) SELECT {string.Join(", ", values)} FROM new_residents n CROSS JOIN {table} c WHERE c.\"{column}\" = :key";
    }
}
