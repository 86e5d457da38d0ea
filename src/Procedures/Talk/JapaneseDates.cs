namespace OrleansGov.Procedures;

/// <summary>Days and money as they are said to residents.</summary>
public static class JapaneseDates
{
    private const string Weekdays = "日月火水木金土";

    /// <summary>12月3日（木）.</summary>
    public static string Day(DateOnly date) => FormattableString.Invariant($"{date.Month}月{date.Day}日（{Weekdays[(int)date.DayOfWeek]}）");

    /// <summary>12月3日（木）, or 2027年1月7日（木） when the year is not that of <paramref name="today"/>.</summary>
    public static string Day(DateOnly date, DateOnly today) =>
        date.Year == today.Year ? Day(date) : FormattableString.Invariant($"{date.Year}年{Day(date)}");

    /// <summary>1,200円.</summary>
    public static string Yen(int amount) => FormattableString.Invariant($"{amount:N0}円");
}
