using System.Net;
using System.Text.Json.Nodes;

namespace OrleansGov.LocalLine.Tests.Control;

public sealed class ControlTests
{
    [Fact]
    public async Task Page_AddsAResidentTalksAndSeesTheScreen()
    {
        await using var town = await Town.Open();
        await using var office = await Office.Open(town.Channel);
        var resident = (await town.Post("/_control/residents", new JsonObject { ["name"] = "太郎" })).Json;
        var id = resident.GetProperty("id").GetString()!;
        await office.Next();
        await town.Post($"/_control/residents/{id}/messages", new JsonObject { ["type"] = "text", ["text"] = "こんにちは" });
        var heard = await office.Next();
        await town.Reply(heard.Event.GetProperty("replyToken").GetString()!, "はい");

        var screen = (await town.Get($"/_control/residents/{id}/screen")).Json;
        Assert.Equal(["resident", "bot"], screen.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("from").GetString()));
        Assert.Equal(1, screen.GetProperty("resident").GetProperty("unread").GetInt32());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, screen.GetProperty("quickReply").ValueKind);
        Assert.Equal(2, (await town.Get("/_control/state")).Json.GetProperty("residents").GetArrayLength());
        Assert.NotEmpty((await town.Get($"/_control/journal?resident={id}")).Json.GetProperty("entries").EnumerateArray());
    }

    [Fact]
    public async Task Page_TapsAnActionObject()
    {
        await using var town = await Town.Open();
        await using var office = await Office.Open(town.Channel);
        await town.Post($"/_control/residents/{town.Hanako.Id}/taps", JsonNode.Parse(
            """{"action":{"type":"datetimepicker","label":"日","data":"d=1","mode":"date"},"params":{"date":"2026-05-01"}}"""));

        var postback = (await office.Next()).Event.GetProperty("postback");
        Assert.Equal("2026-05-01", postback.GetProperty("params").GetProperty("date").GetString());
    }

    [Fact]
    public async Task Page_AsksForWhatTheWorldCannotDo_IsToldWhy()
    {
        await using var town = await Town.Open();
        town.Platform.Block(town.Hanako);
        var answer = await town.Post($"/_control/residents/{town.Hanako.Id}/messages", new JsonObject { ["type"] = "text", ["text"] = "聞こえますか" });

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
    }

    [Fact]
    public async Task WaitForBotMessage_EndsWithTheNextWord()
    {
        await using var town = await Town.Open();
        var waiting = town.Platform.WaitForBotMessage(town.Hanako, 0, Town.Cancel);
        Assert.False(waiting.IsCompleted);
        await town.Push(town.Hanako, "お知らせ");

        Assert.Equal("お知らせ", (await waiting).Text);
    }

    [Fact]
    public async Task Server_OnAPublicAddress_Refuses()
    {
        using var platform = new LocalLinePlatform();
        await Assert.ThrowsAsync<ArgumentException>(() => LocalLineServer.StartAsync(platform, address: IPAddress.Any, cancel: Town.Cancel));
    }
}
