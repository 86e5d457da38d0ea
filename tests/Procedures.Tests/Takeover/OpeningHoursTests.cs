namespace OrleansGov.Procedures.Tests.Takeover;

/// <summary>When a desk is open.</summary>
public sealed class OpeningHoursTests
{
    private static readonly OpeningHours Usual = OpeningHours.Default with { ClosedDays = [new DateOnly(2026, 11, 13)] };

    [Theory]
    [InlineData("2026-11-24 08:29:59", false)] // 火
    [InlineData("2026-11-24 08:30:00", true)]
    [InlineData("2026-11-24 17:14:59", true)]
    [InlineData("2026-11-24 17:15:00", false)]
    [InlineData("2026-11-21 10:00:00", false)] // 土
    [InlineData("2026-11-23 10:00:00", false)] // 勤労感謝の日
    [InlineData("2025-05-06 10:00:00", false)] // 振替休日 (みどりの日が日曜)
    [InlineData("2026-12-28 10:00:00", true)]
    [InlineData("2026-12-29 10:00:00", false)]
    [InlineData("2027-01-03 10:00:00", false)]
    [InlineData("2027-01-04 10:00:00", true)]
    [InlineData("2028-02-29 10:00:00", true)] // 閏日, 火
    [InlineData("2026-11-30 17:14:59", true)] // 月末
    [InlineData("2026-11-13 10:00:00", false)] // the town's own closed day
    public void F44_Calendar_HolidaysAndEdges_AreClosed(string at, bool open) => Assert.Equal(open, Usual.IsOpen(At(at)));

    [Theory]
    [InlineData("2026-11-20 17:15:00", "2026-11-24 08:30:00")] // over a weekend and a holiday
    [InlineData("2026-11-30 18:00:00", "2026-12-01 08:30:00")] // over the month's end
    [InlineData("2026-12-28 17:15:00", "2027-01-04 08:30:00")] // over the year's end
    [InlineData("2026-11-24 03:00:00", "2026-11-24 08:30:00")]
    public void NextOpening_IsTheNextOpenDaysMorning(string at, string next) => Assert.Equal(At(next), Usual.NextOpening(At(at)));

    [Fact]
    public void After_CountsOpenTimeOnly()
    {
        Assert.Equal(At("2026-11-24 08:45:00"), Usual.After(At("2026-11-20 17:00:00"), TimeSpan.FromMinutes(30)));
        Assert.Equal(At("2026-11-24 09:00:00"), Usual.After(At("2026-11-21 12:00:00"), TimeSpan.FromMinutes(30)));
        Assert.Equal(At("2026-11-24 10:30:00"), Usual.After(At("2026-11-24 10:00:00"), TimeSpan.FromMinutes(30)));
    }

    [Fact]
    public void Exceptions_WinOverTheWeekAndOverHolidays()
    {
        var hours = Usual with { Exceptions = Usual.Exceptions.Add(new(2026, 11, 22), [new(new(9, 0), new(12, 0))]).Add(new(2026, 11, 24), []) };
        Assert.True(hours.IsOpen(At("2026-11-22 11:59:59"))); // a Sunday on which certificates are given out
        Assert.False(hours.IsOpen(At("2026-11-24 10:00:00")));
        Assert.Equal(At("2026-11-25 08:30:00"), hours.NextOpening(At("2026-11-22 12:00:00")));
        Assert.Equal(new DateOnly(2026, 11, 27), hours.OpenDayAfter(new(2026, 11, 22), 3));
    }

    [Fact]
    public void NextOpening_OfADeskThatNeverOpens_IsNone()
    {
        var never = new OpeningHours(ImmutableDictionary<DayOfWeek, ImmutableList<OpenStretch>>.Empty);
        Assert.Null(never.NextOpening(At("2026-11-24 10:00:00")));
        Assert.Null(never.After(At("2026-11-24 10:00:00"), TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void Words_AreThoseOfASign()
    {
        Assert.Equal("平日 8:30–17:15", Usual.Words);
        var library = new OpeningHours(Usual.Week.Remove(DayOfWeek.Monday).SetItem(DayOfWeek.Saturday, [new(new(9, 0), new(12, 0)), new(new(13, 0), new(17, 0))]));
        Assert.Equal("火水木金曜日 8:30–17:15、土曜日 9:00–12:00・13:00–17:00", library.Words);
    }

    private static DateTimeOffset At(string local) => new(DateTime.ParseExact(local, "yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture), Town.Offset);
}
