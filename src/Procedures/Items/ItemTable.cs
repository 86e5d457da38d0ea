using System.Text.RegularExpressions;

namespace OrleansGov.Procedures;

/// <summary>What a search found.</summary>
/// <param name="Exact">The one item the words name; null when none or several do.</param>
/// <param name="Similar">Best first, without <paramref name="Exact"/>.</param>
public sealed record ItemMatches(Item? Exact, ImmutableList<Item> Similar);

/// <summary>
/// A searchable table of items. Names, readings and synonyms are matched as people type them: any kana, with or without long vowels, with
/// typing mistakes, or inside a sentence. The index is built once, on the first search; a search of 1,000 items takes well under 1 ms.
/// </summary>
public sealed partial class ItemTable(ImmutableList<Item> items)
{
    private readonly Lazy<ItemIndex> index = new(() => new ItemIndex(items));

    public ImmutableList<Item> Items { get; } = items;

    public Item? ById(string id) => index.Value.ById(id);

    /// <summary>
    /// Finds what the words may mean. A name with a variant in parentheses, ソファ（2人掛け）, is found by ソファ alone too; when that leaves
    /// several, none is exact and they come first among the similar ones. A quantity must have been split off (<see cref="SplitQuantity"/>).
    /// </summary>
    public ItemMatches Search(string words, int limit = 8)
    {
        // What follows the first line of thought helps no search and costs time.
        var clean = JapaneseText.Clean(words.Length > 400 ? words[..400] : words);
        var exact = index.Value.Exact(clean);
        if (exact.IsEmpty && Wishes.Replace(clean, "", 1) is { Length: > 0 } bare && bare.Length < clean.Length)
        {
            exact = index.Value.Exact(bare);
            clean = bare;
        }
        var similar = index.Value.Similar(clean, limit + 1);
        return exact.Count == 1
            ? new(exact[0], [.. similar.Where(item => item != exact[0]).Take(limit)])
            : new(null, [.. exact.Concat(similar).Distinct().Take(limit)]);
    }

    /// <summary>
    /// Takes a quantity off the words: ソファ2つ, 机を3台, 布団 三枚お願いします, 椅子×4, 2つのソファ. Only counters of things count, so 2人掛け,
    /// 3段 and 32インチ stay where they are; a bare number needs a space or × before it. Null = no quantity was said.
    /// </summary>
    public static (string Words, int? Quantity) SplitQuantity(string words)
    {
        var clean = JapaneseText.Clean(words);
        if (clean.Length > 200) return (clean, null);
        foreach (var form in (ReadOnlySpan<Regex>)[Behind, Spoken, Bare, Before])
        {
            if (form.Match(clean) is { Success: true } match && NumberReading.TryRead(match.Groups["number"].Value, out var quantity) && quantity is > 0 and < 1000)
                return (match.Groups["words"].Value, quantity);
        }
        return (clean, null);
    }

    private const string ThingCounters = "個|コ|こ|ヶ|ケ|つ|点|枚|台|本|脚|袋|箱|束|組|セット|せっと|基|棹|足|着|冊";
    private const string Politeness = "(?:です|を?お願いします|を?おねがいします|お願い|ください|下さい|ほど|あります|ある)?[。.!]*$";

    [GeneratedRegex($"^(?<words>.+?)(?:を|が|は|、|,)? *[×xX]? *(?<number>[{JapaneseNumerals.Characters}]+) ?(?:{ThingCounters}){Politeness}", RegexOptions.ExplicitCapture)]
    private static partial Regex Behind { get; }

    [GeneratedRegex($"^(?<words>.+?)(?:を|が|は|、|,)? *(?<number>ひとつ|ふたつ|みっつ|よっつ|いつつ|むっつ|ななつ|やっつ|ここのつ){Politeness}", RegexOptions.ExplicitCapture)]
    private static partial Regex Spoken { get; }

    [GeneratedRegex($"^(?<words>.+?)(?: *[×xX] *| )(?<number>[0-9]{{1,2}}){Politeness}", RegexOptions.ExplicitCapture)]
    private static partial Regex Bare { get; }

    [GeneratedRegex($"^(?<number>[{JapaneseNumerals.Characters}]+(?:{ThingCounters})|ひとつ|ふたつ|みっつ)(?:の| )+(?<words>.+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Before { get; }

    [GeneratedRegex("(?:を|の|が|も)? ?(?:(?:捨て|すて|処分し|出し|だし|回収し|引き取っ|引取っ)(?:たい|て|ます).*|(?:の)?(?:処分|回収|引き取り)(?:です|を?お願いします|は.*)?|です|お願いします|おねがいします)[。.!?]*$")]
    private static partial Regex Wishes { get; }
}
