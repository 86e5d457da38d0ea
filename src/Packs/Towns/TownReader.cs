using OrleansGov.Packs.Tables;
using OrleansGov.Packs.Yaml;

namespace OrleansGov.Packs.Towns;

/// <summary>What came of reading a town file.</summary>
/// <param name="Town">Null when there is any problem.</param>
/// <param name="Packs">Ids of the packs that are installed at first start.</param>
public sealed record TownReading(Town? Town, ImmutableList<string> Packs, ImmutableList<PackProblem> Problems);

/// <summary>Reads a municipality from <c>packs/towns/{id}.yaml</c>. The schema is docs/packs.md. Total, as <see cref="PackReader"/> is.</summary>
public static class TownReader
{
    private const int MostEntries = 6; // areas of a rich menu that a thumb still hits

    /// <summary>Reads the file at <paramref name="path"/>; the town's id must be the file's name.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TownReading Load(string path) => Read(Path.GetFileName(path), File.ReadAllText(path));

    /// <param name="file">Name of the file, such as <c>minatodai.yaml</c>.</param>
    public static TownReading Read(string file, string text)
    {
        var problems = new Problems();
        var at = problems.In(file);
        if (text.Length > PackReader.MostBytes)
        {
            at.At(0, "ファイルが大きすぎます（2 MiB まで）。", "内容を減らしてください。");
            return new TownReading(null, [], problems.Sorted());
        }
        if (YamlText.Parse(text, at) is not { } map) return new TownReading(null, [], problems.Sorted());

        var section = new Section(map, at, []);
        var id = section.NeedId("id", "町の名前を半角で書いてください。例: id: minatodai");
        if (id is not null && file != $"{id}.yaml") at.At(section.LineOf("id"), $"「id: {id}」がファイルの名前「{file}」と違います。", $"ファイルの名前を {id}.yaml にしてください。");
        var name = section.NeedText("name", "例: name: みなと台市", 30);
        var phone = section.NeedText("phone", "代表の電話番号を書いてください。", 20);
        var greeting = section.Wording("greeting");
        var closed = Days.Read(section, "closed-days");
        var usual = DeskSection.Read(section, new Department("", "", null) { Hours = OpeningHours.Default with { ClosedDays = closed } });
        var departments = section.Maps("departments").Select(d => Department(d, usual)).OfType<Department>().ToImmutableList();
        foreach (var twin in departments.GroupBy(d => d.Id).Where(g => g.Count() > 1))
            at.At(section.LineOf("departments"), $"課の id「{twin.Key}」が2回使われています。", "課ごとに違う id にしてください。");
        if (departments.Count == 0) at.At(section.LineOf("departments"), "「departments」（課）が1つもありません。", "「departments:」の下に「- id: …」と「name: …」を書いてください。");
        var menu = section.Maps("menu").Select(Entry).OfType<MenuEntry>().ToImmutableList();
        if (menu.Count > MostEntries) at.At(section.LineOf("menu"), $"メニューが{menu.Count}個あります。", $"{MostEntries}個までにしてください。");
        var packs = section.Texts("packs", 40);
        foreach (var (pack, line) in packs.Where(p => !Section.IsId(p.Text)))
            at.At(line, $"「{pack}」は手続きの id として使えない形です。", "packs の下のフォルダーの名前を書いてください。");
        var phrases = PhraseOverrides.Read(section);
        section.End();

        return problems.Any || id is null || name is null || phone is null
            ? new TownReading(null, [], problems.Sorted())
            : new TownReading(
                new Town(id, name, phone, phrases) { Greeting = greeting, Menu = menu, ClosedDays = closed, Departments = departments },
                [.. packs.Select(p => p.Text)], []);
    }

    private static Department? Department(Section section, Department usual)
    {
        var id = section.NeedId("id", "課の名前を半角で書いてください。例: id: environment");
        var name = section.NeedText("name", "例: name: 環境課", 30);
        var phone = section.Text("phone", 20);
        var desk = DeskSection.Read(section, usual);
        section.End();
        return id is null || name is null ? null : desk with { Id = id, Name = name, Phone = phone };
    }

    private static MenuEntry? Entry(Section section)
    {
        var label = section.NeedText("label", "メニューに出る言葉を書いてください。", 20);
        var words = section.NeedText("words", "押したときに送られる言葉を書いてください。例: words: 粗大ごみ", 300);
        var icon = section.Text("icon", 20);
        section.End();
        return label is null || words is null ? null : new MenuEntry(label, words, icon);
    }
}
