using System.Net.Http.Json;
using System.Text.Json;

namespace OrleansGov.Api.Tests.CannedReplies;

/// <summary>定型文 by people: an officer reads them, a lead writes those of the department.</summary>
public sealed class CannedReplyTests : IAsyncLifetime
{
    private const string Path = "/api/v1/canned-replies";
    private readonly OfficeDoor _office = new() { Environment = "Development" };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _office.DisposeAsync();

    [Fact]
    public async Task ALead_WritesAndAnOfficerReads()
    {
        var lead = await _office.SignInAsync("environment-lead");
        var made = await Send(lead, HttpMethod.Post, Path, new { title = "郵送の案内", text = "郵送でもお取りいただけます。", department = "environment" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var reply = await Json(made);
        var at = $"{Path}/{reply.GetProperty("id").GetString()}";

        var officer = await _office.SignInAsync("environment-officer-1");
        Assert.Contains("郵送でも", await (await officer.Get(Path)).Content.ReadAsStringAsync(OfficeDoor.Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await Send(officer, HttpMethod.Delete, at, null, "*")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await (await _office.SignInAsync("general-officer-1")).Get(at)).StatusCode);

        var body = new { title = "郵送", text = "郵送で。", department = "environment" };
        await (await Send(lead, HttpMethod.Put, at, body)).IsProblem(428, "precondition/required");
        var changed = await Send(lead, HttpMethod.Put, at, body, "\"1\"");
        Assert.Equal("\"2\"", changed.Headers.ETag!.ToString());
        var stale = await (await Send(lead, HttpMethod.Put, at, body, "\"1\"")).IsProblem(412, "precondition/stale");
        Assert.Equal("郵送で。", stale.GetProperty("current").GetProperty("text").GetString());
        await (await Send(lead, HttpMethod.Put, at, new { title = "x", text = "x", department = "general" }, "\"2\"")).IsProblem(400, "request/validation");
        Assert.Equal(HttpStatusCode.NoContent, (await Send(lead, HttpMethod.Delete, at, null, "\"2\"")).StatusCode);
    }

    [Fact]
    public async Task Me_SaysWhoAndWhat()
    {
        var me = await Json(await (await _office.SignInAsync("environment-viewer")).Get("/api/v1/me"));
        Assert.Equal(("dev-minatodai-environment-viewer", false), (me.GetProperty("id").GetString(), me.GetProperty("isMachine").GetBoolean()));
        var grant = Assert.Single(me.GetProperty("grants").EnumerateArray());
        Assert.Equal("environment", grant.GetProperty("department").GetString());
        Assert.DoesNotContain("conversation.reply", grant.GetProperty("rights").EnumerateArray().Select(r => r.GetString()));
    }

    [Fact]
    public async Task AnAuditor_ReadsTheLogAndLeavesALineInIt()
    {
        var auditor = await _office.SignInAsync("town-auditor");
        await auditor.Get("/api/v1/audit-events");
        var log = await Json(await auditor.Get("/api/v1/audit-events?kind=read"));
        var line = log.GetProperty("items")[0];
        Assert.Equal(("audit-read", "dev-minatodai-town-auditor"), (line.GetProperty("action").GetString(), line.GetProperty("actor").GetString()));
        Assert.Matches("^[0-9a-f]{64}$", line.GetProperty("hash").GetString()!);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await _office.SignInAsync("environment-lead")).Get("/api/v1/audit-events")).StatusCode);
    }

    private static async Task<HttpResponseMessage> Send(Browser person, HttpMethod method, string path, object? body, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Add("X-CSRF-Token", await person.Token());
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await person.Send(request, follow: false);
    }

    private static async Task<JsonElement> Json(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(OfficeDoor.Cancel);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
