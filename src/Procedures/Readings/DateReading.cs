using System.Text.RegularExpressions;

namespace OrleansGov.Procedures;

/// <summary>
/// Days as people type or pick them: 2026-12-03, 12/3, 12月3日, 令和8年12月3日, R8.12.3, 明日, 3日後, 来週の月曜, 3日.
/// What has no year means the next such day, today included. Weeks begin on Monday.
/// </summary>
public static partial class DateReading
{
    private const string Weekdays = "日月火水木金土";
    private const string N = "[" + JapaneseNumerals.Characters + "]+";

    private static readonly Dictionary<string, int> Spoken = new()
    {
        ["今日"] = 0, ["きょう"] = 0, ["本日"] = 0, ["明日"] = 1, ["あした"] = 1, ["あす"] = 1, ["明後日"] = 2, ["あさって"] = 2,
        ["明々後日"] = 3, ["明明後日"] = 3, ["しあさって"] = 3, ["昨日"] = -1, ["きのう"] = -1, ["一昨日"] = -2, ["おととい"] = -2,
    };

    // First and last day; 元年 = 1. 昭和 ended and 平成 began on different days, so no day has two names.
    private static readonly (string Name, string Letter, DateOnly First, DateOnly Last)[] Eras =
    [
        ("令和", "r", new(2019, 5, 1), DateOnly.MaxValue),
        ("平成", "h", new(1989, 1, 8), new(2019, 4, 30)),
        ("昭和", "s", new(1926, 12, 25), new(1989, 1, 7)),
        ("大正", "t", new(1912, 7, 30), new(1926, 12, 24)),
        ("明治", "m", new(1873, 1, 1), new(1912, 7, 29)),
    ];

    [GeneratedRegex($"^(?:(?<era>令和|平成|昭和|大正|明治|r|h|s|t|m)(?<eraYear>元|{N})|(?<year>{N}))(?:年|[-/.])(?<month>{N})(?:月|[-/.])(?<day>{N})日?$", RegexOptions.ExplicitCapture)]
    private static partial Regex WithYear { get; }

    [GeneratedRegex($"^(?<month>{N})(?:月|[-/.])(?<day>{N})日?$", RegexOptions.ExplicitCapture)]
    private static partial Regex MonthAndDay { get; }

    [GeneratedRegex("^(?<year>[0-9]{4})?(?<month>[0-9]{2})(?<day>[0-9]{2})$", RegexOptions.ExplicitCapture)]
    private static partial Regex DigitsOnly { get; }

    [GeneratedRegex($"^(?<when>今月|来月|再来月)?の?(?<day>{N})日$", RegexOptions.ExplicitCapture)]
    private static partial Regex DayOfMonth { get; }

    [GeneratedRegex($"^(?<count>{N})(?<unit>日|週間)後$", RegexOptions.ExplicitCapture)]
    private static partial Regex Later { get; }

    [GeneratedRegex("^(?:(?<when>今週|来週|再来週|次|今度)の?(?<weekday>[日月火水木金土])(?:曜日?)?|(?<weekday>[日月火水木金土])曜日?)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Weekday { get; }

    [GeneratedRegex("(?:です|でお願いします|でおねがいします|お願いします|おねがいします|を?希望(?:です|します)?|がいいです|がいい|に|で)?[。.!、]*$")]
    private static partial Regex Politeness { get; }

    [GeneratedRegex("[(](?<weekday>[日月火水木金土])(?:曜日?)?[)]$|(?<=日)(?<weekday>[日月火水木金土])曜日?$", RegexOptions.ExplicitCapture)]
    private static partial Regex WeekdayBehind { get; }

    /// <summary>Reads the whole of <paramref name="words"/>; false for anything else, for a day that does not exist (2月30日, 平成40年) and for a weekday that does not fit its date.</summary>
    /// <param name="today">The town's day.</param>
    public static bool TryRead(string words, DateOnly today, out DateOnly date)
    {
        date = default;
        if (words.Length > 60) return false;
        var plain = Unify(words);
        if (Read(plain, today) is { } whole)
        {
            date = whole;
            return true;
        }
        var behind = WeekdayBehind.Match(plain);
        if (!behind.Success || Read(plain[..behind.Index], today) is not { } day) return false;
        date = day;
        return day.DayOfWeek == (DayOfWeek)Weekdays.IndexOf(behind.Groups["weekday"].Value[0], StringComparison.Ordinal);
    }

    private static string Unify(string words)
    {
        var plain = JapaneseText.Clean(words).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        plain = Politeness.Replace(plain, "", 1);
        return string.Concat(plain.Select((c, i) => JapaneseText.IsDash(c) && i > 0 && char.IsAsciiDigit(plain[i - 1]) ? '-' : c));
    }

    private static DateOnly? Read(string plain, DateOnly today)
    {
        if (Spoken.TryGetValue(plain, out var days)) return Shift(today, days);
        if (WithYear.Match(plain) is { Success: true } full) return FromYear(full);
        if (DigitsOnly.Match(plain) is { Success: true } digits)
            return digits.Groups["year"].Success ? Exact(Number(digits, "year"), Number(digits, "month"), Number(digits, "day")) : NextInYear(Number(digits, "month"), Number(digits, "day"), today);
        if (MonthAndDay.Match(plain) is { Success: true } monthly) return NextInYear(Number(monthly, "month"), Number(monthly, "day"), today);
        if (DayOfMonth.Match(plain) is { Success: true } daily) return InMonth(daily.Groups["when"].Value, Number(daily, "day"), today);
        if (Later.Match(plain) is { Success: true } later) return Number(later, "count") is { } n and <= 10_000 ? Shift(today, later.Groups["unit"].Value == "日" ? n : n * 7) : null;
        if (Weekday.Match(plain) is { Success: true } weekly) return InWeek(weekly.Groups["when"].Value, weekly.Groups["weekday"].Value[0], today);
        return null;
    }

    private static DateOnly? FromYear(Match match)
    {
        var (month, day) = (Number(match, "month"), Number(match, "day"));
        if (!match.Groups["era"].Success) return match.Groups["year"].Length == 4 ? Exact(Number(match, "year"), month, day) : null;
        var name = match.Groups["era"].Value;
        var era = Array.Find(Eras, e => e.Name == name || e.Letter == name);
        var year = match.Groups["eraYear"].Value == "元" ? 1 : Number(match, "eraYear");
        return year is >= 1 and <= 200 && Exact(era.First.Year + year - 1, month, day) is { } date && date >= era.First && date <= era.Last ? date : null;
    }

    private static DateOnly? NextInYear(int? month, int? day, DateOnly today) =>
        // 29 February may be eight years away (around 2100).
        Enumerable.Range(today.Year, 9).Select(year => Exact(year, month, day)).FirstOrDefault(date => date >= today);

    private static DateOnly? InMonth(string when, int? day, DateOnly today)
    {
        var first = new DateOnly(today.Year, today.Month, 1);
        if (when.Length > 0) return InMonthOf(when switch { "今月" => 0, "来月" => 1, _ => 2 });
        return Enumerable.Range(0, 3).Select(InMonthOf).FirstOrDefault(date => date >= today);

        DateOnly? InMonthOf(int ahead) =>
            first.Year == 9999 ? null : first.AddMonths(ahead) is var month ? Exact(month.Year, month.Month, day) : null;
    }

    private static DateOnly? InWeek(string when, char weekday, DateOnly today)
    {
        var index = Weekdays.IndexOf(weekday, StringComparison.Ordinal);
        var ahead = (index - (int)today.DayOfWeek + 7) % 7;
        var monday = -(((int)today.DayOfWeek + 6) % 7);
        var inWeek = monday + (index + 6) % 7;
        return Shift(today, when switch
        {
            "今週" => inWeek,
            "来週" => inWeek + 7,
            "再来週" => inWeek + 14,
            "次" or "今度" when ahead == 0 => 7,
            _ => ahead,
        });
    }

    private static int? Number(Match match, string group) => JapaneseNumerals.TryRead(match.Groups[group].Value, out var n) ? n : null;

    private static DateOnly? Exact(int? year, int? month, int? day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year.Value, month.Value)
            ? new DateOnly(year.Value, month.Value, day.Value)
            : null;

    private static DateOnly? Shift(DateOnly day, int days) =>
        day.DayNumber + days is >= 0 and var number && number <= DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber(number) : null;
}
