using System.Collections.Frozen;

namespace OrleansGov.Procedures;

/// <summary>
/// 国民の祝日 and the 休日 that follow from them, computed from 国民の祝日に関する法律 as it stood in each year 2000–2099
/// (later years: as it stands now). Other years have none.
/// </summary>
public static class JapaneseHolidays
{
    public const int FirstYear = 2000;
    public const int LastYear = 2099;

    private static readonly FrozenDictionary<DateOnly, string> Table =
        Enumerable.Range(FirstYear, LastYear - FirstYear + 1).SelectMany(WithDaysOff).ToFrozenDictionary(day => day.Key, day => day.Value);

    public static bool IsHoliday(DateOnly day) => Table.ContainsKey(day);

    /// <summary>The holiday's name in Japanese, 振替休日 or 国民の休日; null on other days.</summary>
    public static string? Name(DateOnly day) => Table.GetValueOrDefault(day);

    private static Dictionary<DateOnly, string> WithDaysOff(int year)
    {
        var named = Named(year).ToDictionary(day => day.Date, day => day.Name);
        var all = new Dictionary<DateOnly, string>(named);

        // 第3条第2項: a holiday on a Sunday moves its rest to the next day that is none itself (until 2006: simply to Monday).
        foreach (var sunday in named.Keys.Where(day => day.DayOfWeek == DayOfWeek.Sunday))
        {
            var off = sunday.AddDays(1);
            while (year >= 2007 && named.ContainsKey(off)) off = off.AddDays(1);
            all.TryAdd(off, "振替休日");
        }

        // 第3条第3項: a day between two holidays (until 2006: unless it is a Sunday or already a day off).
        foreach (var between in named.Keys.Select(day => day.AddDays(1)).Where(day => !named.ContainsKey(day) && named.ContainsKey(day.AddDays(1))))
        {
            if (year >= 2007 || between.DayOfWeek != DayOfWeek.Sunday) all.TryAdd(between, "国民の休日");
        }
        return all;
    }

    private static IEnumerable<(DateOnly Date, string Name)> Named(int year)
    {
        yield return (On(1, 1), "元日");
        yield return (Monday(1, 2), "成人の日");
        yield return (On(2, 11), "建国記念の日");
        if (year >= 2020) yield return (On(2, 23), "天皇誕生日");
        yield return (On(3, Equinox(20.8431)), "春分の日");
        yield return (On(4, 29), year >= 2007 ? "昭和の日" : "みどりの日");
        yield return (On(5, 3), "憲法記念日");
        if (year >= 2007) yield return (On(5, 4), "みどりの日");
        yield return (On(5, 5), "こどもの日");
        yield return (year switch { 2020 => On(7, 23), 2021 => On(7, 22), >= 2003 => Monday(7, 3), _ => On(7, 20) }, "海の日");
        if (year >= 2016) yield return (year switch { 2020 => On(8, 10), 2021 => On(8, 8), _ => On(8, 11) }, "山の日");
        yield return (year >= 2003 ? Monday(9, 3) : On(9, 15), "敬老の日");
        yield return (On(9, Equinox(23.2488)), "秋分の日");
        yield return (year switch { 2020 => On(7, 24), 2021 => On(7, 23), _ => Monday(10, 2) }, year >= 2020 ? "スポーツの日" : "体育の日");
        yield return (On(11, 3), "文化の日");
        yield return (On(11, 23), "勤労感謝の日");
        if (year <= 2018) yield return (On(12, 23), "天皇誕生日");
        if (year == 2019)
        {
            yield return (On(5, 1), "即位の日");
            yield return (On(10, 22), "即位礼正殿の儀の行われる日");
        }

        DateOnly On(int month, int day) => new(year, month, day);

        DateOnly Monday(int month, int nth)
        {
            var first = On(month, 1);
            return first.AddDays((8 - (int)first.DayOfWeek) % 7 + 7 * (nth - 1));
        }

        // The usual approximation for 1980–2099; the binding day is announced on 1 February of the year before (官報, 暦要項).
        int Equinox(double in1980) => (int)(in1980 + 0.242194 * (year - 1980)) - (year - 1980) / 4;
    }
}
