using System.Globalization;
using System.Text.RegularExpressions;

namespace OrleansGov.Packs.Yaml;

/// <summary>
/// Reads one map key by key. Whatever is wrong becomes a problem with its line; a key that nobody asked for is unknown, so
/// <see cref="End"/> must follow the last question. Nothing is guessed: a value that cannot be read is a problem, never a default.
/// </summary>
internal sealed partial class Section(YamlMap map, FileProblems problems, ImmutableHashSet<string> languages)
{
    /// <summary>UTF-16 units in a LINE text message (LINE reference, Text message).</summary>
    public const int LongestText = 5000;

    private static readonly ImmutableList<string> Languages =
        ["ja", "ja-easy", "en", "zh-Hans", "zh-Hant", "ko", "vi", "pt", "es", "tl", "ne", "id", "th", "my", "fr", "ru", "uk", "hi", "bn", "mn", "si"];

    private readonly HashSet<string> asked = [];

    public int Line => map.Line;
    public FileProblems Problems => problems;

    /// <summary>The languages that every text must have besides Japanese, as the pack promises.</summary>
    public ImmutableHashSet<string> Promised => languages;

    /// <summary>The line of a key, or of the section when the key is absent.</summary>
    public int LineOf(string key) => map.Entries.Find(e => e.Key == key)?.Line ?? map.Line;

    public bool Has(string key) => Find(key) is not null;

    /// <summary>The value of a key; null when absent or left empty.</summary>
    public YamlNode? Find(string key)
    {
        asked.Add(key);
        return map.Entries.Find(e => e.Key == key)?.Value is { } value and not YamlScalar { Text: "" } ? value : null;
    }

    public YamlNode? Need(string key, string fix)
    {
        var value = Find(key);
        if (value is null) problems.At(LineOf(key), $"「{key}」がありません。", fix);
        return value;
    }

    /// <summary>Reports every key that was not asked for.</summary>
    public void End()
    {
        foreach (var entry in map.Entries.Where(e => !asked.Contains(e.Key)))
            problems.At(entry.Line, $"「{entry.Key}」という項目はありません。", Nearest.Fix(entry.Key, [.. asked.Order(StringComparer.Ordinal)]));
    }

    public string? Text(string key, int longest = 200) => Find(key) is { } node ? AsText(node, key, longest) : null;

    public string? NeedText(string key, string fix, int longest = 200) => Need(key, fix) is { } node ? AsText(node, key, longest) : null;

    /// <summary>An id: kebab-case, at most 40 letters, so that it fits into a button's data.</summary>
    public string? NeedId(string key, string fix)
    {
        if (NeedText(key, fix) is not { } text) return null;
        if (KebabCase().IsMatch(text)) return text;
        problems.At(LineOf(key), $"「{key}: {text}」は使えない形です。", "半角の英小文字で始め、英小文字・数字・「-」だけで40文字までにしてください。例: bulky-waste");
        return null;
    }

    public static bool IsId(string text) => KebabCase().IsMatch(text);

    public int? Integer(string key, int least, int most) => Find(key) is { } node ? AsInteger(node, key, least, most) : null;

    public int? NeedInteger(string key, int least, int most) =>
        Need(key, $"「{key}: 数」を{least}から{most}までで書いてください。") is { } node ? AsInteger(node, key, least, most) : null;

    public double? NeedNumber(string key, double least, double most)
    {
        if (NeedText(key, $"「{key}: 数」を書いてください。") is not { } text) return null;
        if (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most) return n;
        problems.At(LineOf(key), $"「{key}: {text}」は読めません。", $"半角の数字で{least}から{most}までにしてください。");
        return null;
    }

    public bool? Flag(string key)
    {
        if (Text(key) is not { } text) return null;
        if (text is "true" or "false") return text == "true";
        problems.At(LineOf(key), $"「{key}: {text}」は読めません。", "true（はい）か false（いいえ）を書いてください。");
        return null;
    }

    /// <summary>One of a few words.</summary>
    public T? OneOf<T>(string key, IReadOnlyDictionary<string, T> words) where T : struct
    {
        if (Text(key) is not { } text) return null;
        if (words.TryGetValue(text, out var value)) return value;
        problems.At(LineOf(key), $"「{key}: {text}」は使えません。", Nearest.Fix(text, [.. words.Keys]));
        return null;
    }

    public TimeOnly? NeedTime(string key)
    {
        if (NeedText(key, $"「{key}: \"18:00\"」のように書いてください。") is not { } text) return null;
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        problems.At(LineOf(key), $"「{key}: {text}」は時刻として読めません。", "24時間の4けたで書いてください。例: \"18:00\"");
        return null;
    }

    /// <summary>A text for residents: plain Japanese, or a map by language.</summary>
    /// <param name="names">The <c>{names}</c> that are filled in here; any other would reach the resident as it stands.</param>
    public Wording? Wording(string key, int longest = LongestText, ImmutableHashSet<string>? names = null) => Find(key) is { } node ? AsWording(node, key, longest, names) : null;

    public Wording? NeedWording(string key, string fix, int longest = LongestText, ImmutableHashSet<string>? names = null) =>
        Need(key, fix) is { } node ? AsWording(node, key, longest, names) : null;

    /// <summary>A list of texts; empty when absent.</summary>
    public ImmutableList<(string Text, int Line)> Texts(string key, int longest = 100)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case YamlList list:
                return [.. list.Items.Select(i => (Text: AsText(i, key, longest), i.Line)).Where(i => i.Text is not null).Select(i => (i.Text!, i.Line))];
            case var other:
                problems.At(other.Line, $"「{key}」は一覧で書きます。", $"「{key}: [あ, い]」か、次の行から「- あ」の形で書いてください。");
                return [];
        }
    }

    public Section? Map(string key) => Find(key) is { } node ? AsSection(node, key) : null;

    /// <summary>A list of maps; empty when absent.</summary>
    public ImmutableList<Section> Maps(string key)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case YamlList list:
                return [.. list.Items.Select(i => AsSection(i, key)).OfType<Section>()];
            case var other:
                problems.At(other.Line, $"「{key}」は一覧で書きます。", "次の行から「- 項目名: 値」の形で書いてください。");
                return [];
        }
    }

    /// <summary>The entries of a map whose keys are free, such as dates.</summary>
    public ImmutableList<(string Key, int Line, YamlNode Value)> Entries(string key)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case YamlMap inner:
                return [.. inner.Entries.Select(e => (e.Key, e.Line, e.Value))];
            case var other:
                problems.At(other.Line, $"「{key}」は「名前: 値」を並べて書きます。", $"「{key}:」の次の行から、字下げして「名前: 値」を書いてください。");
                return [];
        }
    }

    public Section? AsSection(YamlNode node, string key)
    {
        if (node is YamlMap inner) return new Section(inner, problems, languages);
        problems.At(node.Line, $"「{key}」の中は「項目名: 値」の形で書きます。", "「- id: …」のように項目名を付けてください。");
        return null;
    }

    public string? AsText(YamlNode node, string key, int longest)
    {
        if (node is not YamlScalar scalar)
        {
            problems.At(node.Line, $"「{key}」は文字で書きます。", "1行の文字にしてください。「{」「[」で始まる文は \"…\" で囲みます。");
            return null;
        }
        var text = scalar.Text.Trim();
        if (text.Length <= longest) return text;
        problems.At(node.Line, $"「{key}」が長すぎます（{text.Length}文字）。", $"{longest}文字までにしてください。");
        return null;
    }

    public int? AsInteger(YamlNode node, string key, int least, int most)
    {
        if (AsText(node, key, 20) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most) return n;
        problems.At(node.Line, $"「{key}: {text}」は読めません。", $"半角の数字で{least}から{most}までにしてください。");
        return null;
    }

    public Wording? AsWording(YamlNode node, string key, int longest, ImmutableHashSet<string>? names = null)
    {
        names ??= [];
        var texts = ImmutableSortedDictionary<string, string>.Empty;
        if (node is YamlMap byLanguage)
        {
            foreach (var entry in byLanguage.Entries)
            {
                if (!Languages.Contains(entry.Key))
                    problems.At(entry.Line, $"「{entry.Key}」という言語は使えません。", Nearest.Fix(entry.Key, Languages));
                else if (AsText(entry.Value, $"{key}.{entry.Key}", longest) is { Length: > 0 } text)
                    texts = texts.Add(entry.Key, text);
            }
        }
        else if (AsText(node, key, longest) is { Length: > 0 } text)
        {
            texts = texts.Add("ja", text);
        }
        else
        {
            return null;
        }

        foreach (var unknown in texts.Values.SelectMany(Template.Placeholders).Except(names))
            problems.At(node.Line, $"「{key}」では {{{unknown}}} を使えません。", names.IsEmpty ? "「{」「}」を使わない文にしてください。" : Nearest.Fix(unknown, [.. names.Order(StringComparer.Ordinal)]));
        foreach (var missing in languages.Add("ja").Except(texts.Keys).Order(StringComparer.Ordinal))
            problems.At(node.Line, $"「{key}」に {missing} の文がありません。", $"「{missing}: …」を書き足してください。");
        return texts.ContainsKey("ja") ? new Wording(texts) : null;
    }

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex KebabCase();
}
