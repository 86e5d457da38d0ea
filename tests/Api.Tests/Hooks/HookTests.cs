using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansGov.Api.Access;
using OrleansGov.Gateways;
using OrleansGov.Records;

namespace OrleansGov.Api.Tests.Hooks;

/// <summary>Outgoing webhooks, from the integrator's side: the real rooms behind the doors, a server of the integrator's on this machine.</summary>
public sealed class HookTests : IAsyncLifetime
{
    private const string Path = "/api/v1/webhook-endpoints";
    private const string DepartmentKey = "og_live_hooks_environment";
    private readonly OfficeDoor _office = new() { HooksReachThisMachine = true };
    private readonly Receiver _receiver = new();
    private HttpClient _staff = null!;

    public ValueTask InitializeAsync()
    {
        _office.Settings["Api:Keys:3:Name"] = "環境課の連携";
        _office.Settings["Api:Keys:3:Hash"] = ApiKey.HashOf(DepartmentKey);
        _office.Settings["Api:Keys:3:Scopes"] = "webhooks:manage";
        _office.Settings["Api:Keys:3:Departments"] = "environment";
        _staff = _office.StaffClient();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _receiver.Dispose();
        await _office.DisposeAsync();
    }

    [Fact]
    public async Task AnEvent_ReachesItsEndpointSignedAndThin()
    {
        var made = await Create(["handoff.*"]);
        var secret = Text(made, "secret");
        await _office.Records.AppendAsync([TownFacts.Heard(1, "電話は 090-1234-5678"), TownFacts.Control(2, TownFacts.Resident)]);

        var call = await _receiver.Next();

        Assert.Matches($$$"""^{"type":"handoff.initiated","timestamp":"[-0-9T:.]+\+09:00","data":{"conversationId":"{{{TownFacts.Resident}}}","department":"environment"}}$""", call.Body);
        Assert.Equal(HookSignature.Sign(call.Id, call.Timestamp, Encoding.UTF8.GetBytes(call.Body), secret), call.Signature);
        var delivery = await Delivered(Text(made, "id"), "delivered");
        Assert.Equal((call.Id, 204, 1), (Text(delivery, "messageId"), delivery.GetProperty("status").GetInt32(), delivery.GetProperty("attempts").GetInt32()));
    }

    [Fact]
    public async Task ARotation_SignsWithBothKeysAndShowsTheNewOneOnce()
    {
        var made = await Create(["handoff.*"]);
        var id = Text(made, "id");
        var rotated = await Json(await _staff.PostAsync($"{Path}/{id}/rotations", null, OfficeDoor.Cancel));
        await _staff.PostAsync($"{Path}/{id}/test", null, OfficeDoor.Cancel);

        var call = await _receiver.Next();

        Assert.Equal(HookSignature.Sign(call.Id, call.Timestamp, Encoding.UTF8.GetBytes(call.Body), Text(rotated, "secret"), Text(made, "secret")), call.Signature);
        foreach (var path in (string[])[Path, $"{Path}/{id}"]) Assert.DoesNotContain("whsec_", await _staff.GetStringAsync(path, OfficeDoor.Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain(_office.Log.Lines, l => l.Contains("whsec_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AFailedDelivery_CanBeSentAgainUnderItsOwnId()
    {
        _receiver.Status = 500;
        var id = Text(await Create(["handoff.*"]), "id");
        await _office.Records.AppendAsync([TownFacts.Control(2, TownFacts.Resident)]);
        var first = await _receiver.Next();
        var waiting = await Delivered(id, "waiting", attempts: 1);
        Assert.Equal(500, waiting.GetProperty("status").GetInt32());

        _receiver.Status = 200;
        var again = await Json(await _staff.PostAsync($"{Path}/{id}/deliveries/{Text(waiting, "id")}/redeliveries", null, OfficeDoor.Cancel));

        Assert.Equal("delivered", Text(again, "state"));
        Assert.Equal(first.Id, (await _receiver.Next()).Id);
    }

    [Fact]
    public async Task ARedirect_IsNotFollowedAndNoSuccess()
    {
        _receiver.Status = 302;
        var id = Text(await Create([]), "id");
        var sent = await Json(await _staff.PostAsync($"{Path}/{id}/test", null, OfficeDoor.Cancel));
        Assert.Equal(("waiting", 302), (Text(sent, "state"), sent.GetProperty("status").GetInt32()));
        await _receiver.Next();
        Assert.Empty(_receiver.Calls);
    }

    [Theory]
    [InlineData("http://example.jp/hook")]
    [InlineData("https://10.0.0.1/hook")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://2852039166/")] // 169.254.169.254 as one number
    [InlineData("https://intranet/hook")]
    public async Task Create_ForAnAddressOfOurOwn_IsRefused(string url)
    {
        await (await Post(url, [])).IsProblem(422, "webhook-endpoint/forbidden-address");
        Assert.Equal("[]", (await Json(await _staff.GetAsync(Path, OfficeDoor.Cancel))).GetProperty("items").GetRawText());
    }

    [Fact]
    public async Task AnEndpointOfADepartment_HearsOfNoOtherAndIsNotThereForOthers()
    {
        var department = _office.StaffClient(DepartmentKey);
        var townId = Text(await Create(["handoff.*"]), "id");
        await (await department.GetAsync($"{Path}/{townId}", OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
        using (var removal = new HttpRequestMessage(HttpMethod.Delete, $"{Path}/{townId}"))
        {
            removal.Headers.TryAddWithoutValidation("If-Match", "*");
            await (await department.SendAsync(removal, OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
        }

        var mine = await Json(await department.PostAsJsonAsync(Path, new { url = _receiver.Url, types = new[] { "handoff.*" } }, OfficeDoor.Cancel));
        await _office.Records.AppendAsync([TownFacts.Control(1, "gggg", department: "general"), TownFacts.Control(1, "eeee")]);
        await Delivered(townId, "delivered", count: 2);
        await Delivered(Text(mine, "id"), "delivered", count: 1, by: department);
    }

    [Fact]
    public async Task Change_NeedsTheETagAndStopsWhatWaits()
    {
        var made = await Create(["handoff.*"]);
        var id = Text(made, "id");
        await (await Put(id, null, false)).IsProblem(428, "precondition/required");
        await (await Put(id, "\"7\"", false)).IsProblem(412, "precondition/stale");
        var off = await Json(await Put(id, Text(made, "etag"), false));
        Assert.Equal((false, "asked"), (off.GetProperty("isOn").GetBoolean(), Text(off, "offBecause")));
        await _office.Records.AppendAsync([TownFacts.Control(1, "eeee")]);
        var on = await Json(await Put(id, Text(off, "etag"), true));
        Assert.True(on.GetProperty("isOn").GetBoolean());

        using var removal = new HttpRequestMessage(HttpMethod.Delete, $"{Path}/{id}");
        removal.Headers.TryAddWithoutValidation("If-Match", Text(on, "etag"));
        Assert.Equal(HttpStatusCode.NoContent, (await _staff.SendAsync(removal, OfficeDoor.Cancel)).StatusCode);
        await (await _staff.GetAsync($"{Path}/{id}", OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
        await using var read = _office.Records.Read();
        Assert.Equal(["webhook-endpoint-created", "webhook-endpoint-changed", "webhook-endpoint-changed", "webhook-endpoint-removed"], read.Audit.OrderBy(a => a.Id).Select(a => a.Action).AsEnumerable().Where(a => a.StartsWith("webhook", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task WithoutTheRight_NobodySeesEndpoints() =>
        await (await _office.StaffClient(OfficeDoor.DepartmentKey).GetAsync(Path, OfficeDoor.Cancel)).IsProblem(403, "auth/forbidden");

    private async Task<JsonElement> Create(string[] types)
    {
        var answer = await Post(_receiver.Url, types);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        return await Json(answer);
    }

    private Task<HttpResponseMessage> Post(string url, string[] types) => _staff.PostAsJsonAsync(Path, new { url, types }, OfficeDoor.Cancel);

    private Task<HttpResponseMessage> Put(string id, string? etag, bool isOn)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"{Path}/{id}") { Content = JsonContent.Create(new { url = _receiver.Url, types = new[] { "handoff.*" }, isOn }) };
        if (etag is not null) request.Headers.TryAddWithoutValidation("If-Match", etag);
        return _staff.SendAsync(request, OfficeDoor.Cancel);
    }

    // What was sent is noted a moment after the receiver has it.
    private async Task<JsonElement> Delivered(string id, string state, int count = 1, int attempts = 0, HttpClient? by = null)
    {
        while (true)
        {
            var items = (await Json(await (by ?? _staff).GetAsync($"{Path}/{id}/deliveries", OfficeDoor.Cancel))).GetProperty("items").EnumerateArray().ToList();
            if (items.Count == count && items.TrueForAll(i => Text(i, "state") == state && i.GetProperty("attempts").GetInt32() >= attempts)) return items[0];
            Assert.True(items.Count <= count);
            await Task.Delay(20, OfficeDoor.Cancel);
        }
    }

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;

    private static async Task<JsonElement> Json(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(OfficeDoor.Cancel);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The integrator's server.</summary>
    private sealed class Receiver : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly SemaphoreSlim _arrived = new(0);

        public Receiver()
        {
            for (var port = Random.Shared.Next(20000, 60000); ; port++)
            {
                try
                {
                    _listener.Prefixes.Clear();
                    _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
                    _listener.Start();
                    Url = $"http://127.0.0.1:{port}/hook";
                    break;
                }
                catch (HttpListenerException)
                {
                    // somebody has that one
                }
            }

            _ = Serve();
        }

        public string Url { get; }

        public int Status { get; set; } = 204;

        public ConcurrentQueue<Call> Calls { get; } = new();

        public async Task<Call> Next()
        {
            await _arrived.WaitAsync(OfficeDoor.Cancel);
            Calls.TryDequeue(out var call);
            return call!;
        }

        public void Dispose()
        {
            _listener.Close();
            _arrived.Dispose();
        }

        private async Task Serve()
        {
            try
            {
                while (true)
                {
                    var context = await _listener.GetContextAsync();
                    using var reader = new StreamReader(context.Request.InputStream);
                    var headers = context.Request.Headers;
                    Calls.Enqueue(new(headers["webhook-id"]!, long.Parse(headers["webhook-timestamp"]!, System.Globalization.CultureInfo.InvariantCulture), headers["webhook-signature"]!, await reader.ReadToEndAsync(OfficeDoor.Cancel)));
                    context.Response.StatusCode = Status;
                    if (Status == 302) context.Response.RedirectLocation = Url;
                    context.Response.Close();
                    _arrived.Release();
                }
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // closed
            }
        }
    }

    private sealed record Call(string Id, long Timestamp, string Signature, string Body);
}
