namespace OrleansGov.Procedures;

/// <summary>
/// The days on which the town hall works: not weekends, 国民の祝日, 12/29–1/3 (地方自治法第4条の2 and the usual 条例), nor the town's own closed days.
/// </summary>
public sealed record BusinessDays(ImmutableHashSet<DateOnly> ClosedDays)
{
    public bool IsOpen(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
        && day is not ({ Month: 12, Day: >= 29 } or { Month: 1, Day: <= 3 })
        && !ClosedDays.Contains(day)
        && !JapaneseHolidays.IsHoliday(day);

    /// <summary>The open day that is <paramref name="days"/> open days after <paramref name="from"/>. 0 = <paramref name="from"/> itself, open or not.</summary>
    public DateOnly Add(DateOnly from, int days) => Walk(from, days, +1);

    /// <summary>The open day that is <paramref name="days"/> open days before <paramref name="day"/>. 0 = <paramref name="day"/> itself, open or not.</summary>
    public DateOnly Subtract(DateOnly day, int days) => Walk(day, days, -1);

    /// <summary>How many open days lie after <paramref name="from"/>, up to and including <paramref name="to"/>; negative when <paramref name="to"/> is earlier.</summary>
    public int Between(DateOnly from, DateOnly to)
    {
        if (to < from) return -Between(to, from);
        var open = 0;
        for (var day = from; day < to;)
        {
            day = day.AddDays(1);
            if (IsOpen(day)) open++;
        }
        return open;
    }

    private DateOnly Walk(DateOnly from, int days, int direction)
    {
        if (days < 0) return Walk(from, -days, -direction);
        var day = from;
        for (var left = days; left > 0;)
        {
            day = day.AddDays(direction);
            if (IsOpen(day)) left--;
        }
        return day;
    }
}
