using OrleansGov.Shared;

namespace OrleansGov.Line.Tests.Sending;

public sealed class SendBudgetTests
{
    readonly ManualClock clock = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Reserve_StaysAt80PercentOfTheLimit()
    {
        var budget = new SendBudget(clock);
        Assert.All(Enumerable.Range(0, 160), _ => Assert.Equal(TimeSpan.Zero, budget.Reserve("town", LineEndpoint.Multicast)));
        Assert.Equal(TimeSpan.FromSeconds(1 / 160d), budget.Reserve("town", LineEndpoint.Multicast));
        Assert.Equal(TimeSpan.FromSeconds(2 / 160d), budget.Reserve("town", LineEndpoint.Multicast));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, budget.Reserve("town", LineEndpoint.Multicast));
    }

    [Fact]
    public void Reserve_CountsEachChannelAndEndpointByItself()
    {
        var budget = new SendBudget(clock);
        for (var i = 0; i < 8; i++) budget.Reserve("town", LineEndpoint.RichMenuList);
        Assert.NotEqual(TimeSpan.Zero, budget.Reserve("town", LineEndpoint.RichMenuList));
        Assert.Equal(TimeSpan.Zero, budget.Reserve("other", LineEndpoint.RichMenuList));
        Assert.Equal(TimeSpan.Zero, budget.Reserve("town", LineEndpoint.Push));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Reserve_OnSeveralNodes_StaysBelowLinesLimitTogether(int nodes)
    {
        var all = Enumerable.Range(0, nodes).Select(_ => new SendBudget(clock, nodes: () => nodes)).ToList();
        foreach (var budget in all) Drain(budget); // the burst of the start is over
        var sent = 0;
        for (var step = 0; step < 1000; step++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(10));
            foreach (var budget in all) sent += Drain(budget);
        }

        Assert.InRange(sent, 10 * 200 * 0.75, 10 * 200 * 0.81);
    }

    [Fact]
    public void Reserve_WhenAnotherNodeJoins_GivesItItsShare()
    {
        var nodes = 1;
        var budget = new SendBudget(clock, nodes: () => nodes);
        Drain(budget);
        nodes = 2;
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(80, Drain(budget));
    }

    [Fact]
    public void Refused_HoldsTheWholeBucketAndLetsNoBurstThroughAfterwards()
    {
        var budget = new SendBudget(clock);
        budget.Refused("town", LineEndpoint.Multicast, clock.GetTimestamp());

        Assert.InRange(budget.Reserve("town", LineEndpoint.Multicast).TotalSeconds, 0.8, 1.21);
        Assert.Equal(TimeSpan.Zero, budget.Reserve("town", LineEndpoint.Push));
        Assert.Equal(TimeSpan.Zero, budget.Reserve("other", LineEndpoint.Multicast));
        clock.Advance(TimeSpan.FromSeconds(1.3));
        Assert.InRange(Drain(budget), 0, 80); // what half a second brings, not a second's burst
    }

    [Fact]
    public void Refused_OfManyOnTheirWayTogether_IsOneIncident()
    {
        var budget = new SendBudget(clock);
        var started = clock.GetTimestamp();
        clock.Advance(TimeSpan.FromMilliseconds(50));
        for (var i = 0; i < 200; i++) budget.Refused("town", LineEndpoint.Multicast, started);
        Assert.InRange(budget.Reserve("town", LineEndpoint.Multicast).TotalSeconds, 0.8, 1.21);
    }

    [Fact]
    public void Refused_AgainAndAgain_WaitsLongerUpToAMinuteAndForgetsWhenLineTakesOne()
    {
        var budget = new SendBudget(clock);
        for (var i = 0; i < 12; i++)
        {
            budget.Refused("town", LineEndpoint.Multicast, clock.GetTimestamp());
            clock.Advance(TimeSpan.FromMinutes(2));
        }

        budget.Refused("town", LineEndpoint.Multicast, clock.GetTimestamp());
        Assert.InRange(budget.Reserve("town", LineEndpoint.Multicast).TotalSeconds, 48, 72.1);
        clock.Advance(TimeSpan.FromMinutes(2));
        budget.Taken("town", LineEndpoint.Multicast, clock.GetTimestamp());
        budget.Refused("town", LineEndpoint.Multicast, clock.GetTimestamp());
        Assert.InRange(budget.Reserve("town", LineEndpoint.Multicast).TotalSeconds, 0.8, 1.21);
    }

    [Fact]
    public async Task TryWait_ForWhatDoesNotFitSoon_TakesNothingAndDoesNotWait()
    {
        var budget = new SendBudget(clock);
        for (var i = 0; i < 160 + 80; i++) budget.Reserve("town", LineEndpoint.Multicast);
        for (var i = 0; i < 10_000; i++) Assert.False(await budget.TryWaitAsync("town", LineEndpoint.Multicast, TimeSpan.FromSeconds(0.4), Cancel));
        clock.Advance(TimeSpan.FromSeconds(0.6));
        Assert.True(await budget.TryWaitAsync("town", LineEndpoint.Multicast, TimeSpan.FromSeconds(0.4), Cancel));
    }

    [Fact]
    public async Task TryWait_WhenLineSays429Meanwhile_WaitsForTheWholeBucket()
    {
        var time = new ManualTime();
        var budget = new SendBudget(time);
        for (var i = 0; i < 160; i++) budget.Reserve("town", LineEndpoint.Multicast);
        var waiting = budget.TryWaitAsync("town", LineEndpoint.Multicast, TimeSpan.FromSeconds(10), Cancel).AsTask();
        budget.Refused("town", LineEndpoint.Multicast, time.GetTimestamp());

        var refused = time.GetUtcNow();
        while (!waiting.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        Assert.True(await waiting);
        Assert.True(time.GetUtcNow() - refused >= TimeSpan.FromSeconds(0.8));
    }

    static int Drain(SendBudget budget)
    {
        var sent = 0;
        while (budget.TryWaitAsync("town", LineEndpoint.Multicast, TimeSpan.Zero, Cancel).AsTask().Result) sent++;
        return sent;
    }
}
