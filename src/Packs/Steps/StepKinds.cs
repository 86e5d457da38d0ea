using System.Text.RegularExpressions;
using OrleansGov.Packs.Yaml;

namespace OrleansGov.Packs.Steps;

/// <summary>The kinds of steps by the name a pack gives them, each with the keys that only it has (docs/packs.md lists the same table).</summary>
internal static class StepKinds
{
    private const int LongestOptionLabel = 20; // graphemes on a quick reply or button (LINE reference, Action objects)
    private const int MostOptions = 100;

    public delegate Step? Build(Section section, string id, Wording ask);

    public static readonly ImmutableSortedDictionary<string, Build> All = new Dictionary<string, Build>
    {
        ["choice"] = Choice,
        ["text"] = (s, id, ask) => Text(s, id, ask, false),
        ["paragraph"] = (s, id, ask) => Text(s, id, ask, true),
        ["number"] = Number,
        ["date"] = Date,
        ["item"] = Item,
        ["slot"] = Slot,
        ["address"] = Address,
        ["place"] = (_, id, ask) => new PlaceStep(id, ask),
        ["photo"] = Photo,
        ["name"] = (_, id, ask) => new NamedTextStep(id, ask, NamedText.PersonName),
        ["kana"] = (_, id, ask) => new NamedTextStep(id, ask, NamedText.Kana),
        ["phone"] = (_, id, ask) => new NamedTextStep(id, ask, NamedText.Phone),
        ["email"] = (_, id, ask) => new NamedTextStep(id, ask, NamedText.Email),
        ["postal-code"] = (_, id, ask) => new NamedTextStep(id, ask, NamedText.PostalCode),
        ["consent"] = Consent,
        ["secret"] = (s, _, _) => NestedSecret(s),
        ["handoff"] = Handoff,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    public static readonly ImmutableList<string> Names = [.. All.Keys];

    /// <summary>What a secret step's form can ask.</summary>
    public static readonly ImmutableHashSet<string> InForms =
        ["choice", "text", "paragraph", "number", "date", "address", "name", "kana", "phone", "email", "postal-code"];

    private static readonly Dictionary<string, ChoiceLook> Looks = new()
    {
        ["quick"] = ChoiceLook.Quick, ["buttons"] = ChoiceLook.Buttons, ["confirm"] = ChoiceLook.Confirm, ["carousel"] = ChoiceLook.Carousel,
    };

    private static readonly Dictionary<string, AddressPrecision> Precisions = new()
    {
        ["town"] = AddressPrecision.Town, ["block"] = AddressPrecision.Block,
    };

    private static readonly ImmutableList<string> CharacterSets = ["any", "katakana", "hiragana", "ascii", "digits"];

    private static ChoiceStep Choice(Section s, string id, Wording ask)
    {
        var look = s.OneOf("look", Looks) ?? ChoiceLook.Quick;
        var options = ImmutableList.CreateBuilder<StepOption>();
        var values = new HashSet<string>(StringComparer.Ordinal);
        var listed = s.Find("options") as YamlList;
        if (listed is null or { Items.Count: 0 })
            s.Problems.At(s.LineOf("options"), "「options」（選択肢）が1つもありません。", "「options:」の下に「- value: …」と「label: …」を書いてください。");
        else if (listed.Items.Count > MostOptions)
            s.Problems.At(listed.Line, $"選択肢が多すぎます（{listed.Items.Count}）。", $"{MostOptions}までにしてください。多いものは item の表にできます。");

        foreach (var node in listed?.Items.Take(MostOptions) ?? [])
        {
            if (Option(s, node) is not { } option) continue;
            if (!values.Add(option.Value)) s.Problems.At(node.Line, $"選択肢の値「{option.Value}」が2回使われています。", "選択肢ごとに違う value にしてください。");
            options.Add(option);
        }
        return new ChoiceStep(id, ask, options.ToImmutable()) { Look = look };
    }

    private static StepOption? Option(Section s, YamlNode node)
    {
        if (node is not YamlMap)
        {
            var label = s.AsWording(node, "options", 200);
            return label is null ? null : Checked(s, node.Line, new StepOption(label.Japanese, label, []));
        }
        var section = s.AsSection(node, "options")!;
        var value = section.NeedText("value", "保存される値を書いてください。例: value: copy", 100);
        var shown = section.NeedWording("label", "住民に見える言葉を書いてください。", 200);
        var synonyms = section.Texts("synonyms");
        var hint = section.Wording("hint", 60);
        section.End();
        return value is null || shown is null ? null
            : Checked(s, section.LineOf("label"), new StepOption(value, shown, [.. synonyms.Select(w => w.Text)]) { Hint = hint });
    }

    private static StepOption Checked(Section s, int line, StepOption option)
    {
        foreach (var (language, text) in option.Label.ByLanguage.Where(l => Graphemes.Count(l.Value) > LongestOptionLabel))
            s.Problems.At(line, $"選択肢「{text}」（{language}）が長すぎます。ボタンに出るのは{LongestOptionLabel}文字までです。", "短い言葉にして、説明は hint に書いてください。");
        return option;
    }

    private static TextStep? Text(Section s, string id, Wording ask, bool multiline)
    {
        var least = s.Integer("min-length", 0, Section.LongestText) ?? 1;
        var most = s.NeedInteger("max-length", 1, Section.LongestText);
        if (most < least) s.Problems.At(s.LineOf("max-length"), "「max-length」が「min-length」より小さくなっています。", "最大を最小以上にしてください。");
        var characters = s.Text("characters");
        if (characters is not null && !CharacterSets.Contains(characters))
            s.Problems.At(s.LineOf("characters"), $"「characters: {characters}」は使えません。", Nearest.Fix(characters, CharacterSets));
        var pattern = s.Text("pattern", 500);
        var hint = s.Wording("pattern-hint", 500);
        if (pattern is not null)
        {
            CheckPattern(s, pattern);
            if (hint is null) s.Problems.At(s.LineOf("pattern"), "「pattern」に合わないときの案内「pattern-hint」がありません。", "例: pattern-hint: A1234 のように入力してください。");
        }
        return most is null ? null : new TextStep(id, ask, least, most.Value, multiline) { Characters = characters ?? "any", Pattern = pattern, PatternHint = hint };
    }

    private static void CheckPattern(Section s, string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            s.Problems.At(s.LineOf("pattern"), "「pattern」に、処理が止まらなくなるおそれのある書き方（後方参照や先読みなど）があります。", "(?=…) (?!…) \\1 などを使わない形にしてください。");
        }
        catch (ArgumentException)
        {
            s.Problems.At(s.LineOf("pattern"), "「pattern」が正規表現として読めません。", "括弧の閉じ忘れなどを確かめてください。例: pattern: \"[A-Z][0-9]{4}\"");
        }
    }

    private static NumberStep? Number(Section s, string id, Wording ask)
    {
        var least = s.NeedInteger("min", int.MinValue, int.MaxValue);
        var most = s.NeedInteger("max", int.MinValue, int.MaxValue);
        var unit = s.Text("unit", 10) ?? "";
        if (most < least) s.Problems.At(s.LineOf("max"), "「max」が「min」より小さくなっています。", "最大を最小以上にしてください。");
        return least is null || most is null ? null : new NumberStep(id, ask, least.Value, most.Value, unit);
    }

    private static DateStep Date(Section s, string id, Wording ask)
    {
        var least = s.Integer("min-days", -60_000, 60_000);
        var most = s.Integer("max-days", -60_000, 60_000);
        var business = s.Flag("business-days-only") ?? false;
        if (most < least) s.Problems.At(s.LineOf("max-days"), "「max-days」が「min-days」より小さくなっています。", "今日から数えた日数で、最大を最小以上にしてください。");
        return new DateStep(id, ask, least, most) { BusinessDaysOnly = business };
    }

    private static ItemStep? Item(Section s, string id, Wording ask)
    {
        var table = s.NeedText("table", "品目表の名前を書いてください。fees.csv なら「table: fees」です。");
        var lines = s.NeedInteger("max-lines", 1, 50);
        var pieces = s.NeedInteger("max-quantity", 1, 999);
        var suggested = s.Texts("suggested", 60);
        if (suggested.Count > 8) s.Problems.At(s.LineOf("suggested"), $"「suggested」が{suggested.Count}個あります。", "8個までにしてください。");
        return table is null || lines is null || pieces is null ? null
            : new ItemStep(id, ask, table, lines.Value, pieces.Value) { Suggested = [.. suggested.Select(i => i.Text)] };
    }

    private static SlotStep Slot(Section s, string id, Wording ask)
    {
        var step = new SlotStep(id, ask, s.Text("district"));
        return step with
        {
            Offered = s.Integer("offered", 1, 11) ?? step.Offered,
            HoldMinutes = s.Integer("hold-minutes", 5, 1440) ?? step.HoldMinutes,
        };
    }

    private static AddressStep? Address(Section s, string id, Wording ask)
    {
        s.Need("precision", "「precision: town」（町丁目まで）か「precision: block」（番地まで。個人情報）を書いてください。");
        return s.OneOf("precision", Precisions) is { } precision ? new AddressStep(id, ask, precision) : null;
    }

    private static PhotoStep? Photo(Section s, string id, Wording ask)
    {
        var least = s.NeedInteger("min", 0, 10);
        var most = s.NeedInteger("max", 1, 10);
        if (most < least) s.Problems.At(s.LineOf("max"), "「max」が「min」より小さくなっています。", "最大を最小以上にしてください。");
        return least is null || most is null ? null : new PhotoStep(id, ask, least.Value, most.Value);
    }

    private static ConsentStep? Consent(Section s, string id, Wording ask)
    {
        var version = s.NeedText("text-version", "同意の文の版を書いてください。例: text-version: \"2026-04-01\"", 40);
        var url = s.Text("url", 500);
        if (url is not null && !(Uri.TryCreate(url, UriKind.Absolute, out var u) && u.Scheme == Uri.UriSchemeHttps))
            s.Problems.At(s.LineOf("url"), "「url」は https:// で始まるページだけです。", "https のページの場所を書いてください。");
        return version is null ? null : new ConsentStep(id, ask, version) { Url = url };
    }

    private static Step? NestedSecret(Section s)
    {
        s.Find("fields");
        return null;
    }

    private static HandoffStep? Handoff(Section s, string id, Wording ask)
    {
        var department = s.NeedText("department", "引き継ぐ課の id を書いてください。");
        return department is null ? null : new HandoffStep(id, ask, department);
    }
}
