using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using OrleansGov.Api.Access;
using OrleansGov.Records;

namespace OrleansGov.Api.Tests.Access;

/// <summary>People sign in at a provider and come in by what stands in our Records.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private readonly OfficeDoor _office = new() { Environment = "Development", Settings = { ["SignIn:AttemptsPerAddress"] = "1000" } };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _office.DisposeAsync();

    [Fact]
    public async Task Person_SignsInAndComesBackToThePage()
    {
        var browser = new Browser(_office);
        var asked = await browser.Get("/console?a=1", follow: false);
        Assert.Equal("/sign-in?back=%2Fconsole%3Fa%3D1", asked.Headers.Location!.ToString());

        var page = await browser.SignInAsync("minatodai-environment-lead", "/console?a=1");
        Assert.Equal("/console?a=1", page.RequestMessage!.RequestUri!.PathAndQuery);
        Assert.Contains("環境課", await page.Content.ReadAsStringAsync(OfficeDoor.Cancel), StringComparison.Ordinal);

        var cookie = browser.Cookies.GetAllCookies().Single(c => c.Name == "__Host-og-session");
        Assert.True(cookie is { Secure: true, HttpOnly: true, Path: "/" });
        Assert.DoesNotContain(await Sessions(), s => s.Id == cookie.Value); // who reads the table cannot take a session over
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/sign-in/start")]
    public async Task Back_LeadsToOurOwnPagesOnly(string back) =>
        Assert.Equal("/console", (await new Browser(_office).SignInAsync("minatodai-environment-lead", back)).RequestMessage!.RequestUri!.PathAndQuery);

    [Fact]
    public async Task UnknownPerson_StaysOutside_AndIsOnTheAdministratorsList()
    {
        var page = await new Browser(_office).SignInAsync("newcomer");
        Assert.Contains("登録されていません", await page.Content.ReadAsStringAsync(OfficeDoor.Cancel), StringComparison.Ordinal);
        Assert.Empty(await Sessions());
        await using var read = _office.Records.Read();
        Assert.Equal("newcomer", Assert.Single(await read.ListRequestsAsync(OfficeDoor.Cancel)).Subject);
    }

    [Fact]
    public async Task DisabledPerson_IsRefused_AndLosesEverySessionAtOnce()
    {
        var browser = await _office.SignInAsync("environment-officer-1");
        await _office.Records.ChangeAsync(new StaffChange.Disable("minatodai", "dev-minatodai-environment-officer-1", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));

        Assert.Equal("/sign-in", (await browser.Get("/console", follow: false)).Headers.Location!.ToString().Split('?')[0]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Get("/api/v1/cases")).StatusCode);
        Assert.Contains("停止されています", await (await new Browser(_office).SignInAsync("minatodai-environment-officer-1")).Content.ReadAsStringAsync(OfficeDoor.Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PersonWithoutARole_IsRefused()
    {
        await _office.Records.ChangeAsync(new StaffChange.Take("minatodai", "dev-minatodai-environment-viewer", "environment", "viewer"));
        Assert.Contains("役割がありません", await (await new Browser(_office).SignInAsync("minatodai-environment-viewer")).Content.ReadAsStringAsync(OfficeDoor.Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logout_IsAPostWithAToken_AndKillsTheSessionOnTheServer()
    {
        var browser = await _office.SignInAsync("environment-lead");
        var copy = browser.Copy(); // somebody has the cookie
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await browser.Get("/sign-out")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Submit("", "/sign-out")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await copy.Get("/console", follow: false)).StatusCode);

        await browser.Submit(await (await browser.Get("/console")).Content.ReadAsStringAsync(OfficeDoor.Cancel), "/sign-out");
        Assert.Equal(HttpStatusCode.Found, (await copy.Get("/console", follow: false)).StatusCode);
        Assert.DoesNotContain(browser.Cookies.GetAllCookies(), c => c.Name == "__Host-og-session");
    }

    [Fact]
    public async Task SigningIn_MakesANewSession_WhateverValueWasPlanted()
    {
        var planted = new string('a', 64);
        var browser = new Browser(_office);
        browser.Cookies.Add(new Cookie("__Host-og-session", planted, "/", Browser.Home.Host) { Secure = true });
        await browser.SignInAsync("minatodai-environment-lead");

        var attacker = new Browser(_office);
        attacker.Cookies.Add(new Cookie("__Host-og-session", planted, "/", Browser.Home.Host) { Secure = true });
        Assert.Equal(HttpStatusCode.Found, (await attacker.Get("/console", follow: false)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/console", follow: false)).StatusCode);
    }

    [Theory]
    [InlineData("state", "another")]
    [InlineData("iss", "https://evil.example")]
    [InlineData("code", "guessed")]
    public async Task Answer_ThatIsNotTheProvidersToThisBrowser_LetsNobodyIn(string changed, string value)
    {
        var browser = new Browser(_office);
        var callback = await Callback(browser, "minatodai-environment-lead");
        var query = QueryHelpers.ParseQuery(callback.Query).ToDictionary(q => q.Key, q => (string?)q.Value.ToString());
        query[changed] = value;
        var answer = await browser.Get(QueryHelpers.AddQueryString(callback.AbsolutePath, query));
        Assert.Equal("/sign-in", answer.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Empty(await Sessions());
    }

    [Fact]
    public async Task Answer_InAnotherBrowser_LetsNobodyIn()
    {
        // login CSRF: the attacker's own answer, planted in the victim's browser
        var callback = await Callback(new Browser(_office), "minatodai-environment-lead");
        await new Browser(_office).Get(callback.PathAndQuery);
        Assert.Empty(await Sessions());
    }

    [Fact]
    public async Task Answer_ComingASecondTime_LetsNobodyIn()
    {
        var browser = new Browser(_office);
        var callback = await Callback(browser, "minatodai-environment-lead");
        await browser.Get(callback.PathAndQuery);
        await browser.Get(callback.PathAndQuery);
        Assert.Single(await Sessions());
    }

    [Fact]
    public async Task Code_WithoutItsVerifier_BuysNoToken()
    {
        var callback = await Callback(new Browser(_office), "minatodai-environment-lead");
        var answer = await _office.CreateClient().PostAsync("/dev/idp/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["client_id"] = "office", ["redirect_uri"] = "https://minatodai.example/sign-in/callback",
            ["code"] = QueryHelpers.ParseQuery(callback.Query)["code"]!, ["code_verifier"] = new string('x', 43),
        }), OfficeDoor.Cancel);
        Assert.Equal("invalid_grant", JsonDocument.Parse(await answer.Content.ReadAsStringAsync(OfficeDoor.Cancel)).RootElement.GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task DevelopmentProvider_ExistsInDevelopmentOnly(string environment)
    {
        await using var office = new OfficeDoor { Environment = environment };
        foreach (var path in (string[])["/dev/idp/.well-known/openid-configuration", "/dev/idp/authorize", "/dev/idp/jwks", "/sign-in", "/sign-in/start"])
            await (await office.CreateClient().GetAsync(path, OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
        Assert.DoesNotContain(office.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>(), e => e.RoutePattern.RawText!.StartsWith("/dev", StringComparison.Ordinal));
        Assert.DoesNotContain(await office.Services.GetRequiredService<IAuthenticationSchemeProvider>().GetAllSchemesAsync(), s => s.Name == SignIn.Provider);
        await using var read = office.Records.Read();
        Assert.Empty(read.Staff);
    }

    [Fact]
    public async Task RealProvider_InDevelopment_ReplacesTheInventedOne()
    {
        await using var office = new OfficeDoor { Environment = "Development", Settings = { ["SignIn:Authority"] = "https://login.example.jp", ["SignIn:ClientId"] = "office" } };
        await (await office.CreateClient().GetAsync("/dev/idp/jwks", OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
        await using var read = office.Records.Read();
        Assert.Empty(read.Staff);
    }

    [Fact]
    public async Task Session_EndsAfter15MinutesWithoutADeed_AndAfter8HoursInAnyCase()
    {
        var clock = new ShiftedTime();
        await using var office = new OfficeDoor { Environment = "Development", Clock = clock };
        var idle = await office.SignInAsync("environment-lead");
        var busy = await office.SignInAsync("environment-officer-1");

        for (var minutes = 0; minutes < 8 * 60 - 10; minutes += 10)
        {
            Assert.Equal(HttpStatusCode.OK, (await busy.Get("/console", follow: false)).StatusCode);
            // a page that renews itself is nobody at the desk
            var renewal = new HttpRequestMessage(HttpMethod.Get, "/api/v1/cases");
            renewal.Headers.Add("Sec-Fetch-Mode", "cors");
            Assert.Equal(minutes < 15 ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, (await idle.Send(renewal)).StatusCode);
            clock.Ahead += TimeSpan.FromMinutes(10);
        }

        Assert.Equal(HttpStatusCode.OK, (await busy.Get("/console", follow: false)).StatusCode);
        clock.Ahead += TimeSpan.FromMinutes(10);
        Assert.Equal(HttpStatusCode.Found, (await busy.Get("/console", follow: false)).StatusCode);
    }

    [Fact]
    public async Task Account_SigningInTooOften_Waits()
    {
        var browser = new Browser(_office);
        for (var i = 0; i < 20; i++) Assert.Equal("/console", (await browser.SignInAsync("minatodai-environment-lead")).RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal("/sign-in?why=often", (await browser.SignInAsync("minatodai-environment-lead")).RequestMessage!.RequestUri!.PathAndQuery);
        Assert.Equal("/console", (await browser.SignInAsync("minatodai-environment-viewer")).RequestMessage!.RequestUri!.AbsolutePath);
    }

    // Up to the provider's answer, which is not opened yet.
    private static async Task<Uri> Callback(Browser browser, string subject)
    {
        var choice = await browser.Get("/sign-in/start");
        var page = await choice.Content.ReadAsStringAsync(OfficeDoor.Cancel);
        var answer = await browser.Submit(page, "/dev/idp/authorize", follow: false, ("subject", subject));
        return answer.Headers.Location!;
    }

    private async Task<List<SessionRow>> Sessions()
    {
        await using var read = _office.Records.Read();
        return [.. read.Sessions];
    }
}

/// <summary>The time of day, moved: timers go on as ever.</summary>
public sealed class ShiftedTime : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
