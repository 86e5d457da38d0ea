using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OrleansGov.Procedures;

/// <summary>The named validators of packs: each reads generously what people type and keeps one form.</summary>
public static partial class NamedTextReading
{
    private const int NameLength = 50;
    private const int EmailLength = 254;
    private const int LocalPartLength = 64;

    // Longer words are never a name, a number or an address; nothing below need look at them.
    private const int Longest = 500;

    /// <summary>
    /// Reads <paramref name="words"/> as <paramref name="kind"/>. The value is: a name in NFKC; full-width katakana; a phone number in Japanese
    /// digits, with hyphens where their places are certain; an e-mail address with its domain in lower case; seven digits of a postal code.
    /// </summary>
    public static ReadWords Read(NamedText kind, string words)
    {
        if (words.Length > Longest) return ReadWords.Declined("文字が多すぎるようです。短く入力してください。");
        var clean = Politeness.Replace(JapaneseText.Clean(words), "", 1);
        return kind switch
        {
            NamedText.PersonName => PersonName(clean),
            NamedText.Kana => Kana(clean),
            NamedText.Phone => Phone(clean),
            NamedText.Email => Email(clean),
            NamedText.PostalCode => PostalCode(clean),
            _ => throw new InvalidOperationException($"No reading for the named text '{kind}'."),
        };
    }

    [GeneratedRegex("(?:です|と申します|といいます)[。.!]*$|。+$")]
    private static partial Regex Politeness { get; }

    private static ReadWords PersonName(string clean)
    {
        const string example = "例：港 花子";
        if (clean.Length == 0) return ReadWords.Declined($"お名前を入力してください。{example}");
        if (clean.Any(char.IsDigit)) return ReadWords.Declined($"お名前に数字は使えません。{example}");
        if (clean.Contains("://", StringComparison.Ordinal) || clean.Contains('@') || !clean.EnumerateRunes().All(IsOfAName) || !clean.EnumerateRunes().Any(Rune.IsLetter))
            return ReadWords.Declined($"お名前に使えない文字（記号や絵文字など）が入っています。{example}");
        if (JapaneseText.Graphemes(clean) > NameLength) return ReadWords.Declined($"お名前は{NameLength}文字までで入力してください。{example}");
        return ReadWords.Of(clean);
    }

    private static bool IsOfAName(Rune rune) =>
        Rune.IsLetter(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        || rune.Value is ' ' or '・' or '.' or '\'' or '’' or ',' or '-' or '‐' or '゠' or '=' or '〆' or 0x200C or 0x200D;

    private static ReadWords Kana(string clean)
    {
        const string example = "例：ミナト ハナコ";
        if (clean.Length == 0) return ReadWords.Declined($"フリガナを入力してください。{example}");
        var kana = JapaneseText.ToKatakana(clean);
        // A hyphen behind a kana is a long-vowel mark from another key.
        kana = string.Concat(kana.Select((c, i) => JapaneseText.IsDash(c) && i > 0 && kana[i - 1] != ' ' ? 'ー' : c));
        if (!JapaneseText.IsKatakana(kana)) return ReadWords.Declined($"カタカナかひらがなで入力してください。{example}");
        if (JapaneseText.Graphemes(kana) > NameLength) return ReadWords.Declined($"フリガナは{NameLength}文字までで入力してください。{example}");
        return ReadWords.Of(kana);
    }

    [GeneratedRegex("^(?:tel|電話番号は|電話は|電話番号|電話|携帯)?[: ]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PhonePrefix { get; }

    [GeneratedRegex(@"^\+81-?(?:\(0\))?0?")]
    private static partial Regex CountryCode { get; }

    [GeneratedRegex(@"^0[0-9]{1,4}-[0-9]{1,4}-[0-9]{4}$")]
    private static partial Regex Grouped { get; }

    private static ReadWords Phone(string clean)
    {
        const string example = "例：090-1234-5678";
        var typed = PhonePrefix.Replace(clean, "", 1);
        typed = string.Concat(typed.Where(c => c is not (' ' or '.')).Select(c => JapaneseText.IsDash(c) ? '-' : c));
        typed = CountryCode.Replace(typed, "0", 1).Replace(")-", "-", StringComparison.Ordinal).Replace(')', '-').Replace("-(", "-", StringComparison.Ordinal).Replace('(', '-').Trim('-');
        var digits = typed.Replace("-", "", StringComparison.Ordinal);
        if (digits.Length == 0 || !digits.All(char.IsAsciiDigit)) return ReadWords.Declined($"電話番号を数字で入力してください。{example}");
        if (digits[0] != '0') return ReadWords.Declined($"市外局番から入力してください。{example}");
        return Grouping(digits, typed) is { } number
            ? ReadWords.Of(number)
            : ReadWords.Declined($"電話番号の桁数をもう一度お確かめください（10桁または11桁です）。{example}");
    }

    /// <summary>総務省の電気通信番号計画: 11 digits for mobile (060–090), IP (050) and 0800; 10 digits otherwise.</summary>
    private static string? Grouping(string digits, string typed) => (digits.Length, digits) switch
    {
        (11, ['0', '8', '0', '0', ..]) => $"{digits[..4]}-{digits[4..7]}-{digits[7..]}",
        (11, ['0', '5' or '6' or '7' or '8' or '9', '0', ..]) => $"{digits[..3]}-{digits[3..7]}-{digits[7..]}",
        (10, ['0', '1', '2', '0', ..] or ['0', '5', '7', '0', ..]) => $"{digits[..4]}-{digits[4..7]}-{digits[7..]}",
        (10, ['0', '0', ..] or ['0', _, '0', ..]) => null,
        (10, ['0', '3' or '6', ..]) => $"{digits[..2]}-{digits[2..6]}-{digits[6..]}",
        // How long an area code is cannot be seen from its digits: the resident's own hyphens, or none.
        (10, _) => Grouped.IsMatch(typed) ? typed : digits,
        _ => null,
    };

    // Dots before @ and in a row exist on older Japanese mobile addresses.
    [GeneratedRegex(@"^(?<local>[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+)@(?<domain>(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63})$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex EmailForm { get; }

    private static ReadWords Email(string clean)
    {
        const string example = "例：hanako@example.jp";
        var form = EmailForm.Match(clean);
        if (!form.Success) return ReadWords.Declined($"メールアドレスを半角の英数字で入力してください。{example}");
        var (local, domain) = (form.Groups["local"].Value, form.Groups["domain"].Value);
        if (clean.Length > EmailLength || local.Length > LocalPartLength) return ReadWords.Declined($"メールアドレスが長すぎるようです。もう一度お確かめください。{example}");
        return ReadWords.Of($"{local}@{domain.ToLowerInvariant()}");
    }

    private static ReadWords PostalCode(string clean)
    {
        var digits = string.Concat(clean.Where(c => c is not ('〒' or ' ') && !JapaneseText.IsDash(c)));
        return digits.Length == 7 && digits.All(char.IsAsciiDigit)
            ? ReadWords.Of(digits)
            : ReadWords.Declined("郵便番号は7桁の数字で入力してください。例：123-4567");
    }
}
