using System.Net;
using System.Text.Json.Nodes;

namespace OrleansGov.LocalLine.Tests.Messaging;

public sealed class TargetTests
{
    [Fact]
    public async Task Push_ToBlockedResident_SucceedsAndNothingArrivesOrCounts()
    {
        await using var town = await Town.Open(change: s => s with { MonthlyLimit = 10 });
        town.Platform.Block(town.Hanako);

        Assert.Equal(HttpStatusCode.OK, (await town.Push(town.Hanako, "お知らせ")).Status);
        Assert.Empty(town.BotTexts());
        Assert.Equal(0, (await town.Get("/v2/bot/message/quota/consumption")).Json.GetProperty("totalUsage").GetInt32());
        Assert.Equal(HttpStatusCode.NotFound, (await town.Get($"/v2/bot/profile/{town.Hanako.Id}")).Status);
    }

    [Fact]
    public async Task Push_ToStranger_FailsToSend()
    {
        await using var town = await Town.Open();
        var answer = await town.Post("/v2/bot/message/push", new JsonObject { ["to"] = "U" + new string('0', 32), ["messages"] = new JsonArray(Town.Text("だれ")) });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("Failed to send messages", answer.Message);
    }

    [Fact]
    public async Task Push_ToNeverFriend_ArrivesForSevenDaysAfterWriting()
    {
        await using var town = await Town.Open();
        var taro = town.Platform.AddResident(town.Channel, "太郎", friend: false);
        await town.Push(taro, "一");
        town.Platform.SendText(taro, "もしもし");
        await town.Push(taro, "二");
        town.Time.Advance(TimeSpan.FromDays(8));
        await town.Push(taro, "三");

        Assert.Equal(["二"], town.BotTexts(taro));
    }

    [Fact]
    public async Task Multicast_WithMalformedId_IsRefusedWhole()
    {
        await using var town = await Town.Open();
        var answer = await town.Post("/v2/bot/message/multicast",
            new JsonObject { ["to"] = new JsonArray(town.Hanako.Id, "C" + new string('0', 32)), ["messages"] = new JsonArray(Town.Text("お知らせ")) });

        Assert.Equal("The property, to[1], in the request body is invalid (line: -, column: -)", answer.Message);
        Assert.Empty(town.BotTexts());
    }

    [Fact]
    public async Task Quota_LastUnitFits_OneMoreIsRefusedWholeAndRepliesGoOn()
    {
        await using var town = await Town.Open(change: s => s with { MonthlyLimit = 2 });
        await using var office = await Office.Open(town.Channel);
        var taro = town.Platform.AddResident(town.Channel, "太郎");
        await town.Push(town.Hanako, "一");
        var both = await town.Post("/v2/bot/message/multicast",
            new JsonObject { ["to"] = new JsonArray(town.Hanako.Id, taro.Id), ["messages"] = new JsonArray(Town.Text("二")) });
        var last = await town.Push(town.Hanako, "三");
        var over = await town.Push(town.Hanako, "四");
        var sent = town.Platform.SendText(town.Hanako, "はい");
        await sent.Settled;

        Assert.Equal((HttpStatusCode.TooManyRequests, "You have reached your monthly limit."), (both.Status, both.Message));
        Assert.Equal(HttpStatusCode.OK, last.Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, over.Status);
        Assert.Equal(HttpStatusCode.OK, (await town.Reply(sent.ReplyToken!, "返事")).Status);
        Assert.Equal(["一", "三", "返事"], town.BotTexts());
    }

    [Fact]
    public async Task Message_BeyondALimit_IsRefusedWithItsProperty()
    {
        await using var town = await Town.Open();
        var answer = await town.Push(town.Hanako, new string('あ', 5001));

        Assert.Equal("The request body has 1 error(s)", answer.Message);
        Assert.Equal("messages[0].text", answer.Json.GetProperty("details")[0].GetProperty("property").GetString());
    }

    [Fact]
    public async Task RateLimit_WhenBucketIsEmpty_RefusesUntilItRefills()
    {
        await using var town = await Town.Open();
        var answers = new List<HttpStatusCode>();
        for (var n = 0; n < 11; n++) answers.Add((await town.Get("/v2/bot/richmenu/list")).Status);
        town.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(HttpStatusCode.TooManyRequests, answers[10]);
        Assert.All(answers[..10], status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(HttpStatusCode.OK, (await town.Get("/v2/bot/richmenu/list")).Status);
    }

    [Fact]
    public async Task QuoteToken_OfAnotherChat_IsRefused()
    {
        await using var town = await Town.Open();
        var taro = town.Platform.AddResident(town.Channel, "太郎");
        var quote = (await town.Push(town.Hanako, "一")).Json.GetProperty("sentMessages")[0].GetProperty("quoteToken").GetString()!;
        Task<Reply> Quoting(string to)
        {
            var text = Town.Text("引用");
            text["quoteToken"] = quote;
            return town.Post("/v2/bot/message/push", new JsonObject { ["to"] = to, ["messages"] = new JsonArray(text) });
        }

        Assert.Equal(HttpStatusCode.OK, (await Quoting(town.Hanako.Id)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Quoting(taro.Id)).Status);
    }
}
