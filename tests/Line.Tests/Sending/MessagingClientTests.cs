using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using OrleansGov.Shared;

namespace OrleansGov.Line.Tests.Sending;

public sealed class MessagingClientTests : IAsyncDisposable
{
    const string Hello = """[{"type":"text","text":"粗大ごみ"}]""";
    static readonly Guid Key = Guid.Parse("0b6d4e3f-6a39-4d0c-8a6f-3a0d7b9f2c11");

    readonly ScriptedServer line = new();
    readonly HttpClient http = new(MessagingClient.CreateHandler());
    readonly LineOptions options;
    readonly ChannelTokens tokens;
    readonly MessagingClient client;

    public MessagingClientTests()
    {
        options = new()
        {
            ApiBaseUrl = line.Url,
            ApiDataBaseUrl = line.Url,
            Channels = [new() { Name = "town", Secret = "s", AccessToken = "long-lived" }, new() { Name = "stateless", Secret = "s", ChannelId = "123" }],
        };
        tokens = new(http, options, TimeProvider.System);
        client = new(http, options, tokens, new SendBudget(TimeProvider.System), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        tokens.Dispose();
        http.Dispose();
        await line.DisposeAsync();
    }

    [Fact]
    public async Task Reply_CarriesTokenAndMessagesButNeverARetryKey()
    {
        line.Always(200, """{"sentMessages":[{"id":"461230966842064897","quoteToken":"q"},{"id":461230966842064898}]}""");
        var result = Assert.IsType<SendResult.Accepted>(await client.Reply("town", "token", Hello, Cancel));
        Assert.Equal("req-200", result.RequestId);
        Assert.Equal(["461230966842064897", "461230966842064898"], result.SentMessageIds);
        var request = Assert.Single(line.Requests);
        Assert.Equal(("POST", "/v2/bot/message/reply", "Bearer long-lived", "application/json"), (request.Method, request.Path, request.Headers["Authorization"], request.Headers["Content-Type"]));
        Assert.False(request.Headers.ContainsKey("X-Line-Retry-Key"));
        Assert.Equal("""{"replyToken":"token","messages":[{"type":"text","text":"粗大ごみ"}]}""", request.Text);
    }

    [Fact]
    public async Task Push_AfterA429_LeavesTheWholeBucketAloneAndRepliesGoOn()
    {
        var time = new ManualTime();
        var office = new MessagingClient(http, options, tokens, new SendBudget(time), time);
        line.Always(429, """{"message":"The API rate limit has been exceeded. Try again later."}""");
        Assert.Equal(SendOutcome.RateLimited, (await office.Push("town", "U1", Hello, Key, cancellation: Cancel)).Outcome);
        line.Always(200);
        var neighbour = office.Push("town", "U2", Hello, Guid.NewGuid(), cancellation: Cancel);

        Assert.Equal(SendOutcome.Accepted, (await office.Reply("town", "token", Hello, Cancel)).Outcome);
        Assert.Equal(["/v2/bot/message/push", "/v2/bot/message/reply"], line.Requests.Select(r => r.Path)); // the neighbour's push waits with the first

        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(SendOutcome.Accepted, (await neighbour).Outcome);
    }

    [Fact]
    public async Task Push_WhenTheKeyIsKnown_WasAcceptedEarlier()
    {
        line.Always(409, """{"message":"The retry key is already accepted","sentMessages":[{"id":"1"}]}""", "X-Line-Accepted-Request-Id: first");
        var result = Assert.IsType<SendResult.AcceptedEarlier>(await client.Push("town", "U1", Hello, Key, cancellation: Cancel));
        Assert.Equal(("first", "1"), (result.RequestId, Assert.Single(result.SentMessageIds)));
        Assert.Equal(Key.ToString(), line.Requests.Single().Headers["X-Line-Retry-Key"]);
    }

    [Theory]
    [InlineData(400, "{\"message\":\"Invalid reply token\"}", SendOutcome.InvalidReplyToken)]
    [InlineData(400, "{\"message\":\"Failed to send messages\"}", SendOutcome.FailedToSend)]
    [InlineData(400, "{\"message\":\"The request body has 1 error(s)\"}", SendOutcome.BadRequest)]
    [InlineData(400, "Invalid reply token?", SendOutcome.BadRequest)]
    [InlineData(401, "", SendOutcome.Unauthorized)]
    [InlineData(403, "{}", SendOutcome.Forbidden)]
    [InlineData(404, "{}", SendOutcome.NotFound)]
    [InlineData(409, "{}", SendOutcome.BadRequest)] // a reply has no key to be known by
    [InlineData(413, "", SendOutcome.TooLarge)]
    [InlineData(415, "[]", SendOutcome.UnsupportedMedia)]
    [InlineData(429, "{\"message\":\"You have reached your monthly limit.\"}", SendOutcome.MonthlyLimit)]
    [InlineData(429, "{\"message\":\"The API rate limit has been exceeded. Try again later.\"}", SendOutcome.RateLimited)]
    [InlineData(429, "", SendOutcome.RateLimited)]
    [InlineData(301, "", SendOutcome.Redirect)]
    [InlineData(500, "", SendOutcome.ServerError)]
    [InlineData(503, "<html>", SendOutcome.ServerError)]
    public async Task Reply_WhenRefused_BranchesOnStatusAndThreeTexts(int status, string body, SendOutcome outcome)
    {
        line.Always(status, body, "Location: /elsewhere");
        var result = await client.Reply("town", "token", Hello, Cancel);
        Assert.Equal(outcome, result.Outcome);
        if (result is SendResult.Refused refused) Assert.Equal((status, $"req-{status}", body), (refused.Status, refused.RequestId, refused.Body));
        Assert.Single(line.Requests); // nothing retried, no redirect followed
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{\"sentMessages\":7}")]
    public async Task Push_When2xxIsUnreadable_IsAccepted(string body)
    {
        line.Always(200, body);
        Assert.Empty(Assert.IsType<SendResult.Accepted>(await client.Push("town", "U1", Hello, Key, cancellation: Cancel)).SentMessageIds);
    }

    [Fact]
    public async Task Push_WhenA2xxBreaksOff_IsAccepted()
    {
        line.Answer = _ => Task.FromResult<string?>("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"sentMess");
        Assert.IsType<SendResult.Accepted>(await client.Push("town", "U1", Hello, Key, cancellation: Cancel));
    }

    [Fact]
    public async Task Push_WhenLineHangsUp_IsUnknown()
    {
        line.Answer = _ => Task.FromResult<string?>(null);
        Assert.IsType<SendResult.Unknown>(await client.Push("town", "U1", Hello, Key, cancellation: Cancel));
        Assert.Single(line.Requests);
    }

    [Fact]
    public async Task Push_WhenLineDawdles_IsUnknown()
    {
        options.Timeout = TimeSpan.FromMilliseconds(200);
        var never = new TaskCompletionSource<string?>();
        line.Answer = _ => never.Task;
        Assert.Equal(new SendResult.Unknown("time-out"), await client.Push("town", "U1", Hello, Key, cancellation: Cancel));
        never.SetResult(null);
    }

    [Fact]
    public async Task Push_WhenNobodyListensOrNoTlsOrNoName_IsNotSent()
    {
        var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        foreach (var url in new[] { $"http://127.0.0.1:{port}", $"https://127.0.0.1:{line.Url.Port}", "http://no-such-host.invalid" })
        {
            options.ApiBaseUrl = new(url);
            Assert.IsType<SendResult.NotSent>(await client.Push("town", "U1", Hello, Key, cancellation: Cancel));
        }
        Assert.Empty(line.Requests);
    }

    [Fact]
    public async Task Multicast_SendsToAllWithItsKey()
    {
        line.Always(200);
        Assert.IsType<SendResult.Accepted>(await client.Multicast("town", ["U1", "U2"], Hello, Key, silently: true, cancellation: Cancel));
        Assert.Equal("""{"to":["U1","U2"],"notificationDisabled":true,"messages":[{"type":"text","text":"粗大ごみ"}]}""", line.Requests.Single().Text);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => client.Multicast("town", [.. Enumerable.Repeat("U", 501)], Hello, Key, cancellation: Cancel));
    }

    [Fact]
    public async Task LoadingStart_RoundsToStepsOf5AndForgivesRefusals()
    {
        line.Always(202);
        Assert.True(await client.LoadingStart("town", "U1", 21, Cancel));
        Assert.Equal("""{"chatId":"U1","loadingSeconds":25}""", line.Requests.Single().Text);
        line.Always(400);
        Assert.False(await client.LoadingStart("town", "C1", 21, Cancel));
    }

    [Fact]
    public async Task GetContent_TellsReadyFromNotYetAndGone()
    {
        line.Always(200, "bytes");
        using (var ready = Assert.IsType<LineContent.Ready>(await client.GetContent("town", "6108", Cancel)))
        using (var reader = new StreamReader(ready.Stream, Encoding.UTF8))
            Assert.Equal("bytes", await reader.ReadToEndAsync(Cancel));
        Assert.Equal("/v2/bot/message/6108/content", line.Requests.Single().Path);
        line.Always(202, "");
        Assert.IsType<LineContent.NotYet>(await client.GetContent("town", "6108", Cancel));
        line.Always(410);
        Assert.IsType<LineContent.Gone>(await client.GetContent("town", "6108", Cancel));
        line.Always(500, "oops");
        Assert.Equal((500, "oops", "req-500"), await Assert.ThrowsAsync<LineApiException>(() => client.GetContent("town", "6108", Cancel)) is var e ? (e.Status, e.Body, e.RequestId) : default);
    }

    [Fact]
    public async Task GetProfile_OfABlocker_IsNull()
    {
        line.Always(200, """{"userId":"U1","displayName":"花子","language":"ja"}""");
        Assert.Equal(new LineProfile("U1", "花子", "ja", null, null), await client.GetProfile("town", "U1", Cancel));
        line.Always(404, """{"message":"Not found"}""");
        Assert.Null(await client.GetProfile("town", "U1", Cancel));
    }

    [Fact]
    public async Task RichMenu_IsCreatedPaintedShownListedAndDeleted()
    {
        line.Answer = r => Task.FromResult<string?>(ScriptedServer.Response(200, r.Path.EndsWith("list", StringComparison.Ordinal) ? """{"richmenus":[{"richMenuId":"rm-1","name":"main"}]}""" : """{"richMenuId":"rm-1"}"""));
        var id = await client.CreateRichMenu("town", "{}", Cancel);
        await client.UploadRichMenuImage("town", id, [1, 2, 3], "image/png", Cancel);
        await client.SetDefaultRichMenu("town", id, Cancel);
        await client.LinkRichMenu("town", "U1", id, Cancel);
        await client.UnlinkRichMenu("town", "U1", Cancel);
        Assert.Equal([("rm-1", "main")], await client.ListRichMenus("town", Cancel));
        await client.DeleteRichMenu("town", id, Cancel);
        Assert.Equal(["POST /v2/bot/richmenu", "POST /v2/bot/richmenu/rm-1/content", "POST /v2/bot/user/all/richmenu/rm-1", "POST /v2/bot/user/U1/richmenu/rm-1", "DELETE /v2/bot/user/U1/richmenu", "GET /v2/bot/richmenu/list", "DELETE /v2/bot/richmenu/rm-1"],
            line.Requests.Select(r => $"{r.Method} {r.Path}"));
    }

    [Fact]
    public async Task GetQuota_ReadsPlanAndUse()
    {
        line.Answer = r => Task.FromResult<string?>(ScriptedServer.Response(200, r.Path.EndsWith("quota", StringComparison.Ordinal) ? """{"type":"limited","value":200}""" : """{"totalUsage":200}"""));
        var quota = await client.GetQuota("town", Cancel);
        Assert.Equal((new LineQuota(200, 200), false), (quota, quota.HasRoom));
    }

    [Fact]
    public async Task Push_After401_AsksForANewStatelessToken()
    {
        var issued = 0;
        line.Answer = r => Task.FromResult<string?>(r.Path == "/oauth2/v3/token"
            ? ScriptedServer.Response(200, $$"""{"access_token":"t{{++issued}}","expires_in":900}""")
            : ScriptedServer.Response(r.Headers["Authorization"] == "Bearer t1" ? 401 : 200, "{}"));
        Assert.Equal(SendOutcome.Unauthorized, (await client.Push("stateless", "U1", Hello, Key, cancellation: Cancel)).Outcome);
        Assert.Equal(SendOutcome.Accepted, (await client.Push("stateless", "U1", Hello, Key, cancellation: Cancel)).Outcome);
        Assert.Equal("grant_type=client_credentials&client_id=123&client_secret=s", line.Requests.First().Text);
    }

    [Fact]
    public async Task Push_WithoutAToken_IsNotSentOrUnauthorized()
    {
        line.Always(503, "");
        Assert.Equal(SendOutcome.NotSent, (await client.Push("stateless", "U1", Hello, Key, cancellation: Cancel)).Outcome);
        line.Always(400, """{"error":"invalid_client"}""");
        Assert.Equal(SendOutcome.Unauthorized, (await client.Push("stateless", "U1", Hello, Key, cancellation: Cancel)).Outcome);
        Assert.All(line.Requests, r => Assert.Equal("/oauth2/v3/token", r.Path));
    }

    [Fact]
    public async Task LineApiException_ShowsNoUserId()
    {
        line.Always(500);
        var e = await Assert.ThrowsAsync<LineApiException>(() => client.GetProfile("town", "Ua1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1", Cancel));
        Assert.DoesNotContain("Ua1a1", e.ToString(), StringComparison.Ordinal);
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
