using System.Diagnostics.CodeAnalysis;
using System.Text;
using Npgsql;

namespace OrleansGov.Records;

/// <summary>Columns of a table on their way to PostgreSQL: an array each, which <c>unnest</c> makes rows again. A statement costs the same text for one row and for a thousand.</summary>
internal static class PostgresColumns
{
    public static NpgsqlParameter Of<TRow, TValue>(IReadOnlyCollection<TRow> rows, Func<TRow, TValue> column)
    {
        var (values, at) = (new TValue[rows.Count], 0);
        foreach (var row in rows) values[at++] = column(row);
        if (values is string?[] texts)
            for (var i = 0; i < texts.Length; i++) texts[i] = Storable(texts[i]);
        return new NpgsqlParameter<TValue[]> { TypedValue = values };
    }

    /// <summary>One value as a parameter takes it.</summary>
    public static object Storable(object? value) => value is string text ? Storable(text)! : value ?? DBNull.Value;

    // PostgreSQL has no character zero, and UTF-8 no half of a pair. LINE sends neither; a text with one would come again and again for ever.
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Storable(string? text)
    {
        if (text is null || (!text.Contains('\0') && text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)) return text;
        var storable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) storable.Append(rune.Value == 0 ? Rune.ReplacementChar : rune); // a half is read as the replacement character
        return storable.ToString();
    }
}
