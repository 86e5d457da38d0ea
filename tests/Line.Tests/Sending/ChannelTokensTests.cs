namespace OrleansGov.Line.Tests.Sending;

public sealed class ChannelTokensTests : IAsyncDisposable
{
    readonly ScriptedServer line = new();
    readonly HttpClient http = new(MessagingClient.CreateHandler());
    readonly ManualClock clock = new();
    readonly ChannelTokens tokens;
    int issued;

    public ChannelTokensTests()
    {
        line.Answer = _ => Task.FromResult<string?>(ScriptedServer.Response(200, $$"""{"access_token":"t{{Interlocked.Increment(ref issued)}}","expires_in":900,"token_type":"Bearer"}"""));
        tokens = new(http, new() { ApiBaseUrl = line.Url, Channels = [new() { Name = "town", Secret = "s", ChannelId = "1" }] }, clock);
    }

    public async ValueTask DisposeAsync()
    {
        tokens.Dispose();
        http.Dispose();
        await line.DisposeAsync();
    }

    [Fact]
    public async Task Get_ByManyAtOnce_AsksLineOnce()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => tokens.GetAsync("town", Cancel).AsTask()));
        Assert.All(all, t => Assert.Equal("t1", t));
        Assert.Equal(1, issued);
    }

    [Fact]
    public async Task Get_RenewsAtTwoThirdsOfTheLife()
    {
        Assert.Equal("t1", await tokens.GetAsync("town", Cancel));
        clock.Advance(TimeSpan.FromSeconds(599));
        Assert.Equal("t1", await tokens.GetAsync("town", Cancel));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("t2", await tokens.GetAsync("town", Cancel));
    }

    [Fact]
    public async Task Get_WhenRenewalFails_GoesOnWithTheOldTokenWhileItLives()
    {
        await tokens.GetAsync("town", Cancel);
        line.Always(500);
        clock.Advance(TimeSpan.FromSeconds(700));
        Assert.Equal("t1", await tokens.GetAsync("town", Cancel));
        clock.Advance(TimeSpan.FromSeconds(200));
        await Assert.ThrowsAsync<LineApiException>(async () => await tokens.GetAsync("town", Cancel));
    }

    [Fact]
    public async Task Invalidate_OfAnOldToken_KeepsTheNewOne()
    {
        await tokens.GetAsync("town", Cancel);
        tokens.Invalidate("town", "t1");
        Assert.Equal("t2", await tokens.GetAsync("town", Cancel));
        tokens.Invalidate("town", "t1");
        Assert.Equal("t2", await tokens.GetAsync("town", Cancel));
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
