using System.Text;

namespace OrleansGov.Api.Lists;

/// <summary>
/// A table as a file that a spreadsheet opens: UTF-8 with its mark, CRLF, quoted where needed, and guarded - a cell that a spreadsheet could take for a
/// formula begins with an apostrophe (security.md G09). Downloaded by a plain link, so that no script loses the mark.
/// </summary>
public static class CsvText
{
    public const string ContentType = "text/csv; charset=utf-8";

    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    /// <param name="name">Of the file, with .csv at its end; may be Japanese.</param>
    /// <param name="rows">The first one holds the headings.</param>
    public static async Task WriteAsync(HttpResponse response, string name, IAsyncEnumerable<IReadOnlyList<string?>> rows, CancellationToken cancel)
    {
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = $"attachment; filename*=UTF-8''{Uri.EscapeDataString(name)}";
        await response.Body.WriteAsync(Mark, cancel);
        await foreach (var row in rows.WithCancellation(cancel)) await response.Body.WriteAsync(Encoding.UTF8.GetBytes(Line(row)), cancel);
    }

    /// <summary>One line, with its end.</summary>
    public static string Line(IEnumerable<string?> cells) => string.Join(',', cells.Select(c => Quoted(Guarded(c ?? "")))) + "\r\n";

    /// <summary>Text that no spreadsheet calculates.</summary>
    public static string Guarded(string text)
    {
        var first = text.AsSpan().TrimStart([' ', '　', '\uFEFF', '\u200B', '\n', '\r', '\t']);
        return text.Length > 0 && (text[0] is '\t' or '\r' || (first.Length > 0 && first[0] is ('=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠'))) ? "'" + text : text;
    }

    private static string Quoted(string text) => text.AsSpan().ContainsAny("\",\r\n") || text is [' ', ..] or [.., ' '] ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
