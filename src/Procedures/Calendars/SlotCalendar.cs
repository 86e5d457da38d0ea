namespace OrleansGov.Procedures;

/// <summary>The collection calendar of a pack: which days exist in which district, how many bookings each takes, until when.</summary>
/// <param name="Resource">Prefix of slot keys, such as <c>bulky-waste</c>.</param>
/// <param name="CutOffBusinessDays">Business days that must lie between today and the day booked.</param>
/// <param name="HorizonDays">How far ahead days are offered.</param>
/// <param name="Districts">At least one.</param>
/// <param name="ClosedDays">Days without collection (年末年始 …), besides those of <paramref name="ClosedOnHolidays"/>.</param>
public sealed record SlotCalendar(
    string Resource,
    int CutOffBusinessDays,
    int HorizonDays,
    ImmutableList<District> Districts,
    ImmutableHashSet<DateOnly> ClosedDays,
    bool ClosedOnHolidays)
{
    /// <summary>
    /// The collection days of a district that can still be booked today, the earliest first, with the capacity the calendar gives them.
    /// A district the calendar does not know has none.
    /// </summary>
    public ImmutableList<SlotDay> DaysFor(string district, DateOnly today, BusinessDays business)
    {
        if (Districts.Find(d => d.Id == district) is not { } found) return [];
        return [.. Enumerable.Range(0, HorizonDays + 1)
            .Select(today.AddDays)
            .Where(day => IsCollected(found, day) && MayStill(day, CutOffBusinessDays, today, business))
            .Select(day => new SlotDay(day, found.CapacityOn(day)))
            .Where(slot => slot.Capacity > 0)];
    }

    /// <summary>True while something about <paramref name="day"/> may still be decided: up to and including the day that lies so many business days before it.</summary>
    public static bool MayStill(DateOnly day, int cutOffBusinessDays, DateOnly today, BusinessDays business) =>
        today <= business.Subtract(day, cutOffBusinessDays);

    private bool IsCollected(District district, DateOnly day) =>
        district.Weekdays.Contains(day.DayOfWeek)
        && !ClosedDays.Contains(day)
        && !(ClosedOnHolidays && JapaneseHolidays.IsHoliday(day));
}

/// <summary>A collection district.</summary>
/// <param name="Id">Kebab-case.</param>
/// <param name="Name">北部地区.</param>
/// <param name="Weekdays">Days of collection.</param>
/// <param name="Capacity">Bookings a day.</param>
public sealed record District(string Id, Wording Name, ImmutableList<DayOfWeek> Weekdays, int Capacity)
{
    /// <summary>Another capacity on particular days.</summary>
    public ImmutableDictionary<DateOnly, int> Exceptions { get; init; } = ImmutableDictionary<DateOnly, int>.Empty;

    public int CapacityOn(DateOnly date) => Exceptions.TryGetValue(date, out var n) ? n : Capacity;
}
