using FsCheck;
using FsCheck.Fluent;

namespace OrleansGov.Procedures;

public sealed class BusinessDaysTests
{
    private static readonly BusinessDays TownHall = new([new(2026, 12, 25)]);

    [Theory]
    [InlineData(2026, 11, 24, true)]
    [InlineData(2026, 11, 22, false)]
    [InlineData(2026, 11, 23, false)]
    [InlineData(2026, 12, 25, false)]
    [InlineData(2026, 12, 28, true)]
    [InlineData(2026, 12, 29, false)]
    [InlineData(2027, 1, 3, false)]
    [InlineData(2027, 1, 4, true)]
    public void IsOpen_FollowsTheTownHall(int year, int month, int day, bool expected) => Assert.Equal(expected, TownHall.IsOpen(new(year, month, day)));

    [Fact]
    public void Subtract_OverNewYear_SkipsTheHolidays() => Assert.Equal(new DateOnly(2026, 12, 24), TownHall.Subtract(new(2027, 1, 5), 3));

    [Fact]
    public void Between_CountsTheLaterEnd() => Assert.Equal(3, TownHall.Between(new(2026, 12, 24), new(2027, 1, 5)));

    [Fact]
    public void AddAndSubtract_OnOpenDays_AreInverse() => Prop.ForAll(
        Gen.Choose(0, 4000).SelectMany(offset => Gen.Choose(-60, 60).Select(days => (Day: TownHall.Add(new DateOnly(2024, 1, 4).AddDays(offset), 1), Days: days))).ToArbitrary(),
        given => TownHall.Subtract(TownHall.Add(given.Day, given.Days), given.Days) == given.Day
            && TownHall.Between(given.Day, TownHall.Add(given.Day, given.Days)) == given.Days
            && TownHall.IsOpen(TownHall.Add(given.Day, given.Days))).QuickCheckThrowOnFailure();
}
