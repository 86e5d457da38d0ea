namespace OrleansGov.Procedures;

/// <summary>Whole numbers in digits, 漢数字, or both: 120, 百二十, 一二〇, 1万2千.</summary>
internal static class JapaneseNumerals
{
    /// <summary>Every character a numeral may consist of (text in NFKC), for use in a character class.</summary>
    public const string Characters = "0-9〇零一二三四五六七八九壱弐参十拾百千万";

    private const string Kanji = "〇一二三四五六七八九";

    /// <summary>Reads the whole of <paramref name="numeral"/>. False for nonsense (十百, 二 十千) and for what an int cannot hold.</summary>
    public static bool TryRead(ReadOnlySpan<char> numeral, out int value)
    {
        value = 0;
        long total = 0, section = 0, digits = -1;
        var smallest = 10_000L;
        foreach (var c in numeral)
        {
            if (DigitOf(c) is { } digit)
            {
                digits = (digits < 0 ? 0 : digits) * 10 + digit;
                if (digits > int.MaxValue) return false;
            }
            else if (c == '万')
            {
                if (total > 0) return false;
                section += Math.Max(digits, 0);
                if (section == 0) return false;
                (total, section, digits, smallest) = (section * 10_000, 0, -1, 10_000);
            }
            else if (UnitOf(c) is { } unit && unit < smallest && digits is not 0 and < 10_000)
            {
                section += (digits < 0 ? 1 : digits) * unit;
                (digits, smallest) = (-1, unit);
            }
            else return false;
        }
        if (numeral.IsEmpty || (smallest < 10_000 && digits >= smallest)) return false;
        total += section + Math.Max(digits, 0);
        value = total <= int.MaxValue ? (int)total : 0;
        return total <= int.MaxValue;
    }

    private static int? DigitOf(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        '零' => 0,
        '壱' => 1,
        '弐' => 2,
        '参' => 3,
        _ => Kanji.IndexOf(c, StringComparison.Ordinal) is >= 0 and var digit ? digit : null,
    };

    private static long? UnitOf(char c) => c switch { '十' or '拾' => 10, '百' => 100, '千' => 1000, _ => null };
}
