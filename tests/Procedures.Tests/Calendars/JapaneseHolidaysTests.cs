using System.Globalization;

namespace OrleansGov.Procedures;

public sealed class JapaneseHolidaysTests
{
    // 内閣府「国民の祝日について」, the published lists of these years.
    private static readonly Dictionary<int, string> Published = new()
    {
        [2019] = "1/1 1/14 2/11 3/21 4/29 4/30 5/1 5/2 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/23 10/14 10/22 11/3 11/4 11/23",
        [2020] = "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/23 7/24 8/10 9/21 9/22 11/3 11/23",
        [2021] = "1/1 1/11 2/11 2/23 3/20 4/29 5/3 5/4 5/5 7/22 7/23 8/8 8/9 9/20 9/23 11/3 11/23",
        [2024] = "1/1 1/8 2/11 2/12 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/22 9/23 10/14 11/3 11/4 11/23",
        [2025] = "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/21 8/11 9/15 9/23 10/13 11/3 11/23 11/24",
        [2026] = "1/1 1/12 2/11 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/20 8/11 9/21 9/22 9/23 10/12 11/3 11/23",
        [2027] = "1/1 1/11 2/11 2/23 3/21 3/22 4/29 5/3 5/4 5/5 7/19 8/11 9/20 9/23 10/11 11/3 11/23",
    };

    public static TheoryData<int> Years => [.. Published.Keys];

    [Theory, MemberData(nameof(Years))]
    public void IsHoliday_InAPublishedYear_IsTheCabinetOfficesList(int year)
    {
        var first = new DateOnly(year, 1, 1);
        var computed = Enumerable.Range(0, first.AddYears(1).DayNumber - first.DayNumber).Select(first.AddDays).Where(JapaneseHolidays.IsHoliday);
        Assert.Equal(Published[year], string.Join(' ', computed.Select(day => day.ToString("M/d", CultureInfo.InvariantCulture))));
    }

    [Theory]
    [InlineData(2026, 5, 6, "振替休日")]
    [InlineData(2026, 9, 22, "国民の休日")]
    [InlineData(2015, 9, 22, "国民の休日")]
    [InlineData(2019, 5, 1, "即位の日")]
    [InlineData(2005, 4, 29, "みどりの日")]
    [InlineData(2005, 5, 4, "国民の休日")]
    [InlineData(2018, 12, 24, "振替休日")]
    [InlineData(2026, 11, 24, null)]
    [InlineData(2019, 12, 23, null)]
    public void Name_SaysWhichHoliday(int year, int month, int day, string? expected) => Assert.Equal(expected, JapaneseHolidays.Name(new(year, month, day)));

    [Fact]
    public void IsHoliday_OutsideTheTable_IsFalse() => Assert.False(JapaneseHolidays.IsHoliday(DateOnly.MinValue) || JapaneseHolidays.IsHoliday(DateOnly.MaxValue));
}
