using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OrleansGov.Records;

namespace OrleansGov.Api.Tests.Broadcasts;

/// <summary>The staff API of broadcasts, with the real rooms behind it; LINE is not there, so nothing leaves.</summary>
public sealed class BroadcastTests : IAsyncLifetime
{
    private const string OtherTownKey = "og_live_other_town";
    private const string Path = "/api/v1/broadcasts";
    private readonly OfficeDoor _office = new();
    private HttpClient _staff = null!;

    public ValueTask InitializeAsync()
    {
        _office.Settings["Api:Keys:3:Name"] = "隣町のキー";
        _office.Settings["Api:Keys:3:Hash"] = OrleansGov.Api.Access.ApiKey.HashOf(OtherTownKey);
        _office.Settings["Api:Keys:3:Scopes"] = "broadcasts:read broadcasts:send";
        _office.Settings["Api:Keys:3:Town"] = "tonari";
        _office.Settings["Broadcast:MostRecipients"] = "2";
        _staff = _office.StaffClient();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _office.DisposeAsync();

    [Fact]
    public async Task Create_MakesADraftThatCanBeFoundAndHasBeenAudited()
    {
        var made = await Create("k1");

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var view = await Body(made);
        Assert.Equal(("draft", "minatodai", "断水のお知らせ", 0), (Text(view, "stage"), Text(view, "channel"), Text(view, "title"), view.GetProperty("audience").GetInt32()));
        Assert.EndsWith("+09:00", Text(view, "createdAt"), StringComparison.Ordinal);
        Assert.Equal(Text(view, "etag"), made.Headers.ETag!.ToString());
        var found = await _staff.GetAsync(made.Headers.Location, OfficeDoor.Cancel);
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
        Assert.Equal(made.Headers.ETag, found.Headers.ETag);
        await using var records = _office.Records.Read();
        Assert.Equal(("broadcast-created", "全体のキー", Text(view, "id")), await records.Audit.Select(a => new ValueTuple<string, string, string>(a.Action, a.Principal, a.Subject)).SingleAsync(OfficeDoor.Cancel));
    }

    [Fact]
    public async Task Create_WithTheSameKeyAgain_GivesTheSameAnswerAndMakesNothing()
    {
        var first = await Create("same");
        var again = await Create("same");

        Assert.Equal((first.StatusCode, first.Headers.Location, first.Headers.ETag), (again.StatusCode, again.Headers.Location, again.Headers.ETag));
        Assert.Equal(await first.Content.ReadAsStringAsync(OfficeDoor.Cancel), await again.Content.ReadAsStringAsync(OfficeDoor.Cancel));
        Assert.NotEqual(first.Headers.Location, (await Create("other")).Headers.Location);
    }

    [Fact]
    public async Task Create_WithAKeyUsedForSomethingElse_IsRefused()
    {
        await Create("k");
        await (await Create("k", text: "ほかの本文")).IsProblem(422, "idempotency/key-reused");
    }

    [Fact]
    public async Task Create_WithoutAKey_IsRefused() => await (await Create(null)).IsProblem(400, "idempotency/key-missing");

    [Theory]
    [InlineData("""{"channel":"minatodai","text":""}""", "request/validation", "/text")]
    [InlineData("""{"channel":"minatodai","text":"  "}""", "request/validation", "/text")]
    [InlineData("""{"channel":"unknown","text":"x"}""", "request/validation", "/channel")]
    [InlineData("""{"channel":"minatodai","text":"x","title":""}""", "request/validation", "/title")]
    [InlineData("""{"channel":"minatodai","text":"x","segment":"all"}""", "request/unknown-property", "/segment")]
    [InlineData("""{"channel":"minatodai"}""", "request/malformed", "")]
    [InlineData("""{"channel":"minatodai","text":1}""", "request/malformed", "/text")]
    public async Task Create_OfSomethingWrong_NamesThePlace(string body, string code, string pointer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", "k");
        var problem = await (await _staff.SendAsync(request, OfficeDoor.Cancel)).IsProblem(400, code);
        Assert.Equal(pointer, problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task Create_OfATextLineWouldNotTake_IsRefused() => await (await Create("k", text: new string('あ', 5001))).IsProblem(400, "request/validation");

    [Fact]
    public async Task Start_WithoutIfMatchOrWithAnOldOne_IsRefusedAndShowsHowItStands()
    {
        var made = await Create("k");
        await (await Wish(made, "start", null, "s1")).IsProblem(428, "precondition/required");
        var stale = await (await Wish(made, "start", "\"9-x\"", "s2")).IsProblem(412, "precondition/stale");
        Assert.Equal("draft", stale.GetProperty("current").GetProperty("stage").GetString());
    }

    [Fact]
    public async Task Start_WithoutAKey_IsRefused()
    {
        var made = await Create("k");
        await (await Wish(made, "start", made.Headers.ETag!.ToString(), null)).IsProblem(400, "idempotency/key-missing");
    }

    [Fact]
    public async Task Start_OfNobody_IsDoneAndCannotBeStartedAgain()
    {
        var made = await Create("k");

        var started = await Wish(made, "start", made.Headers.ETag!.ToString(), "s");

        Assert.Equal(HttpStatusCode.OK, started.StatusCode);
        Assert.Equal(await started.Content.ReadAsStringAsync(OfficeDoor.Cancel), await (await Wish(made, "start", made.Headers.ETag.ToString(), "s")).Content.ReadAsStringAsync(OfficeDoor.Cancel)); // a lost answer
        await (await Wish(made, "start", "*", "another")).IsProblem(409, "broadcast/illegal-transition");
        await using var records = _office.Records.Read();
        Assert.Equal(1, await records.Audit.CountAsync(a => a.Action == "broadcast-started", OfficeDoor.Cancel));
    }

    [Fact]
    public async Task Start_OverTheCap_IsRefused()
    {
        await Follow(3);
        var made = await Create("k");

        await (await Wish(made, "start", made.Headers.ETag!.ToString(), "s")).IsProblem(422, "broadcast/over-cap");

        Assert.Equal("draft", Text(await Body(await _staff.GetAsync(made.Headers.Location, OfficeDoor.Cancel)), "stage"));
    }

    [Fact]
    public async Task Stop_OfADraft_IsRefused()
    {
        var made = await Create("k");
        await (await Wish(made, "stop", made.Headers.ETag!.ToString(), null)).IsProblem(409, "broadcast/illegal-transition");
    }

    [Fact]
    public async Task Audience_CountsWhoCanBeReachedAndSendsNothing()
    {
        await Follow(2);
        var view = await Body(await _staff.GetAsync($"{Path}/audience?channel=minatodai", OfficeDoor.Cancel));
        Assert.Equal((2, 2), (view.GetProperty("recipients").GetInt32(), view.GetProperty("mostRecipients").GetInt32()));
        await (await _staff.GetAsync($"{Path}/audience", OfficeDoor.Cancel)).IsProblem(400, "request/validation");
        await (await _staff.GetAsync($"{Path}/audience?channel=tonari", OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
    }

    [Fact]
    public async Task AnotherTown_SeesNothingOfIt()
    {
        var made = await Create("k");
        var other = _office.StaffClient(OtherTownKey);

        await (await other.GetAsync(made.Headers.Location, OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
        await (await Wish(made, "start", "*", "s", other)).IsProblem(404, "resource/not-found");
        await (await Wish(made, "stop", "*", null, other)).IsProblem(404, "resource/not-found");
        await (await other.GetAsync($"{Path}/audience?channel=minatodai", OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
        await (await Create("k", client: other)).IsProblem(400, "request/validation"); // neither its channel nor its key
        Assert.Empty((await Body(await other.GetAsync(Path, OfficeDoor.Cancel))).GetProperty("items").EnumerateArray());
    }

    [Theory, InlineData("nothing"), InlineData("00000000000000000000000000000000")]
    public async Task Get_OfWhatIsNot_Is404(string id) => await (await _staff.GetAsync($"{Path}/{id}", OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");

    [Fact]
    public async Task WithoutTheScope_NothingIsMade()
    {
        var department = _office.StaffClient(OfficeDoor.DepartmentKey);
        await (await Create("k", client: department)).IsProblem(403, "auth/forbidden");
        await (await department.GetAsync(Path, OfficeDoor.Cancel)).IsProblem(403, "auth/forbidden");
    }

    [Fact]
    public async Task List_PagesFromTheLatest()
    {
        for (var n = 0; n < 3; n++) await Tell($"{n:x32}", n);

        var first = await Body(await _staff.GetAsync($"{Path}?limit=2", OfficeDoor.Cancel));
        var second = await Body(await _staff.GetAsync($"{Path}?limit=2&cursor={Uri.EscapeDataString(Text(first, "nextCursor"))}", OfficeDoor.Cancel));

        Assert.Equal([$"{2:x32}", $"{1:x32}"], first.GetProperty("items").EnumerateArray().Select(i => Text(i, "id")));
        Assert.Equal([$"{0:x32}"], second.GetProperty("items").EnumerateArray().Select(i => Text(i, "id")));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("nextCursor").ValueKind);
        await (await _staff.GetAsync($"{Path}?stage=done&cursor={Uri.EscapeDataString(Text(first, "nextCursor"))}", OfficeDoor.Cancel)).IsProblem(400, "request/validation");
        await (await _staff.GetAsync($"{Path}?stage=nonsense", OfficeDoor.Cancel)).IsProblem(400, "request/validation");
    }

    private Task<HttpResponseMessage> Create(string? key, string text = "明日 9 時から断水します。", HttpClient? client = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = JsonContent.Create(new { channel = OfficeDoor.Channel, title = "断水のお知らせ", text }) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return (client ?? _staff).SendAsync(request, OfficeDoor.Cancel);
    }

    private Task<HttpResponseMessage> Wish(HttpResponseMessage made, string wish, string? ifMatch, string? key, HttpClient? client = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{made.Headers.Location}/{wish}");
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return (client ?? _staff).SendAsync(request, OfficeDoor.Cancel);
    }

    private Task Follow(int many) => _office.Records.AppendAsync([.. Enumerable.Range(1, many).Select(n =>
        new Fact($"r:{OfficeDoor.Channel}/resident{n}", 1, DateTimeOffset.UtcNow, new FactBody.Heard("minatodai", OfficeDoor.Channel, "followed", null, null)))]);

    private Task Tell(string id, int minute) => _office.Records.AppendAsync([new Fact($"b:minatodai/{id}", 1, DateTimeOffset.UnixEpoch,
        new FactBody.BroadcastChanged(id, "minatodai", OfficeDoor.Channel, null, "本文", "全体のキー", DateTimeOffset.UnixEpoch.AddMinutes(minute), "done", 2, 1, 1, 0, 0, 0))]);

    private static async Task<JsonElement> Body(HttpResponseMessage answer) => JsonDocument.Parse(await answer.Content.ReadAsStringAsync(OfficeDoor.Cancel)).RootElement;

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
