using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace OrleansGov.Packs.Tables;

/// <summary>A CSV file with a header, as Excel saves it (UTF-8, BOM allowed): rows by column name, each with its first line in the file.</summary>
internal static class CsvTable
{
    private const int MostRows = 20_000;

    /// <param name="columns">Every column the table has; all of them must stand in the header, in any order.</param>
    /// <returns>Null when the header is wrong; the reasons have been reported.</returns>
    public static ImmutableList<CsvRow>? Read(string text, ImmutableList<string> columns, FileProblems problems)
    {
        var bad = false;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BadDataFound = _ => bad = true,
            IgnoreBlankLines = false,
            TrimOptions = TrimOptions.Trim,
        };
        using var parser = new CsvParser(new StringReader(text.TrimStart('\uFEFF')), configuration);

        string[]? header = null;
        var rows = ImmutableList.CreateBuilder<CsvRow>();
        while (true)
        {
            var line = parser.RawRow + 1;
            if (!parser.Read()) break;
            var cells = parser.Record ?? [];
            if (bad || parser.RawRow - line > 20)
            {
                problems.At(line, "引用符（\"）の使い方が正しくありません。", "値の中の「\"」は「\"\"」と書き、値の全体を \"…\" で囲んでください。");
                bad = false;
                continue;
            }
            if (Array.TrueForAll(cells, string.IsNullOrEmpty)) continue;
            if (header is null)
            {
                header = cells;
                if (!HeaderIsSound(header, line, columns, problems)) return null;
                continue;
            }
            if (cells.Length != header.Length)
            {
                problems.At(line, $"列の数が{cells.Length}です。見出しは{header.Length}列です。", "カンマの数を見出しに合わせてください。値の中にカンマがあるときは \"…\" で囲みます。");
                continue;
            }
            if (rows.Count == MostRows)
            {
                problems.At(line, $"行が多すぎます（{MostRows}行まで）。", "表を分けてください。");
                break;
            }
            rows.Add(new CsvRow(line, header.Zip(cells).ToImmutableDictionary(p => p.First, p => p.Second), problems));
        }
        if (header is null) problems.At(0, "ファイルが空です。", $"1行目に見出し「{string.Join(',', columns)}」を書いてください。");
        else if (rows.Count == 0) problems.At(0, "表に1行もありません。", "見出しの下に1行以上書いてください。");
        return header is null ? null : rows.ToImmutable();
    }

    private static bool HeaderIsSound(string[] header, int line, ImmutableList<string> columns, FileProblems problems)
    {
        var sound = true;
        void Fault(string message, string fix)
        {
            sound = false;
            problems.At(line, message, fix);
        }
        foreach (var unknown in header.Except(columns)) Fault($"「{unknown}」という列はありません。", Nearest.Fix(unknown, columns));
        foreach (var missing in columns.Except(header)) Fault($"「{missing}」の列がありません。", $"見出しを「{string.Join(',', columns)}」にしてください。");
        foreach (var twice in header.GroupBy(h => h).Where(g => g.Count() > 1)) Fault($"「{twice.Key}」の列が2つあります。", "どちらか1つにしてください。");
        return sound;
    }
}

/// <summary>One row.</summary>
/// <param name="Line">1-based line in the file where the row begins.</param>
internal sealed record CsvRow(int Line, ImmutableDictionary<string, string> Cells, FileProblems Problems)
{
    public string this[string column] => Cells[column];

    public string? Need(string column, int longest)
    {
        var text = this[column];
        if (text.Length == 0) Problems.At(Line, $"「{column}」が空です。", $"「{column}」を書いてください。");
        else if (Graphemes.Count(text) > longest) Problems.At(Line, $"「{column}」が長すぎます（{Graphemes.Count(text)}文字）。", $"{longest}文字までにしてください。");
        else return text;
        return null;
    }

    public int? NeedInteger(string column, int least, int most)
    {
        var text = this[column];
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most) return n;
        Problems.At(Line, text.Length == 0 ? $"「{column}」が空です。" : $"「{column}」の「{Short(text)}」は読めません。", $"半角の数字だけで{least}から{most}までにしてください（カンマや「円」は付けません）。");
        return null;
    }

    public double? NeedDegrees(string column, double least, double most)
    {
        var text = this[column];
        if (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most) return n;
        Problems.At(Line, $"「{column}」の「{Short(text)}」は読めません。", $"{least}から{most}までの度（世界測地系）で書いてください。例: {(least + most) / 2:0.0000}");
        return null;
    }

    public static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
