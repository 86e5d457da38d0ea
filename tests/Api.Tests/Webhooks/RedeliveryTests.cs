using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OrleansGov.Api.Webhooks;
using OrleansGov.LocalLine;
using OrleansGov.LocalLine.World;
using OrleansGov.Shared;

namespace OrleansGov.Api.Tests.Webhooks;

/// <summary>What the door refuses is lost unless LINE brings it again: whether it does is said, doubted and proved.</summary>
public sealed class RedeliveryTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly OfficeDoor _office;

    public RedeliveryTests() => _office = new() { WatchClock = _time };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _office.DisposeAsync();

    [Theory]
    [InlineData("unknown", "分かりません")]
    [InlineData("off", "失われます")]
    public async Task Start_WhenRedeliveryIsNotKnownToBeOn_WarnsInTheLogAndInReadiness(string declared, string warning)
    {
        _office.Settings["Line:Channels:0:WebhookRedelivery"] = declared;
        Assert.Contains(warning, await Readiness(), StringComparison.Ordinal);
        Assert.Contains(_office.Log.Lines, l => l.StartsWith("Warning", StringComparison.Ordinal) && l.Contains(warning, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_WhenRedeliveryIsOn_WarnsOfNothing()
    {
        _office.Settings["Line:Channels:0:WebhookRedelivery"] = "on";
        Assert.Null(await Readiness());
    }

    [Fact]
    public async Task Refusal_WithRedeliveryOn_ComesAgainAndProvesIt()
    {
        using var line = Line(redelivery: true, out var hanako);
        _office.Trouble = "disk full";
        var sent = line.SendText(hanako, "粗大ごみ");
        RedeliveryView Known() => _office.Services.GetRequiredService<RedeliveryWatch>().Channels.Single();
        while (Known().Refused == 0) await Task.Yield();
        _office.Trouble = null;

        // an attempt takes real time, and LINE's patience is counted by the clock that is moved here
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (Known().CameAgainAt is null || !sent.Settled.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await beat.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        Assert.True((await sent.Settled).Delivered);
        Assert.Contains(_office.Residents.Values.SelectMany(r => r.Heard), e => e.IsRedelivery);
        _time.Advance(TimeSpan.FromHours(2));
        Assert.Null(await Readiness()); // nobody declared it; it showed itself
    }

    [Fact]
    public async Task Refusal_WithRedeliveryOff_IsNoticedAfterAnHourWhateverWasDeclared()
    {
        _office.Settings["Line:Channels:0:WebhookRedelivery"] = "on";
        using var line = Line(redelivery: false, out var hanako);
        _office.Trouble = "disk full";
        Assert.Equal(503, (await line.SendText(hanako, "粗大ごみ").Settled).Status);
        _office.Trouble = null;
        Assert.Null(await Readiness());

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Contains("再送がオフのようです", await Readiness(), StringComparison.Ordinal);
        await line.SendText(hanako, "もしもし").Settled;
        await line.SendText(hanako, "もしもし").Settled;
        Assert.Single(_office.Log.Lines, l => l.StartsWith("Warning", StringComparison.Ordinal) && l.Contains("再送がオフのようです", StringComparison.Ordinal));
    }

    private LocalLinePlatform Line(bool redelivery, out LocalResident hanako)
    {
        var line = new LocalLinePlatform(new LocalLineOptions { WebhookHandler = _office.Server.CreateHandler() }, _time);
        var channel = line.AddChannel(new ChannelSettings
        {
            Name = OfficeDoor.Channel, ChannelId = "1", Secret = OfficeDoor.Secret, BotUserId = "U8e742f61d673b39c7fff3cecb7536ef0",
            WebhookUrl = new("http://localhost/webhook/" + OfficeDoor.Channel), RedeliveryOn = redelivery,
        });
        hanako = line.AddResident(channel, "花子");
        return line;
    }

    private async Task<string?> Readiness()
    {
        var ready = JsonDocument.Parse(await _office.CreateClient().GetStringAsync("/health/ready", OfficeDoor.Cancel)).RootElement;
        Assert.Equal("ready", ready.GetProperty("status").GetString());
        return ready.GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("name").GetString() == "redelivery").GetProperty("reason").GetString();
    }
}
