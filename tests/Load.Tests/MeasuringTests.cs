using OrleansGov.Load.Driving;
using OrleansGov.Load.Measuring;
using OrleansGov.Load.Scripting;

namespace OrleansGov.Load.Tests;

public sealed class MeasuringTests
{
    [Fact]
    public void Percentiles_OfAHundredTimes_AreTheirRanks()
    {
        var times = Percentiles.Of(Enumerable.Range(1, 100).Select(n => (double)n).Reverse());
        Assert.Equal((50, 90, 99, 100, 100), (times.P50, times.P90, times.P99, times.P999, times.Most));
    }

    [Fact]
    public void Percentiles_OfOneTime_AreThatTime() => Assert.Equal(new Percentiles(1, 7, 7, 7, 7, 7), Percentiles.Of([7]));

    [Fact]
    public void Percentiles_OfNothing_AreNothing() => Assert.Equal(0, Percentiles.Of([]).Count);

    [Fact]
    public void Arrivals_Even_ComeAtTheirRate()
    {
        var times = ArrivalTimes.Of(new Arrivals.Open(10, 10, false, TimeSpan.FromSeconds(2)), new Random(1)).ToList();
        Assert.Equal(19, times.Count); // the twentieth would come at the end
        Assert.Equal(100, times[0].TotalMilliseconds, 3);
    }

    [Theory]
    [InlineData(0, 20, 100)]
    [InlineData(20, 0, 100)]
    [InlineData(10, 10, 100)]
    public void Arrivals_ThatRiseOrFall_AreAsManyAsTheMeanRateSays(double from, double to, int expected)
    {
        var times = ArrivalTimes.Of(new Arrivals.Open(from, to, false, TimeSpan.FromSeconds(10)), new Random(1)).ToList();
        Assert.InRange(times.Count, expected - 1, expected);
        Assert.Equal(times.Order(), times);
        var early = times.Count(t => t < TimeSpan.FromSeconds(5));
        Assert.Equal(Math.Sign(from - to), Math.Sign(Math.Abs(early - 50) <= 1 ? 0 : early - 50));
    }

    [Fact]
    public void Arrivals_ByChance_AreTheSameForTheSameSeed()
    {
        var open = new Arrivals.Open(50, 50, true, TimeSpan.FromSeconds(20));
        var times = ArrivalTimes.Of(open, new Random(3)).ToList();
        Assert.Equal(times, ArrivalTimes.Of(open, new Random(3)));
        Assert.InRange(times.Count, 850, 1150);
    }

    [Fact]
    public void Trend_ThroughARisingLine_IsItsSlope()
    {
        var trend = Trend.Through([.. Enumerable.Range(0, 50).Select(x => ((double)x, 100 + 2.0 * x + (x % 2 == 0 ? 1 : -1)))]);
        Assert.Equal(2, trend!.Value.Slope, 1);
    }

    [Fact]
    public void Trend_ThroughOnePoint_IsNone() => Assert.Null(Trend.Through([(1, 1)]));
}
