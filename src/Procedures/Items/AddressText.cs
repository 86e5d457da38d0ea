using System.Text.RegularExpressions;

namespace OrleansGov.Procedures;

/// <summary>Addresses in one form: 丁目 in Arabic digits whether written 一丁目, 1丁目 or いっちょうめ.</summary>
internal static partial class AddressText
{
    private static readonly (string Kana, int Number)[] SpokenChome =
        [("いっ", 1), ("いち", 1), ("に", 2), ("さん", 3), ("よん", 4), ("ご", 5), ("ろく", 6), ("なな", 7), ("はっ", 8), ("はち", 8), ("きゅう", 9), ("じゅっ", 10), ("じっ", 10)];

    [GeneratedRegex($"(?<number>[{JapaneseNumerals.Characters}]+)(?:丁目|ちょうめ)", RegexOptions.ExplicitCapture)]
    private static partial Regex Chome { get; }

    [GeneratedRegex("[0-9]+丁目$")]
    private static partial Regex ChomeAtEnd { get; }

    [GeneratedRegex("(?<=[0-9])[-‐‑‒–—―−ー─~](?=[0-9])")]
    private static partial Regex DashBetweenDigits { get; }

    // みなと町1-2 must not become みなと町12.
    [GeneratedRegex("(?<![0-9])ー|ー(?![0-9])")]
    private static partial Regex LongVowel { get; }

    /// <summary>The form for matching a name or a reading. ヶ and ケ are one, as in 霞ヶ関.</summary>
    public static string Key(string text)
    {
        var folded = LongVowel.Replace(JapaneseText.Fold(text), "").Replace('ゖ', 'け');
        foreach (var (kana, number) in SpokenChome) folded = folded.Replace(kana + "ちょうめ", $"{number}丁目", StringComparison.Ordinal);
        return Chome.Replace(folded, chome => JapaneseNumerals.TryRead(chome.Groups["number"].Value, out var n) ? $"{n}丁目" : chome.Value);
    }

    public static string WithoutChome(string key) => ChomeAtEnd.Replace(key, "");

    /// <summary>番地 and building behind the block, with plain hyphens between numbers.</summary>
    public static string Rest(string tail) =>
        DashBetweenDigits.Replace(tail, "-").TrimStart(' ', '-', '‐', '−', 'ー', 'の', 'ノ', '、', ',').TrimEnd();
}
