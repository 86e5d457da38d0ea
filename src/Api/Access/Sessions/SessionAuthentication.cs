using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OrleansGov.Records;

namespace OrleansGov.Api.Access;

/// <summary>
/// A person's session: a random value in a cookie, and in Records a row under its hash. Every request asks Records, so a session that was ended, a person
/// who was shut out and a role that was taken are gone with the next click. Signing in always makes a new value: one that was planted before is worth nothing.
/// </summary>
public sealed class SessionAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, RecordsStore records, TimeProvider clock, SessionCookie cookie)
    : SignInAuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "Session";

    /// <summary>Ends then, however busy the person is.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    private const long Minute = 60_000;

    public static string HashOf(string value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (cookie.Read(Request) is not { } value) return AuthenticateResult.NoResult();
        var (id, now) = (HashOf(value), clock.GetUtcNow().ToUnixTimeMilliseconds());
        await using var read = records.Read();
        if (await read.FindSessionAsync(id, now, Context.RequestAborted) is not var (session, person, roles)) return AuthenticateResult.NoResult();
        if (IsDeed(Request) && now - session.SeenAt >= Minute) await TouchAsync(id, now);
        return AuthenticateResult.Success(new(new(new StaffIdentity(Staff.Person(person, roles), Name, id)), Name));
    }

    /// <param name="user">A <see cref="StaffIdentity"/>: who is to be let in.</param>
    protected override async Task HandleSignInAsync(ClaimsPrincipal user, AuthenticationProperties? properties)
    {
        var staff = Staff.Of(user);
        var value = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var now = clock.GetUtcNow();
        var (id, at) = (HashOf(value), now.ToUnixTimeMilliseconds());
        var address = Context.Connection.RemoteIpAddress?.ToString() ?? "";
        await records.ChangeAsync(new StaffChange.Start(new(id, staff.Town, staff.Id, at, at, (now + Longest).ToUnixTimeMilliseconds(), null, address, BrowserName.Of(Request.Headers.UserAgent.ToString())))
        {
            Audit = new AuditEntry(now, staff.Town, staff.Name, "signed-in", staff.Id).By(staff, Context),
        });
        cookie.Write(Response, value);
    }

    protected override async Task HandleSignOutAsync(AuthenticationProperties? properties)
    {
        cookie.Remove(Response);
        if (cookie.Read(Request) is not { } value || await Context.AuthenticateAsync(Name) is not { Principal.Identity: StaffIdentity { Staff: var staff } }) return;
        var now = clock.GetUtcNow();
        await records.ChangeAsync(new StaffChange.End(staff.Town, staff.Id, HashOf(value), now.ToUnixTimeMilliseconds())
        {
            Audit = new AuditEntry(now, staff.Town, staff.Name, "signed-out", staff.Id).By(staff, Context),
        });
    }

    /// <summary>A person who looks at a page is led to the sign-in and back; a program is told 401.</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (!Request.Path.StartsWithSegments("/api") && Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase) && cookie.IsInUse)
        {
            // what was to be sent cannot be sent again by us: the person comes back to the page it was on
            var back = HttpMethods.IsGet(Request.Method) ? Request.Path + Request.QueryString : Request.Path.ToString();
            Response.Redirect($"/sign-in?back={Uri.EscapeDataString(back)}");
            return Task.CompletedTask;
        }

        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    // A page that renews itself is not a person at the desk: only opening a page or sending something counts.
    private static bool IsDeed(HttpRequest request) => !HttpMethods.IsGet(request.Method) || request.Headers["Sec-Fetch-Mode"] == "navigate" || !request.Headers.ContainsKey("Sec-Fetch-Mode");

    private async Task TouchAsync(string id, long now)
    {
        try
        {
            await records.ChangeAsync(new StaffChange.Touch(id, now));
        }
        catch (RecordsWriteException)
        {
            // a disk that is full must not lock officers out at once; readiness says so
        }
    }
}

/// <summary>The cookie that carries a session's value.</summary>
/// <param name="IsInUse">People can sign in at this office.</param>
/// <param name="IsSecure">The office is called by https: always, except on a developer's machine.</param>
public sealed record SessionCookie(bool IsInUse, bool IsSecure)
{
    // __Host-: no other host of the town's domain can plant one
    private string Name => IsSecure ? "__Host-og-session" : "og-session";

    public string? Read(HttpRequest request) => request.Cookies[Name] is { Length: 64 } value ? value : null;

    public void Write(HttpResponse response, string value) => response.Cookies.Append(Name, value, Options);

    public void Remove(HttpResponse response) => response.Cookies.Delete(Name, Options);

    private CookieOptions Options => new() { HttpOnly = true, Secure = IsSecure, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };
}

/// <summary>What a person recognises a browser by, in a list of sessions.</summary>
internal static class BrowserName
{
    public static string Of(string agent)
    {
        var browser = agent switch
        {
            _ when agent.Contains("Edg/", StringComparison.Ordinal) => "Edge",
            _ when agent.Contains("Firefox/", StringComparison.Ordinal) => "Firefox",
            _ when agent.Contains("Chrome/", StringComparison.Ordinal) => "Chrome",
            _ when agent.Contains("Safari/", StringComparison.Ordinal) => "Safari",
            _ => "その他のブラウザー",
        };
        var system = agent switch
        {
            _ when agent.Contains("Windows", StringComparison.Ordinal) => "Windows",
            _ when agent.Contains("iPhone", StringComparison.Ordinal) || agent.Contains("iPad", StringComparison.Ordinal) => "iOS",
            _ when agent.Contains("Android", StringComparison.Ordinal) => "Android",
            _ when agent.Contains("Mac OS", StringComparison.Ordinal) => "macOS",
            _ when agent.Contains("Linux", StringComparison.Ordinal) => "Linux",
            _ => null,
        };
        return system is null ? browser : $"{browser}（{system}）";
    }
}
