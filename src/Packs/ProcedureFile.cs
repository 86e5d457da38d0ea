using System.Text.RegularExpressions;
using OrleansGov.Packs.Steps;
using OrleansGov.Packs.Tables;
using OrleansGov.Packs.Yaml;

namespace OrleansGov.Packs;

/// <summary>The head of a pack (<c>procedure.yaml</c>), put together with its tables and calendar.</summary>
internal static partial class ProcedureFile
{
    public const string Name = "procedure.yaml";

    public static Procedure? Read(string packId, IReadOnlyDictionary<string, string> texts, PackRules rules, Problems problems)
    {
        var calendar = texts.TryGetValue(CalendarFile.Name, out var calendarText) ? CalendarFile.Read(calendarText, problems.In(CalendarFile.Name)) : null;
        var tables = texts.Where(t => PackReader.IsTable(t.Key))
            .ToImmutableDictionary(t => t.Key[..^".csv".Length], t => FeeTable.Read(t.Value, problems.In(t.Key)));
        var file = problems.In(Name);
        if (!texts.TryGetValue(Name, out var text))
        {
            file.At(0, $"{Name} がありません。", "手続きの本体のファイルを置いてください。書き方は docs/packs.md にあります。");
            return null;
        }
        if (YamlText.Parse(text, file) is not { } map) return null;
        var section = new Section(map, file, Languages(map, file));
        section.Find("languages");

        var id = section.NeedId("id", $"例: id: {packId}");
        if (id is not null && id != packId) file.At(section.LineOf("id"), $"「id: {id}」がフォルダーの名前「{packId}」と違います。", "どちらかに合わせてください。");
        var title = section.NeedWording("title", "手続きの名前を書いてください。例: title: 粗大ごみの申込み", 40);
        var department = section.NeedText("department", "受け付ける課の id を書いてください。", 40);
        if (department is not null) StepChecks.Department(section.LineOf("department"), department, rules, file);
        var words = StartWords(section);
        var opening = section.Wording("opening");
        var lead = section.Wording("review");

        var placed = StepReader.Read(section);
        PersonalRules.Check(placed, rules, file);
        var hasAddresses = texts.TryGetValue(AddressFile.Name, out var addressText);
        var about = section.Map("addresses");
        if (hasAddresses && !section.Has("addresses"))
            file.At(section.Line, "「addresses」（addresses.csv の説明）がありません。", "「addresses: {municipality: みなと台市, radius-km: 3}」のように書いてください。");
        if (!hasAddresses && about is not null)
            file.At(section.LineOf("addresses"), "addresses.csv がありません。", "addresses.csv を置くか、「addresses」を消してください。");
        var addresses = hasAddresses ? AddressFile.Read(addressText!, about, calendar, problems.In(AddressFile.Name)) : null;
        StepChecks.Check(placed, tables, hasAddresses, calendarText is not null, calendar, rules, file);

        var completion = CompletionSection.Read(section, placed);
        section.End();
        if (problems.Any || id is null || title is null || department is null || completion is null) return null;
        return new Procedure(id, 1, title, department, words, [.. placed.Where(p => !p.Secret).Select(p => p.Step!)], completion)
        {
            Opening = opening,
            ReviewLead = lead,
            Items = tables.ToImmutableDictionary(t => t.Key, t => t.Value!),
            Addresses = addresses,
            Calendar = calendar,
        };
    }

    /// <summary>The languages the pack promises; every text must then have all of them.</summary>
    private static ImmutableHashSet<string> Languages(YamlMap map, FileProblems file) =>
        [.. new Section(map, file, []).Texts("languages").Select(l => l.Text)];

    private static ImmutableList<string> StartWords(Section section)
    {
        var words = section.Texts("start-words", 40);
        if (words.Count == 0) section.Problems.At(section.LineOf("start-words"), "「start-words」（始まりの言葉）が1つもありません。", "例: start-words: [粗大ごみ, 大型ごみ]");
        foreach (var (word, line) in words.Where(w => AlwaysWords().IsMatch(w.Text)))
            section.Problems.At(line, $"「{word}」はいつでも使える言葉なので、始まりの言葉にできません。", "別の言葉にしてください。");
        foreach (var twin in words.GroupBy(w => w.Text).SelectMany(g => g.Skip(1)))
            section.Problems.At(twin.Line, $"「{twin.Text}」が2回書かれています。", "1つにしてください。");
        return [.. words.Select(w => w.Text)];
    }

    [GeneratedRegex("^(戻る|もどる|修正|やめる|最初から|今どこ[?？]?|職員と話す|申込状況|スキップ|続きから|はい|いいえ)\\z", RegexOptions.CultureInvariant)]
    private static partial Regex AlwaysWords();
}
