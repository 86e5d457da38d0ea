namespace OrleansGov.Procedures;

/// <summary>
/// When a desk is open: half-open stretches of the town's time (17:14:59 is open, 17:15:00 is closed), by day of the week, without 国民の祝日, 12/29–1/3 and the
/// town's closed days; a table of days holds what is otherwise. Pure.
/// </summary>
/// <param name="Week">Stretches of each weekday, in order; a day without any is closed.</param>
public sealed record OpeningHours(ImmutableDictionary<DayOfWeek, ImmutableList<OpenStretch>> Week)
{
    /// <summary>平日 8:30–17:15.</summary>
    public static readonly OpeningHours Default = Weekdays(new(8, 30), new(17, 15));

    private const int Horizon = 400; // days; a desk that does not open within a year does not open

    /// <summary>Days with hours of their own; none = closed, also on a day that would be open.</summary>
    public ImmutableDictionary<DateOnly, ImmutableList<OpenStretch>> Exceptions { get; init; } = ImmutableDictionary<DateOnly, ImmutableList<OpenStretch>>.Empty;

    /// <summary>Closed days of the municipality besides holidays and 12/29–1/3.</summary>
    public ImmutableHashSet<DateOnly> ClosedDays { get; init; } = [];

    public static OpeningHours Weekdays(TimeOnly from, TimeOnly to) => new(Enumerable.Range(1, 5)
        .ToImmutableDictionary(day => (DayOfWeek)day, _ => ImmutableList.Create(new OpenStretch(from, to))));

    public bool IsOpen(DateTimeOffset at)
    {
        var time = TimeOnly.FromDateTime(at.ToOffset(Town.Offset).DateTime);
        return On(Town.Today(at)).Exists(s => s.From <= time && time < s.To);
    }

    /// <summary>The stretches of a day.</summary>
    public ImmutableList<OpenStretch> On(DateOnly day)
    {
        if (Exceptions.TryGetValue(day, out var own)) return own;
        if (day is { Month: 12, Day: >= 29 } or { Month: 1, Day: <= 3 } || ClosedDays.Contains(day) || JapaneseHolidays.IsHoliday(day)) return [];
        return Week.GetValueOrDefault(day.DayOfWeek, []);
    }

    /// <summary>The next moment after <paramref name="at"/> at which the desk opens; null = none within a year.</summary>
    public DateTimeOffset? NextOpening(DateTimeOffset at) => Edges(at).Select(e => (DateTimeOffset?)e.From).FirstOrDefault(from => from > at);

    /// <summary>The next moment after <paramref name="at"/> at which it closes.</summary>
    public DateTimeOffset? NextClosing(DateTimeOffset at) => Edges(at).Select(e => (DateTimeOffset?)e.To).FirstOrDefault(to => to > at);

    /// <summary>The moment at which so much time has passed while the desk was open; null = it does not open long enough.</summary>
    public DateTimeOffset? After(DateTimeOffset from, TimeSpan open)
    {
        foreach (var (start, end) in Edges(from))
        {
            var begin = start > from ? start : from;
            if (end <= begin) continue;
            if (end - begin >= open) return begin + open;
            open -= end - begin;
        }

        return null;
    }

    /// <summary>The open day that is so many open days after <paramref name="day"/>.</summary>
    public DateOnly OpenDayAfter(DateOnly day, int days)
    {
        for (var walked = 0; days > 0 && walked < Horizon; walked++)
        {
            day = day.AddDays(1);
            if (!On(day).IsEmpty) days--;
        }

        return day;
    }

    /// <summary>As residents read them: 平日 8:30–17:15.</summary>
    public string Words
    {
        get
        {
            var days = Enumerable.Range(1, 7).Select(d => (DayOfWeek)(d % 7)).Where(d => !Week.GetValueOrDefault(d, []).IsEmpty).ToList();
            return string.Join("、", days.GroupBy(d => string.Join("・", Week[d])).Select(same => $"{Named([.. same])} {same.Key}"));
        }
    }

    private static string Named(List<DayOfWeek> days) =>
        days.SequenceEqual([DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday]) ? "平日"
        : string.Concat(days.Select(d => "日月火水木金土"[(int)d])) + "曜日";

    // stretches that touch (…–12:00, 12:00–…) are one: the desk does not close in between
    private IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Edges(DateTimeOffset at)
    {
        var first = Town.Today(at);
        (DateTimeOffset From, DateTimeOffset To)? open = null;
        for (var ahead = 0; ahead <= Horizon; ahead++)
        {
            var day = first.AddDays(ahead);
            foreach (var stretch in On(day))
            {
                var (from, to) = (Town.At(day, stretch.From), stretch.To == TimeOnly.MinValue ? Town.At(day.AddDays(1), stretch.To) : Town.At(day, stretch.To));
                if (open is { } touching && touching.To == from) open = (touching.From, to);
                else
                {
                    if (open is { } whole) yield return whole;
                    open = (from, to);
                }
            }
        }

        if (open is { } last) yield return last;
    }
}

/// <summary>A stretch of a day: from, included, to, excluded.</summary>
public sealed record OpenStretch(TimeOnly From, TimeOnly To)
{
    public override string ToString() => FormattableString.Invariant($"{From.Hour}:{From.Minute:00}–{To.Hour}:{To.Minute:00}");
}
