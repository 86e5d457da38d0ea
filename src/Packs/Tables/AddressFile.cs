using System.Text.RegularExpressions;
using OrleansGov.Packs.Yaml;

namespace OrleansGov.Packs.Tables;

/// <summary>The town's 町丁目 (<c>addresses.csv</c>) with the districts of the calendar.</summary>
internal static partial class AddressFile
{
    public const string Name = "addresses.csv";

    public static readonly ImmutableList<string> Columns = ["郵便番号", "町丁目", "読み", "地区", "緯度", "経度"];

    /// <param name="about">The <c>addresses:</c> section of procedure.yaml: <c>municipality</c> and <c>radius-km</c>.</param>
    /// <param name="calendar">Null when there is none or it could not be read: districts are then not compared.</param>
    public static AddressTable? Read(string text, Section? about, SlotCalendar? calendar, FileProblems problems)
    {
        var municipality = about?.NeedText("municipality", "市区町村の名前を書いてください。例: municipality: みなと台市", 30);
        var radius = about?.NeedNumber("radius-km", 0.1, 100);
        about?.End();

        if (CsvTable.Read(text, Columns, problems) is not { } rows) return null;
        var names = new HashSet<string>(StringComparer.Ordinal);
        var blocks = ImmutableList.CreateBuilder<TownBlock>();
        foreach (var row in rows)
        {
            if (Read(row) is not { } block) continue;
            if (!names.Add(block.Name)) problems.At(row.Line, $"町丁目「{block.Name}」が2回あります。", "1行にまとめてください。");
            if (calendar is not null && !calendar.Districts.Exists(d => d.Id == block.District))
                problems.At(row.Line, $"地区「{block.District}」は calendar.yaml にありません。", Nearest.Fix(block.District, [.. calendar.Districts.Select(d => d.Id)]));
            blocks.Add(block);
        }
        return municipality is null || radius is null ? null : new AddressTable(municipality, blocks.ToImmutable(), radius.Value);
    }

    private static TownBlock? Read(CsvRow row)
    {
        var postal = row["郵便番号"].Replace("-", "", StringComparison.Ordinal);
        if (!PostalCode().IsMatch(postal))
        {
            row.Problems.At(row.Line, $"郵便番号「{CsvRow.Short(row["郵便番号"])}」は読めません。", "半角の数字7けたにしてください。例: 000-0101");
            return null;
        }
        var name = row.Need("町丁目", 20);
        var reading = row.Need("読み", 60);
        if (reading is not null && !Hiragana().IsMatch(reading))
            row.Problems.At(row.Line, $"「読み」の「{reading}」にひらがなでない文字があります。", "ひらがな（と「ー」、数字）だけで書いてください。");
        var district = row.Need("地区", 40);
        var latitude = row.NeedDegrees("緯度", 20, 46);
        var longitude = row.NeedDegrees("経度", 122, 154);
        return name is null || reading is null || district is null || latitude is null || longitude is null ? null
            : new TownBlock(postal, name, reading, district, latitude.Value, longitude.Value);
    }

    [GeneratedRegex(@"^[0-9]{7}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PostalCode();

    [GeneratedRegex(@"^[ぁ-ゖー0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Hiragana();
}
