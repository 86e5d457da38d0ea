using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OrleansGov.Api.Pages;

namespace OrleansGov.Api.Access;

/// <summary>
/// An identity provider for developers at their own machine: discovery, keys, code flow with PKCE as a real one has them, but no passwords - whoever opens its
/// page chooses whom to be. In any other environment than Development none of it exists.
/// </summary>
public sealed class DevelopmentProvider(string issuer, IEnumerable<Town> towns, TimeProvider clock) : IDisposable
{
    public const string Path = "/dev/idp";

    private const string ClientId = "office";
    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(1);

    private static readonly Dictionary<string, object> Abilities = new()
    {
        ["response_types_supported"] = new[] { "code" },
        ["response_modes_supported"] = new[] { "query" },
        ["subject_types_supported"] = new[] { "public" },
        ["id_token_signing_alg_values_supported"] = new[] { SecurityAlgorithms.RsaSha256 },
        ["code_challenge_methods_supported"] = new[] { "S256" },
        ["token_endpoint_auth_methods_supported"] = new[] { "none" },
        ["scopes_supported"] = new[] { "openid", "profile", "email" },
        ["authorization_response_iss_parameter_supported"] = true,
    };

    private readonly RSA _rsa = RSA.Create(2048);
    private readonly string _keyId = RandomNumberGenerator.GetHexString(16, lowercase: true);
    private readonly ConcurrentDictionary<string, Granted> _codes = new();
    private readonly ImmutableList<(Town Town, ImmutableList<DevelopmentOfficer> People)> _towns = [.. towns.Select(t => (t, DevelopmentOfficer.Of(t)))];

    internal static SignInSettings Settings(Uri publicUrl, int attempts) => new(new(publicUrl, Path), ClientId, null, ["openid", "profile", "email"], [], attempts);

    public void Map(IEndpointRouteBuilder app)
    {
        var provider = app.MapGroup(Path).ExcludeFromDescription().AllowAnonymous();
        provider.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>(Abilities)
        {
            ["issuer"] = issuer,
            ["authorization_endpoint"] = $"{issuer}/authorize",
            ["token_endpoint"] = $"{issuer}/token",
            ["jwks_uri"] = $"{issuer}/jwks",
            ["end_session_endpoint"] = $"{issuer}/end-session",
        }));
        provider.MapGet("/jwks", () =>
        {
            var key = _rsa.ExportParameters(includePrivateParameters: false);
            return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", alg = SecurityAlgorithms.RsaSha256, kid = _keyId, n = WebEncoders.Base64UrlEncode(key.Modulus!), e = WebEncoders.Base64UrlEncode(key.Exponent!) } } });
        });
        provider.MapGet("/authorize", Choose);
        provider.MapPost("/authorize", Authorize);
        provider.MapPost("/token", (Delegate)Token);
        provider.MapGet("/end-session", () => Results.Redirect("/sign-in"));
    }

    public void Dispose() => _rsa.Dispose();

    private IResult Choose(HttpContext http, IAntiforgery antiforgery)
    {
        var query = http.Request.Query;
        if (query["client_id"] != ClientId || query["redirect_uri"] != Callback || query["response_type"] != "code" || query["code_challenge_method"] != "S256"
            || query["code_challenge"].ToString().Length < 43 || !query["scope"].ToString().Split(' ').Contains("openid"))
            return Page.Show("開発用の認証", Html.Of($"<h1>開発用の認証</h1><p>サインインの要求に誤りがあります。<a href=\"/sign-in\">サインインからやり直す</a></p>"), StatusCodes.Status400BadRequest);
        var tokens = antiforgery.GetAndStoreTokens(http);
        string[] carried = ["state", "nonce", "code_challenge"];
        return Page.Show("開発用の認証", Html.Of($"""
            <h1>開発用の認証</h1>
            <p class="lead">開発環境だけの認証です。パスワードはありません。だれとしてサインインするか選んでください。全員、架空の人です。</p>
            <form method="post" action="{Path}/authorize" class="people">
            <input type="hidden" name="{tokens.FormFieldName}" value="{tokens.RequestToken}">
            {carried.Select(name => Html.Of($"<input type=\"hidden\" name=\"{name}\" value=\"{query[name].ToString()}\">"))}
            {_towns.Select(town => Html.Of($"""
                {town.People.GroupBy(p => p.Department).Select(group => Html.Of($"""
                    <h2>{(group.Key is { } id ? town.Town.Departments.Find(d => d.Id == id)!.Name : $"{town.Town.Name} 全体")}</h2>
                    <ul class="plain-list">{group.Select(p => Html.Of($"<li><button type=\"submit\" name=\"subject\" value=\"{p.Subject}\">{p.Name}（{p.Role.Name}）</button></li>"))}</ul>
                    """))}
                """))}
            <h2>まだ登録されていない人</h2>
            <ul class="plain-list"><li><button type="submit" name="subject" value="newcomer">新人 まなぶ（登録なし）</button></li></ul>
            </form>
            """));
    }

    private async Task<IResult> Authorize(HttpContext http, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(http)) return Results.BadRequest();
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (NameOf(form["subject"].ToString()) is null) return Results.BadRequest();
        foreach (var (old, granted) in _codes)
            if (granted.Until < clock.GetUtcNow()) _codes.TryRemove(old, out _);
        var code = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        _codes[code] = new(form["subject"].ToString(), form["nonce"].ToString(), form["code_challenge"].ToString(), clock.GetUtcNow() + CodeLife);
        return Results.Redirect(QueryHelpers.AddQueryString(Callback, new Dictionary<string, string?> { ["code"] = code, ["state"] = form["state"].ToString(), ["iss"] = issuer }));
    }

    private async Task<IResult> Token(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["grant_type"] != "authorization_code" || form["client_id"] != ClientId || form["redirect_uri"] != Callback
            || !_codes.TryRemove(form["code"].ToString(), out var granted) || granted.Until < clock.GetUtcNow() // a code works once
            || WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != granted.Challenge)
            return Results.Json(new { error = "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(new { access_token = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32)), token_type = "Bearer", expires_in = 300, id_token = IdToken(granted) });
    }

    private string IdToken(Granted granted)
    {
        var now = clock.GetUtcNow();
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = ClientId,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = now.UtcDateTime + TimeSpan.FromMinutes(5),
            Claims = new Dictionary<string, object> { ["sub"] = granted.Subject, ["nonce"] = granted.Nonce, ["name"] = NameOf(granted.Subject)!, ["email"] = $"{granted.Subject}@example.jp", ["auth_time"] = now.ToUnixTimeSeconds() },
            SigningCredentials = new(new RsaSecurityKey(_rsa) { KeyId = _keyId }, SecurityAlgorithms.RsaSha256),
        });
    }

    private string Callback => issuer[..^Path.Length] + SignIn.CallbackPath;

    private string? NameOf(string subject) => subject == "newcomer" ? "新人 まなぶ" : _towns.SelectMany(t => t.People).FirstOrDefault(p => p.Subject == subject)?.Name;

    private sealed record Granted(string Subject, string Nonce, string Challenge, DateTimeOffset Until);
}
