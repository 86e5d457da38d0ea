using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrleansGov.Api.Access;
using OrleansGov.Records;

namespace OrleansGov.Api.Tests.StaffConsole;

/// <summary>The console's pages: who may open which, what they change, and that nothing comes in from elsewhere.</summary>
public sealed partial class ConsoleTests : IAsyncLifetime
{
    private readonly OfficeDoor _office = new() { Environment = "Development", Settings = { ["SignIn:AttemptsPerAddress"] = "1000" } };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _office.DisposeAsync();

    [Fact]
    public async Task EveryPage_OpensToWhoeverHasItsRight_AndToNobodyElse()
    {
        var pages = _office.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null && !e.RoutePattern.RawText!.Contains('{', StringComparison.Ordinal)).ToList();
        Assert.True(pages.Count >= 5);
        var people = DevelopmentOfficer.Of(new Town("minatodai", "みなと台市", "", Phrases.Default) { Departments = [new("environment", "環境課", null)] });
        foreach (var officer in people)
        {
            var browser = new Browser(_office);
            await browser.SignInAsync(officer.Subject);
            foreach (var page in pages)
            {
                var right = page.Metadata.GetMetadata<RightAttribute>()?.Right;
                var answer = await browser.Get("/" + page.RoutePattern.RawText!.TrimStart('/'), follow: false);
                var may = right is null || officer.Role.Rights.Contains(right);
                Assert.True(answer.StatusCode == (may ? HttpStatusCode.OK : HttpStatusCode.Forbidden), $"{officer.Role.Id} {page.RoutePattern.RawText}: {answer.StatusCode}");
                if (!may) Assert.Contains("権限がありません", await answer.Content.ReadAsStringAsync(OfficeDoor.Cancel), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task EveryPage_WithoutAPerson_LeadsToTheSignIn_AndAKeyIsNoPerson()
    {
        foreach (var page in _office.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null))
        {
            var path = "/" + Parameter().Replace(page.RoutePattern.RawText!.TrimStart('/'), "x");
            Assert.Equal("/sign-in", (await new Browser(_office).Get(path, follow: false)).Headers.Location?.ToString().Split('?')[0]);
            Assert.Equal(HttpStatusCode.Unauthorized, (await _office.StaffClient().GetAsync(path, OfficeDoor.Cancel)).StatusCode);
        }
    }

    [Fact]
    public async Task Refusal_LeavesOneRowInTheAuditTrail()
    {
        var viewer = await _office.SignInAsync("environment-viewer");
        await viewer.Get("/console/staff");
        var line = Assert.Single(await Lines(), a => a.Kind == "refusal");
        Assert.Equal(("dev-minatodai-environment-viewer", "GET console/staff", "required: staff.manage"), (line.Actor, line.Subject, line.Detail));
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData(null, null)] // without the page's token
    public async Task Deed_FromElsewhere_ChangesNothing(string? header, string? value)
    {
        var admin = await _office.SignInAsync("town-admin");
        var page = await (await admin.Get("/console/staff/dev-minatodai-environment-viewer")).Content.ReadAsStringAsync(OfficeDoor.Cancel);
        var token = header is null ? "" : Regex.Match(page, "name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"").Groups[1].Value;
        foreach (var (path, body) in new[] { ("/console/staff/dev-minatodai-environment-viewer/disable", ""), ("/sign-out", ""), ("/console/staff/dev-minatodai-environment-viewer?handler=Give", "Role=admin&") })
        {
            var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent($"{body}__RequestVerificationToken={Uri.EscapeDataString(token)}", Encoding.UTF8, "application/x-www-form-urlencoded") };
            if (header is not null) request.Headers.Add(header, value);
            Assert.True((int)(await admin.Send(request)).StatusCode is 400 or 403, path);
        }

        await using var read = _office.Records.Read();
        Assert.Null((await read.FindStaffAsync("minatodai", "dev-minatodai-environment-viewer", OfficeDoor.Cancel))!.DisabledAt);
        Assert.Equal(["viewer"], (await read.RolesAsync("minatodai", "dev-minatodai-environment-viewer", OfficeDoor.Cancel)).Select(r => r.Role));
        Assert.Equal(HttpStatusCode.OK, (await admin.Get("/console", follow: false)).StatusCode);
    }

    [Fact]
    public async Task ApiByCookie_ReadsAsItIs_AndWritesFromOurOwnPagesOnly()
    {
        var lead = await _office.SignInAsync("town-lead");
        Assert.Equal(HttpStatusCode.OK, (await lead.Get("/api/v1/cases")).StatusCode);
        Assert.Equal(403, (int)(await Write(null, "same-origin")).StatusCode);
        Assert.Equal(403, (int)(await Write(await lead.Token(), "cross-site")).StatusCode);
        Assert.Equal(404, (int)(await Write(await lead.Token(), "same-origin")).StatusCode); // let in: there is no such version

        Task<HttpResponseMessage> Write(string? token, string site)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/procedures/x/versions/1/publications");
            request.Headers.Add("Sec-Fetch-Site", site);
            if (token is not null) request.Headers.Add("X-CSRF-Token", token);
            return lead.Send(request);
        }
    }

    [Fact]
    public async Task Page_IsNeverFramedStoredOrScriptedInline()
    {
        var admin = await _office.SignInAsync("town-admin");
        var page = await admin.Get("/console/staff");
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        foreach (var part in (string[])["default-src 'self'", "script-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"]) Assert.Contains(part, policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("DENY", page.Headers.GetValues("X-Frame-Options").Single());
        Assert.True(page.Headers.CacheControl!.NoStore);
        Assert.DoesNotMatch("(?i)<script>|style=\"|onclick|javascript:", await page.Content.ReadAsStringAsync(OfficeDoor.Cancel));
    }

    [Theory]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("\"><svg/onload=alert(1)>")]
    [InlineData("javascript:alert(1)")]
    public async Task Names_AreShownAsTheyAre_AndNeverRun(string name)
    {
        var admin = await _office.SignInAsync("town-admin");
        await admin.Fill("/console/staff/new", ("Name", name), ("subject", "hostile"), ("Role", "auditor"));
        foreach (var path in (string[])["/console/staff", "/console/staff?words=" + Uri.EscapeDataString(name)])
        {
            var page = await (await admin.Get(path)).Content.ReadAsStringAsync(OfficeDoor.Cancel);
            Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<svg/onload", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Administrator_AddsAPersonWhoAsked_AndGivesAndTakesRoles()
    {
        await new Browser(_office).SignInAsync("newcomer");
        var admin = await _office.SignInAsync("town-admin");
        var form = await (await admin.Get("/console/staff/new?subject=newcomer")).Content.ReadAsStringAsync(OfficeDoor.Cancel);
        Assert.Contains("value=\"新人 まなぶ\"", form, StringComparison.Ordinal);

        var wrong = await (await admin.Submit(form, "/console/staff/new", ("Name", ""), ("subject", "newcomer"), ("Role", "officer"))).Content.ReadAsStringAsync(OfficeDoor.Cancel);
        Assert.Contains("エラー：職員を追加", wrong, StringComparison.Ordinal);
        Assert.Contains("href=\"#Name\"", wrong, StringComparison.Ordinal);
        Assert.Contains("担当の部署を選んでください。", wrong, StringComparison.Ordinal);

        var added = await admin.Submit(form, "/console/staff/new", ("Name", "新人 まなぶ"), ("subject", "newcomer"), ("Role", "officer"), ("Department", "environment"));
        var path = added.RequestMessage!.RequestUri!.AbsolutePath;
        Assert.Contains("新人 まなぶ さんを追加しました。", await added.Content.ReadAsStringAsync(OfficeDoor.Cancel), StringComparison.Ordinal);

        var newcomer = new Browser(_office);
        Assert.Contains("環境課", await (await newcomer.SignInAsync("newcomer")).Content.ReadAsStringAsync(OfficeDoor.Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await newcomer.Get("/console/audit")).StatusCode);

        await admin.Submit(await (await admin.Get(path)).Content.ReadAsStringAsync(OfficeDoor.Cancel), path + "?handler=Give", ("Role", "auditor"));
        Assert.Equal(HttpStatusCode.OK, (await newcomer.Get("/console/audit")).StatusCode); // with the next click
        await admin.Submit(await (await admin.Get(path)).Content.ReadAsStringAsync(OfficeDoor.Cancel), path + "?handler=Take", ("department", "*"), ("role", "auditor"));
        Assert.Equal(HttpStatusCode.Forbidden, (await newcomer.Get("/console/audit")).StatusCode);
        Assert.Equal(["role-given", "role-given", "role-taken", "staff-added"], (await Lines()).Select(a => a.Action).Where(a => a.StartsWith("role", StringComparison.Ordinal) || a == "staff-added").Order());
    }

    [Fact]
    public async Task Administrator_OfAnotherTown_SeesNobody()
    {
        await _office.Records.ChangeAsync(new StaffChange.Add(new("elsewhere", "s-else", "https://idp.example", "else", "よその人", null, 0, "test", null, null)));
        var admin = await _office.SignInAsync("town-admin");
        var missing = await (await admin.Get("/console/staff/s-nobody")).Content.ReadAsStringAsync(OfficeDoor.Cancel);
        var foreign = await (await admin.Get("/console/staff/s-else")).Content.ReadAsStringAsync(OfficeDoor.Cancel);
        Assert.Equal(missing, foreign);
        Assert.DoesNotContain("よその人", await (await admin.Get("/console/staff?all=true")).Content.ReadAsStringAsync(OfficeDoor.Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LastAdministrator_CannotShutThemselvesOut()
    {
        var admin = await _office.SignInAsync("town-admin");
        var answer = await admin.Fill("/console/staff/dev-minatodai-town-admin/disable");
        Assert.Contains("最後の管理者は停止できません", await answer.Content.ReadAsStringAsync(OfficeDoor.Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await admin.Get("/console", follow: false)).StatusCode);
    }

    [Fact]
    public async Task Administrator_EndsAnotherPersonsSession()
    {
        var officer = await _office.SignInAsync("environment-officer-1");
        var admin = await _office.SignInAsync("town-admin");
        var path = "/console/staff/dev-minatodai-environment-officer-1";
        var page = await (await admin.Get(path)).Content.ReadAsStringAsync(OfficeDoor.Cancel);
        await admin.Submit(page, path + "?handler=End");
        Assert.Equal(HttpStatusCode.Found, (await officer.Get("/console", follow: false)).StatusCode);
    }

    [Fact]
    public async Task Key_IsShownOnce_WorksWithinItsBounds_IsChangedAndRevoked()
    {
        var admin = await _office.SignInAsync("town-admin");
        var made = await (await admin.Fill("/console/keys/new", ("Client", "図書館システム"), ("Scopes", "cases:read"), ("Places", "environment"), ("Expires", "2099-03-31"))).Content.ReadAsStringAsync(OfficeDoor.Cancel);
        var key = Regex.Match(made, "og_live_[A-Za-z0-9]{43}").Value;
        Assert.DoesNotContain(key, await (await admin.Get("/console/keys")).Content.ReadAsStringAsync(OfficeDoor.Cancel), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await _office.StaffClient(key).GetAsync("/api/v1/cases", OfficeDoor.Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await _office.StaffClient(key).GetAsync("/api/v1/bookings", OfficeDoor.Cancel)).StatusCode);
        await using (var read = _office.Records.Read())
        {
            var row = Assert.Single(await read.ListKeysAsync("minatodai", OfficeDoor.Cancel));
            Assert.NotNull(row.UsedAt);
            Assert.DoesNotContain(key, row.ToString(), StringComparison.Ordinal);
        }

        var (id, _) = await Ids();
        var changed = await (await admin.Submit(await Shown(), "/console/keys?handler=Rotate", ("id", id))).Content.ReadAsStringAsync(OfficeDoor.Cancel);
        var next = Regex.Match(changed, "og_live_[A-Za-z0-9]{43}").Value;
        Assert.NotEqual("", next);
        foreach (var good in (string[])[key, next]) Assert.Equal(HttpStatusCode.OK, (await _office.StaffClient(good).GetAsync("/api/v1/cases", OfficeDoor.Cancel)).StatusCode);
        Assert.Contains("すでに 2 つあります", await (await admin.Submit(await Shown(), "/console/keys?handler=Rotate", ("id", id))).Content.ReadAsStringAsync(OfficeDoor.Cancel), StringComparison.Ordinal);

        await admin.Fill($"/console/keys/{id}/revoke");
        Assert.Equal(HttpStatusCode.Unauthorized, (await _office.StaffClient(key).GetAsync("/api/v1/cases", OfficeDoor.Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _office.StaffClient(next).GetAsync("/api/v1/cases", OfficeDoor.Cancel)).StatusCode);

        async Task<string> Shown() => await (await admin.Get("/console/keys")).Content.ReadAsStringAsync(OfficeDoor.Cancel);

        async Task<(string First, int Count)> Ids()
        {
            await using var read = _office.Records.Read();
            var keys = await read.ListKeysAsync("minatodai", OfficeDoor.Cancel);
            return (keys[^1].Id, keys.Count);
        }
    }

    [Theory]
    [InlineData("203.0.113.9", HttpStatusCode.OK)]
    [InlineData("::ffff:203.0.113.9", HttpStatusCode.OK)]
    [InlineData("203.0.114.9", HttpStatusCode.Unauthorized)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    public async Task Key_WithNetworks_WorksFromThereOnly(string? from, HttpStatusCode status)
    {
        var key = ApiKey.Make();
        await _office.Records.ChangeAsync(new StaffChange.Issue(new("k", ApiKey.HashOf(key), "minatodai", "図書館", key[^4..], "cases:read", null, "203.0.113.0/24 10.0.0.0/8", 0, "test", null, null, null, null)));
        var answer = await _office.Server.SendAsync(http =>
        {
            http.Request.Path = "/api/v1/cases";
            http.Request.Headers.Authorization = $"Bearer {key}";
            http.Connection.RemoteIpAddress = from is null ? null : IPAddress.Parse(from);
        }, OfficeDoor.Cancel);
        Assert.Equal((int)status, answer.Response.StatusCode);
    }

    [Fact]
    public async Task Webhook_IsAddedWithASecretShownOnce_SwitchedOffAndRemoved()
    {
        var admin = await _office.SignInAsync("town-admin");
        foreach (var refused in (string[])["http://koho.example.jp/", "https://10.0.0.1/", "https://169.254.169.254/latest", "koho"])
            Assert.Contains("href=\"#Target\"", await (await admin.Fill("/console/keys/hooks/new", ("Target", refused), ("Types", "handoff.*"))).Content.ReadAsStringAsync(OfficeDoor.Cancel), StringComparison.Ordinal);

        var made = await admin.Fill("/console/keys/hooks/new", ("Target", "https://koho.example.jp/hooks"), ("Types", "handoff.*"), ("Contact", "joho@example.jp"));
        var (path, page) = (made.RequestMessage!.RequestUri!.AbsolutePath, await made.Content.ReadAsStringAsync(OfficeDoor.Cancel));
        Assert.Contains("whsec_", page, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", await (await admin.Get(path)).Content.ReadAsStringAsync(OfficeDoor.Cancel), StringComparison.Ordinal);

        page = await (await admin.Submit(page, path + "?handler=Switch")).Content.ReadAsStringAsync(OfficeDoor.Cancel);
        Assert.Contains("停止中", page, StringComparison.Ordinal);
        var list = await (await admin.Submit(page, path + "?handler=Remove")).Content.ReadAsStringAsync(OfficeDoor.Cancel);
        Assert.Contains("まだ送信先がありません。", list, StringComparison.Ordinal);
        Assert.Equal(["webhook-endpoint-changed", "webhook-endpoint-created", "webhook-endpoint-removed"], (await Lines()).Select(a => a.Action).Where(a => a.StartsWith("webhook", StringComparison.Ordinal)).Order());
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get(path)).StatusCode);
    }

    [Fact]
    public void EverythingThatCanBeChosen_HasWordsForPeople()
    {
        Assert.All(Scopes.All, s => Assert.NotEqual(s, OrleansGov.Api.StaffConsole.KeyWords.Scope(s)));
        Assert.All(OrleansGov.Api.StaffConsole.HookWords.Groups, g => Assert.NotEqual(g.Types, g.Words));
    }

    [Fact]
    public async Task F49_StaffDisabled_WhileOwner_ReleasesAtOnce()
    {
        const string Officer = "dev-minatodai-environment-officer-1";
        await _office.Records.AppendAsync([TownFacts.Control(3, TownFacts.Resident, "Take", "Queued", "Human", owner: Officer)]);
        var talk = _office.Resident(ResidentKey.Join(OfficeDoor.Channel, TownFacts.Resident));
        talk.View = TownFacts.Talk(ControlState.Human, epoch: 3, owner: Officer);
        var admin = await _office.SignInAsync("town-admin");

        await admin.Fill($"/console/staff/{Officer}/disable");

        var command = Assert.IsType<ControlCommand.Release>(Assert.Single(talk.Commands));
        Assert.Equal(("system:account-disabled", 3), (command.By.Id, command.IfEpoch));
    }

    [Fact]
    public async Task Auditor_SearchesVerifiesAndTakesTheLogAway()
    {
        await _office.Records.AuditAsync(new(TownFacts.Noon, "minatodai", "=cmd|' /C calc'!A0", "refused", "-1+2", "一行目\n二行目"));
        await _office.Records.AuditAsync(new(TownFacts.Noon, "elsewhere", "よその人", "signed-in", "x"));
        var auditor = await _office.SignInAsync("town-auditor");
        var page = await (await auditor.Get("/console/audit?from=2026-11-02&to=2026-11-02")).Content.ReadAsStringAsync(OfficeDoor.Cancel);
        Assert.Contains("=cmd|", page, StringComparison.Ordinal);
        Assert.DoesNotContain("よその人", page, StringComparison.Ordinal);
        Assert.Contains("日付を 2026-04-01 の形で", await (await auditor.Get("/console/audit?from=yesterday")).Content.ReadAsStringAsync(OfficeDoor.Cancel), StringComparison.Ordinal);

        var file = await auditor.Get("/console/audit/csv?from=2026-11-02&to=2026-11-02");
        var bytes = await file.Content.ReadAsByteArrayAsync(OfficeDoor.Cancel);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        Assert.StartsWith("番号,日時,種類,", lines[0], StringComparison.Ordinal);
        Assert.Contains("'=cmd|' /C calc'!A0", lines[1], StringComparison.Ordinal);
        Assert.Contains(",'-1+2,", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"一行目\n二行目\"", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("attachment; filename*=UTF-8''%E7%9B%A3", file.Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);

        var verified = await auditor.Submit(await (await auditor.Get("/console/audit")).Content.ReadAsStringAsync(OfficeDoor.Cancel), "/console/audit?handler=Verify");
        Assert.Contains("改ざんも欠落もありません", await verified.Content.ReadAsStringAsync(OfficeDoor.Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_GoesOnPageByPage()
    {
        for (var i = 0; i < 60; i++) await _office.Records.AuditAsync(new(TownFacts.Noon, "minatodai", "だれか", "signed-in", $"subject-{i}"));
        var auditor = await _office.SignInAsync("town-auditor");
        var page = await (await auditor.Get("/console/audit?actor=%E3%81%A0%E3%82%8C%E3%81%8B")).Content.ReadAsStringAsync(OfficeDoor.Cancel);
        var next = WebUtility.HtmlDecode(Regex.Match(page, "href=\"([^\"]*before=[^\"]*)\"").Groups[1].Value);
        var second = await (await auditor.Get(next)).Content.ReadAsStringAsync(OfficeDoor.Cancel);
        Assert.Matches(@"subject-0\b", second);
        Assert.DoesNotMatch(@"subject-59\b", second);
        Assert.Contains("最初へ戻る", second, StringComparison.Ordinal);
    }

    private async Task<List<AuditRow>> Lines()
    {
        await using var read = _office.Records.Read();
        return [.. read.Audit];
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
