using System.Text.RegularExpressions;

namespace OrleansGov.Packs.Tables;

/// <summary>An item table (<c>fees.csv</c>): what is taken, for how much, under which words it is found, and what is refused with where to go instead.</summary>
internal static partial class FeeTable
{
    private const int LongestName = 30;

    public static readonly ImmutableList<string> Columns = ["id", "品目", "読み", "別名", "単位", "手数料", "上限", "注意", "受付不可の理由"];

    private static readonly ImmutableList<string> OnlyWhenTaken = ["手数料", "上限"];

    /// <returns>Null when the table could not be read at all.</returns>
    public static ItemTable? Read(string text, FileProblems problems)
    {
        if (CsvTable.Read(text, Columns, problems) is not { } rows) return null;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var items = ImmutableList.CreateBuilder<Item>();
        foreach (var row in rows)
        {
            if (Read(row) is not { } item) continue;
            if (!ids.Add(item.Id)) problems.At(row.Line, $"id「{item.Id}」が2回使われています。", "品目ごとに違う id にしてください。");
            if (!names.Add(item.Name)) problems.At(row.Line, $"品目「{item.Name}」が2回あります。", "大きさなどを名前に入れて区別するか、1行にまとめてください。");
            items.Add(item);
        }
        return new ItemTable(items.ToImmutable());
    }

    private static Item? Read(CsvRow row)
    {
        var id = row.Need("id", 60);
        if (id is not null && !ItemId().IsMatch(id))
            row.Problems.At(row.Line, $"id「{id}」は使えない形です。", "英小文字・数字・「-」だけで書いてください。例: sofa-2");
        var name = row.Need("品目", LongestName);
        var reading = row.Need("読み", 60);
        if (reading is not null && !Hiragana().IsMatch(reading))
            row.Problems.At(row.Line, $"「読み」の「{reading}」にひらがなでない文字があります。", "ひらがな（と「ー」、数字）だけで書いてください。");
        var synonyms = row["別名"].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().ToImmutableList();
        foreach (var synonym in synonyms.Where(s => Graphemes.Count(s) > LongestName || s.Contains('、', StringComparison.Ordinal)))
            row.Problems.At(row.Line, $"別名「{CsvRow.Short(synonym)}」は使えません。", $"別名は「;」で区切り、1つを{LongestName}文字までにしてください。");
        var unit = row.Need("単位", 6);
        var note = Said(row, "注意");
        var refusal = Said(row, "受付不可の理由");

        // A refused item has no fee and no limit; whatever stands there would be misread by an officer later.
        if (refusal is not null)
        {
            foreach (var column in OnlyWhenTaken.Where(c => row[c].Length > 0))
                row.Problems.At(row.Line, $"受け付けない品目なのに「{column}」があります。", $"「{column}」を空にするか、「受付不可の理由」を消してください。");
            return id is null || name is null || reading is null || unit is null ? null
                : new Item(id, name, reading, synonyms, unit, 0, 1) { Note = note, Refusal = refusal };
        }
        var fee = row.NeedInteger("手数料", 0, 100_000);
        var most = row.NeedInteger("上限", 1, 99);
        return id is null || name is null || reading is null || unit is null || fee is null || most is null ? null
            : new Item(id, name, reading, synonyms, unit, fee.Value, most.Value) { Note = note };
    }

    private static string? Said(CsvRow row, string column) => row[column].Length == 0 ? null : row.Need(column, 300);

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex ItemId();

    [GeneratedRegex(@"^[ぁ-ゖー0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Hiragana();
}
