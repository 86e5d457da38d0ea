namespace OrleansGov.Procedures;

public sealed class SlotCalendarTests
{
    private static readonly BusinessDays TownHall = new([]);
    private static readonly District North = new("north", "北部地区", [DayOfWeek.Monday, DayOfWeek.Thursday], 20)
    {
        Exceptions = ImmutableDictionary<DateOnly, int>.Empty.Add(new(2026, 12, 7), 5).Add(new(2026, 12, 10), 0),
    };

    private static readonly SlotCalendar Calendar = new("bulky-waste", 3, 30, [North], [new(2026, 12, 14)], ClosedOnHolidays: true);

    [Fact]
    public void DaysFor_ADistrict_AreItsCollectionDaysAfterTheCutOff()
    {
        // A Sunday before a Monday off: Thursday the 26th closed on Friday the 20th.
        var days = Calendar.DaysFor("north", new(2026, 11, 22), TownHall);

        Assert.Equal([new(new(2026, 11, 30), 20), new(new(2026, 12, 3), 20), new(new(2026, 12, 7), 5), new(new(2026, 12, 17), 20), new(new(2026, 12, 21), 20)], days);
    }

    [Fact]
    public void DaysFor_WhenTheCutOffHasPassed_LeavesTheDayOut() =>
        Assert.Equal(new DateOnly(2026, 12, 3), Calendar.DaysFor("north", new(2026, 11, 26), TownHall)[0].Date);

    [Fact]
    public void DaysFor_AnUnknownDistrict_AreNone() => Assert.Empty(Calendar.DaysFor("moon", new(2026, 11, 22), TownHall));

    [Fact]
    public void MayStill_OnTheLastDay_IsTrueAndThenFalse()
    {
        var day = new DateOnly(2026, 12, 3);
        Assert.True(SlotCalendar.MayStill(day, 3, new(2026, 11, 30), TownHall));
        Assert.False(SlotCalendar.MayStill(day, 3, new(2026, 12, 1), TownHall));
    }
}
