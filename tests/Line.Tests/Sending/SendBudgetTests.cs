namespace OrleansGov.Line.Tests.Sending;

public sealed class SendBudgetTests
{
    readonly ManualClock clock = new();

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
}
