using System.Net;

namespace OrleansGov.LocalLine.Tests.Messaging;

public sealed class ReplyTokenTests
{
    [Fact]
    public async Task Reply_WithFreshToken_AppearsOnScreenOnce()
    {
        await using var town = await Town.Open();
        await using var office = await Office.Open(town.Channel);
        var sent = town.Platform.SendText(town.Hanako, "住民票がほしい");
        await sent.Settled;

        var first = await town.Reply(sent.ReplyToken!, "はい");
        var second = await town.Reply(sent.ReplyToken!, "もう一度");

        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Equal(19, first.FirstId.Length);
        Assert.Equal(HttpStatusCode.BadRequest, second.Status);
        Assert.Equal("Invalid reply token", second.Message);
        Assert.Equal(["はい"], town.BotTexts());
        Assert.Contains(town.Platform.Findings, f => f.Code == "reply-token-reused");
    }

    [Theory]
    [InlineData(59, HttpStatusCode.OK)]
    [InlineData(61, HttpStatusCode.BadRequest)]
    public async Task Reply_AfterSeconds_WorksForAMinute(int seconds, HttpStatusCode expected)
    {
        await using var town = await Town.Open();
        await using var office = await Office.Open(town.Channel);
        var sent = town.Platform.SendText(town.Hanako, "はい");
        await sent.Settled;
        town.Time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(expected, (await town.Reply(sent.ReplyToken!, "返事")).Status);
    }

    [Theory]
    [InlineData(19, HttpStatusCode.OK)]
    [InlineData(21, HttpStatusCode.BadRequest)]
    public async Task Reply_ToRedeliveredEvent_WorksUntilTwentyMinutes(int minutes, HttpStatusCode expected)
    {
        await using var town = await Town.Open();
        await using var office = await Office.Open(town.Channel);
        var sent = town.Platform.SendText(town.Hanako, "はい");
        await sent.Settled;
        town.Time.Advance(TimeSpan.FromMinutes(minutes));
        await town.Platform.Redeliver(town.Hanako);

        Assert.Equal(expected, (await town.Reply(sent.ReplyToken!, "返事")).Status);
    }

    [Fact]
    public async Task Reply_TwoAtOnce_OneWins()
    {
        await using var town = await Town.Open();
        await using var office = await Office.Open(town.Channel);
        var sent = town.Platform.SendText(town.Hanako, "はい");
        await sent.Settled;

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => town.Reply(sent.ReplyToken!, $"返事{n}")));

        Assert.Single(replies, r => r.Status == HttpStatusCode.OK);
        Assert.Single(town.BotTexts());
    }

    [Fact]
    public async Task Reply_RefusedForItsMessages_LeavesTokenAlive()
    {
        await using var town = await Town.Open();
        await using var office = await Office.Open(town.Channel);
        var sent = town.Platform.SendText(town.Hanako, "はい");
        await sent.Settled;

        var refused = await town.Post("/v2/bot/message/reply", new System.Text.Json.Nodes.JsonObject { ["replyToken"] = sent.ReplyToken, ["messages"] = new System.Text.Json.Nodes.JsonArray() });

        Assert.Equal("The request body has 1 error(s)", refused.Message);
        Assert.Equal(HttpStatusCode.OK, (await town.Reply(sent.ReplyToken!, "返事")).Status);
    }

    [Fact]
    public async Task Reply_WithRetryKey_IsRefused()
    {
        await using var town = await Town.Open();
        var refused = await town.Post("/v2/bot/message/reply", new System.Text.Json.Nodes.JsonObject(), Guid.NewGuid());
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
    }

    [Fact]
    public async Task Reply_WhenTokenWasOrderedDead_IsRefused()
    {
        await using var town = await Town.Open();
        await using var office = await Office.Open(town.Channel);
        town.Platform.ExpireNextToken(town.Hanako);
        var sent = town.Platform.SendText(town.Hanako, "はい");
        await sent.Settled;

        Assert.Equal("Invalid reply token", (await town.Reply(sent.ReplyToken!, "返事")).Message);
    }
}
