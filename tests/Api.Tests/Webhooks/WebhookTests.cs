using System.Text.Json;
using OrleansGov.Api.Webhooks;

namespace OrleansGov.Api.Tests.Webhooks;

public sealed class WebhookTests : IAsyncLifetime
{
    private const string Sato = "Uaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string Suzuki = "Ubbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    private OfficeDoor _office = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _office.DisposeAsync();

    [Fact]
    public async Task Receive_WhenSigned_ReachesTheResidentAndAnswers200()
    {
        Assert.Equal(HttpStatusCode.OK, (await _office.Post(Body(Text(Sato, "粗大ごみ", "01A", 1000)))).StatusCode);

        var heard = Assert.Single(ResidentOf(Sato).Heard);
        Assert.Equal(("粗大ごみ", "01A", OfficeDoor.Channel, Sato), (((InboundMessage.Text)heard.Message).Body, heard.EventId, heard.Channel, heard.LineUserId));
    }

    [Fact]
    public async Task Receive_SignedWithTheNextSecret_IsAcceptedToo() =>
        Assert.Equal(HttpStatusCode.OK, (await _office.Post(Body(), secret: OfficeDoor.NextSecret)).StatusCode);

    [Fact]
    public async Task F35_Webhook_WithEmptyEvents_Is200() => Assert.Equal(HttpStatusCode.OK, (await _office.Post(Body())).StatusCode);

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("あいうえおあいうえおあいうえおあいうえおあいうえおあいうえおあいうえおあいうえおあいうえ")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!=")]
    public async Task Receive_WithAWrongSignature_Is401(string signature)
    {
        await (await _office.Post(Body(Text(Sato, "秘密", "01A", 1)), signature)).IsProblem(401, "webhook/invalid-signature");
        Assert.Empty(_office.Residents);
    }

    [Fact]
    public async Task Receive_SignedByAnotherChannel_Is401() =>
        await (await _office.Post(Body(), secret: "another-channels-secret")).IsProblem(401, "webhook/invalid-signature");

    [Fact]
    public async Task Receive_ForAnUnknownChannel_Is404() => await (await _office.Post(Body(), channel: "elsewhere")).IsProblem(404, "resource/not-found");

    [Theory]
    [InlineData("bodybodybodybody")]
    [InlineData("[]")]
    [InlineData("{\"events\":{}}")]
    [InlineData("")]
    public async Task Receive_WhenSignedButNoWebhook_Is400(string body) => await (await _office.Post(body)).IsProblem(400, "request/malformed");

    [Fact]
    public async Task Receive_OverOneMebibyte_Is413()
    {
        var problem = await (await _office.Post(new string(' ', (1 << 20) + 1))).IsProblem(413, "payload/too-large");
        Assert.Equal(1 << 20, problem.GetProperty("limit").GetInt32());
    }

    [Fact]
    public async Task Receive_ForAnotherBot_Is401()
    {
        await _office.DisposeAsync();
        _office = new() { BotUserId = "U00000000000000000000000000000000" };
        await (await _office.Post(Body(Text(Sato, "粗大ごみ", "01A", 1)))).IsProblem(401, "webhook/invalid-signature");
        Assert.Empty(_office.Residents);
    }

    [Fact]
    public async Task Receive_FromAGroupOrOfAnUnknownType_IsDoneWithoutATurn()
    {
        var group = """{"type":"message","webhookEventId":"01G","timestamp":1,"mode":"active","source":{"type":"group","groupId":"C1","userId":"U1"},"message":{"type":"text","id":"1","text":"やあ"}}""";
        var future = """{"type":"telepathy","webhookEventId":"01T","timestamp":1,"mode":"active","source":{"type":"user","userId":"U1"}}""";
        Assert.Equal(HttpStatusCode.OK, (await _office.Post(Body(group, future))).StatusCode);
        Assert.DoesNotContain(_office.Residents.Values, r => r.Heard.Any(e => e.Message is not InboundMessage.Unknown));
    }

    [Fact]
    public async Task F32_Webhook_WithTwoUsers_IsSplit()
    {
        var suzukiMayGoOn = new TaskCompletionSource();
        ResidentOf(Suzuki).Turn = _ => suzukiMayGoOn.Task;
        ResidentOf(Sato).Turn = e =>
        {
            if (e.EventId == "01C") suzukiMayGoOn.SetResult(); // would never happen if Sato waited for Suzuki
            return Task.CompletedTask;
        };

        var answer = await _office.Post(Body(Text(Suzuki, "先", "01Z", 1), Text(Sato, "三", "01C", 30), Text(Sato, "一", "01B", 10), Text(Sato, "二", "01A", 20)));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["01B", "01A", "01C"], ResidentOf(Sato).Heard.Select(e => e.EventId));
    }

    [Fact]
    public async Task Receive_Answers200OnlyWhenTheTurnIsDurable()
    {
        var disk = new TaskCompletionSource();
        ResidentOf(Sato).Turn = _ => disk.Task;
        var answer = _office.Post(Body(Text(Sato, "粗大ごみ", "01A", 1)));

        await Task.WhenAny(answer, Task.Delay(100, OfficeDoor.Cancel));
        Assert.False(answer.IsCompleted);
        disk.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await answer).StatusCode);
    }

    [Fact]
    public async Task Receive_WhenATurnIsNotDurable_Is500AndNothingOvertakesIt()
    {
        ResidentOf(Sato).Turn = e => e.EventId == "01B" ? throw new IOException("disk") : Task.CompletedTask;

        await (await _office.Post(Body(Text(Sato, "一", "01A", 1), Text(Sato, "二", "01B", 2), Text(Sato, "三", "01C", 3), Text(Suzuki, "別", "01D", 4)))).IsProblem(500, "server/failed");

        Assert.Equal(["01A"], ResidentOf(Sato).Heard.Select(e => e.EventId));
        Assert.Equal(["01D"], ResidentOf(Suzuki).Heard.Select(e => e.EventId));
    }

    [Fact]
    public async Task Receive_WhileNothingCanBeStored_Is503BeforeAnyWork()
    {
        _office.Trouble = "disk full";
        await (await _office.Post(Body(Text(Sato, "粗大ごみ", "01A", 1)))).IsProblem(503, "service/unavailable");
        Assert.Empty(_office.Residents);
    }

    [Fact]
    public async Task Receive_OfMoreThanTheChannelMayBring_Is429AndTouchesNobody()
    {
        _office.Settings["Line:Channels:0:EventsPerSecond"] = "1";
        var many = Body([.. Enumerable.Range(0, 50).Select(i => Text(Sato, "粗大ごみ", $"01A{i:00}", i))]);
        Assert.Equal(HttpStatusCode.OK, (await _office.Post(many)).StatusCode); // how much one body holds is LINE's choice

        await (await _office.Post(Body(Text(Suzuki, "粗大ごみ", "01B", 1)))).IsProblem(429, "rate/limited");

        Assert.Empty(ResidentOf(Suzuki).Heard);
        Assert.Equal(HttpStatusCode.OK, (await _office.Post(Body())).StatusCode); // the Verify button brings nothing
    }

    [Fact]
    public async Task Receive_DuringOneResidentsFlood_RefusesTheFloodWholeAndHearsTheOthers()
    {
        var disk = new TaskCompletionSource();
        ResidentOf(Sato).Turn = _ => disk.Task;
        var flood = Enumerable.Range(0, 60).Select(i => _office.Post(Body(Text(Sato, "ねえ", $"01A{i:00}", i), Text(Suzuki, "粗大ごみ", $"01B{i:00}", i)))).ToList();
        while (flood.Count > DoorGuard.PerResident)
        {
            var refused = await Task.WhenAny(flood);
            flood.Remove(refused);
            await (await refused).IsProblem(503, "service/unavailable");
        }

        Assert.Equal(HttpStatusCode.OK, (await _office.Post(Body(Text("Ucccccccccccccccccccccccccccccccc", "粗大ごみ", "01C", 1)))).StatusCode);
        disk.SetResult();
        Assert.All(await Task.WhenAll(flood), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(DoorGuard.PerResident, ResidentOf(Sato).Heard.Count);
        Assert.Equal(DoorGuard.PerResident, ResidentOf(Suzuki).Heard.Count); // a refused body has no effect on anybody
    }

    [Fact]
    public async Task Receive_OfABigSignedBody_IsRead()
    {
        var big = Body([.. Enumerable.Range(0, 300).Select(i => Text(Sato, new string('あ', 300), $"01A{i:000}", i))]);
        Assert.True(Encoding.UTF8.GetByteCount(big) > 256 * 1024);
        Assert.Equal(HttpStatusCode.OK, (await _office.Post(big)).StatusCode);
        Assert.Equal(300, ResidentOf(Sato).Heard.Count);
    }

    [Fact]
    public async Task Receive_NeverLogsAPersonOrAWord()
    {
        ResidentOf(Suzuki).Turn = _ => throw new IOException($"could not store 鈴木の電話 {Suzuki}");
        await _office.Post(Body(Text(Sato, "佐藤の電話は090", "01A", 1), Text(Suzuki, "鈴木の電話", "01B", 2), """{"type":"telepathy","source":{"type":"user","userId":"Ucccc"}}"""));
        await _office.Post(Body(Text(Sato, "佐藤の電話は090", "01A", 1)), signature: "wrong");

        Assert.Contains(_office.Log.Lines, l => l.Contains("01B", StringComparison.Ordinal));
        Assert.DoesNotContain(_office.Log.Lines, l => l.Contains("電話", StringComparison.Ordinal) || l.Contains(Sato, StringComparison.Ordinal) || l.Contains(Suzuki, StringComparison.Ordinal) || l.Contains("Ucccc", StringComparison.Ordinal));
    }

    private ResidentStub ResidentOf(string userId) => _office.Resident(ResidentKey.For(OfficeDoor.Channel, userId, new byte[32]));

    private static string Body(params string[] events) => $$"""{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[{{string.Join(',', events)}}]}""";

    private static string Text(string user, string text, string id, long at) => JsonSerializer.Serialize(new
    {
        type = "message", webhookEventId = id, timestamp = at, mode = "active", replyToken = "token", deliveryContext = new { isRedelivery = false },
        source = new { type = "user", userId = user }, message = new { type = "text", id = "5", text },
    });
}
