namespace OrleansGov.Line.Tests;

public sealed class LineOptionsTests
{
    [Fact]
    public void Check_OfGoodChannels_FindsNothing() => Assert.Empty(LineOptionsValidator.Check(new()
    {
        ApiBaseUrl = new("http://127.0.0.1:5001"),
        Channels = [new() { Name = "mihama", Secret = "s", AccessToken = "t" }, new() { Name = "b-2", Secret = "s", ChannelId = "1" }],
    }));

    [Fact]
    public void Check_OfBadChannels_NamesEachSettingAndShowsNoSecret()
    {
        var faults = LineOptionsValidator.Check(new()
        {
            ApiBaseUrl = new("http://api.line.me"),
            Channels = [new() { Name = "Mihama", Secret = "hidden-secret" }, new() { Name = "a", Secret = "", ChannelId = "1", EventsPerSecond = 0, WebhookRedelivery = "maybe" }, new() { Name = "a", Secret = "s", ChannelId = "1", NextSecret = "" }],
        });
        Assert.Equal(["Line__ApiBaseUrl", "Line__Channels__0__Name", "Line__Channels__0", "Line__Channels__1__Secret", "Line__Channels__1__WebhookRedelivery", "Line__Channels__1__EventsPerSecond", "Line__Channels__2__Name", "Line__Channels__2__NextSecret"], faults.Select(f => f.Split(' ')[0]));
        Assert.DoesNotContain(faults, f => f.Contains("hidden-secret", StringComparison.Ordinal));
    }

    [Fact]
    public void ToString_ShowsNoSecret()
    {
        var channel = new LineChannel { Name = "mihama", Secret = "hidden-1", NextSecret = "hidden-2", AccessToken = "hidden-3", ChannelId = "hidden-4" };
        Assert.DoesNotContain("hidden", channel.ToString(), StringComparison.Ordinal);
    }
}
