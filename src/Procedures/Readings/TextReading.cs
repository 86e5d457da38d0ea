using System.Text.RegularExpressions;

namespace OrleansGov.Procedures;

/// <summary>Free words of a <see cref="TextStep"/>, and the patterns officers may put on them.</summary>
public static partial class TextReading
{
    /// <summary>Pattern length; a longer one is refused at publishing.</summary>
    public const int LongestPattern = 200;

    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(100);

    // An honest grapheme is a few UTF-16 units; this many each is an attack.
    private const int UnitsPerGrapheme = 16;

    /// <summary>
    /// Reads <paramref name="words"/>: NFKC, length in graphemes, characters, pattern. A マイナンバー is refused and never kept.
    /// The pattern has passed <see cref="PatternFault"/> at publishing.
    /// </summary>
    public static ReadWords Read(TextStep step, string words)
    {
        // Cut before normalising: a text of megabytes is declined, not worked through.
        if (words.Length > (step.MaxLength + 100) * UnitsPerGrapheme) return TooLong(step);
        var text = step.Multiline ? JapaneseText.CleanLines(words) : JapaneseText.Clean(words);
        if (text.Length == 0) return ReadWords.Declined("文字で入力してください。");
        if (PersonalNumber.Contains(words) || PersonalNumber.Contains(text))
            return ReadWords.Declined("マイナンバー（個人番号）のような数字が入っています。マイナンバーは入力しないでください。その部分を除いて、もう一度入力してください。");
        var length = JapaneseText.Graphemes(text);
        if (length > step.MaxLength || text.Length > step.MaxLength * UnitsPerGrapheme) return TooLong(step);
        if (length < step.MinLength) return ReadWords.Declined($"{step.MinLength}文字以上で入力してください（いまは{length}文字です）。");
        if (step.Characters == "katakana") text = JapaneseText.ToKatakana(text);
        if (CharactersFault(step.Characters, text) is { } fault) return ReadWords.Declined(fault);
        return step.Pattern is null || Matches(step.Pattern, text)
            ? ReadWords.Of(text)
            : ReadWords.Declined(step.PatternHint?.Japanese ?? "決まった形で入力してください。");
    }

    /// <summary>Why officers may not use this pattern, in Japanese; null when they may. For publishing.</summary>
    public static string? PatternFault(string pattern)
    {
        if (pattern.Length > LongestPattern) return $"正規表現は{LongestPattern}文字までです（いまは{pattern.Length}文字です）。";
        try
        {
            Compiled(pattern).IsMatch("");
        }
        catch (NotSupportedException)
        {
            return "この正規表現は使えません。先読み・後読み・後方参照・アトミックグループは使わずに書いてください。繰り返しの回数も小さくしてください。";
        }
        catch (ArgumentException broken)
        {
            return $"正規表現の書き方に誤りがあります（{(broken as RegexParseException)?.Offset ?? 0}文字目の付近）。";
        }
        return NestedCounts.IsMatch(pattern) ? "回数を指定した繰り返しを重ねることはできません。例：(a{1,9}){1,9}" : null;
    }

    [GeneratedRegex(@"\}[^(]*\)\{|\}\{", RegexOptions.NonBacktracking)]
    private static partial Regex NestedCounts { get; }

    private static Regex Compiled(string pattern) =>
        new($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, PatternTime);

    private static bool Matches(string pattern, string text)
    {
        try
        {
            return Compiled(pattern).IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            // Linear in the text, so only an overloaded machine comes here; the resident is asked again.
            return false;
        }
    }

    private static ReadWords TooLong(TextStep step) => ReadWords.Declined($"{step.MaxLength}文字までで入力してください。短くして、もう一度お送りください。");

    private static string? CharactersFault(string characters, string text) => characters switch
    {
        "any" => null,
        "katakana" => JapaneseText.IsKatakana(text) ? null : "カタカナで入力してください。例：ミナト",
        "hiragana" => JapaneseText.IsHiragana(text) ? null : "ひらがなで入力してください。例：みなと",
        "ascii" => text.All(c => c is >= ' ' and <= '~' or '\n') ? null : "半角の英数字と記号で入力してください。例：ABC-123",
        "digits" => text.All(char.IsAsciiDigit) ? null : "数字だけで入力してください。例：12345",
        _ => throw new InvalidOperationException($"Unknown character set '{characters}'."),
    };
}
