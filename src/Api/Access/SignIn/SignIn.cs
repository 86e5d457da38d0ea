using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using OrleansGov.Api.Settings;
using OrleansGov.Records;

namespace OrleansGov.Api.Access;

/// <summary>
/// People sign in at the town's identity provider: OpenID Connect, code flow with PKCE. The provider says who somebody is; whether and where they may come in,
/// and what they may do, stands in our Records and nowhere else.
/// </summary>
public static class SignIn
{
    public const string Provider = "Provider";
    public const string CallbackPath = "/sign-in/callback";

    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    public static AuthenticationBuilder AddSignIn(this AuthenticationBuilder authentication, SignInSettings settings, OfficeSettings office)
    {
        authentication.Services.AddSingleton(settings).AddSingleton<AccountLimit>();
        return authentication.AddOpenIdConnect(Provider, oidc =>
        {
            oidc.Authority = settings.Authority.ToString();
            oidc.RequireHttpsMetadata = settings.Authority.Scheme == "https";
            oidc.ClientId = settings.ClientId;
            oidc.ClientSecret = settings.ClientSecret;
            oidc.SignInScheme = SessionAuthentication.Name;
            oidc.CallbackPath = CallbackPath;
            oidc.ResponseType = OpenIdConnectResponseType.Code;
            oidc.ResponseMode = OpenIdConnectResponseMode.Query; // comes back as a page that is opened: Lax cookies travel with it
            oidc.UsePkce = true;
            oidc.SaveTokens = false;
            oidc.GetClaimsFromUserInfoEndpoint = false;
            oidc.MapInboundClaims = false;
            oidc.UseTokenLifetime = false;
            oidc.DisableTelemetry = true;
            oidc.RemoteAuthenticationTimeout = TimeSpan.FromMinutes(15);
            oidc.BackchannelTimeout = TimeSpan.FromSeconds(10);
            oidc.Scope.Clear();
            foreach (var scope in settings.Scopes) oidc.Scope.Add(scope);
            oidc.TokenValidationParameters.ValidAlgorithms = Algorithms;
            oidc.TokenValidationParameters.ClockSkew = TimeSpan.FromMinutes(1);
            foreach (var (cookie, name) in new[] { (oidc.CorrelationCookie, "og-begun"), (oidc.NonceCookie, "og-nonce") })
            {
                cookie.Name = name;
                cookie.SameSite = SameSiteMode.Lax;
                cookie.HttpOnly = true;
                cookie.SecurePolicy = office.PublicBaseUrl.Scheme == "https" ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            }

            oidc.Events = new()
            {
                OnRedirectToIdentityProvider = context =>
                {
                    // behind a proxy the request's own address is not the one that people call
                    context.ProtocolMessage.RedirectUri = PublicAddress.Of(office.PublicBaseUrl).Base + CallbackPath;
                    if (!settings.Acr.IsEmpty) context.ProtocolMessage.AcrValues = string.Join(' ', settings.Acr);
                    return Task.CompletedTask;
                },
                OnMessageReceived = context => IsFromOurProvider(context),
                OnTokenValidated = LetIn,
                OnRemoteFailure = context => Refuse(context, context.Failure is AuthenticationFailureException { InnerException: null } or OpenIdConnectProtocolException ? "cancelled" : "failed"),
            };
        });
    }

    /// <summary>A page of ours: a path, nothing that a browser could take for another host.</summary>
    public static string BackTo(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("/\\", StringComparison.Ordinal) && !path.AsSpan().ContainsAnyInRange('\0', '\x1f')
        && !path.StartsWith("/sign-in", StringComparison.Ordinal) ? path : "/console";

    // RFC 9207: an answer that names another issuer was mixed up with somebody else's
    private static async Task IsFromOurProvider(MessageReceivedContext context)
    {
        if (context.ProtocolMessage.Iss is not { } issuer) return;
        var known = await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted);
        if (!string.Equals(issuer, known.Issuer, StringComparison.Ordinal)) context.Fail("The answer names another issuer.");
    }

    private static async Task LetIn(TokenValidatedContext context)
    {
        var services = context.HttpContext.RequestServices;
        var (settings, records, clock) = (services.GetRequiredService<SignInSettings>(), services.GetRequiredService<RecordsStore>(), services.GetRequiredService<TimeProvider>());
        var token = context.SecurityToken;
        var (issuer, subject) = (SignInSettings.IssuerOf(token.Issuer), token.Subject);
        if (string.IsNullOrEmpty(subject))
        {
            context.Fail("The token names nobody.");
            return;
        }

        // the handler verifies a signature that is there, and is content with none on a token that it fetched itself
        if (!Algorithms.Contains(token.SignatureAlgorithm))
        {
            context.Fail("The token is not signed.");
            return;
        }

        if (!services.GetRequiredService<AccountLimit>().TryPass($"{issuer} {subject}"))
        {
            Answer(context, "often");
            return;
        }

        if (!settings.Acr.IsEmpty && !token.Claims.Any(c => c.Type == "acr" && settings.Acr.Contains(c.Value)))
        {
            Answer(context, "acr");
            return;
        }

        await using var read = records.Read();
        if (await read.FindSubjectAsync(issuer, subject, context.HttpContext.RequestAborted) is not { } person)
        {
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            await records.ChangeAsync(new StaffChange.Ask(new(issuer, Cut(subject, 255), Cut(Claim("name") ?? Claim("preferred_username") ?? subject, 100), Claim("email") is { } mail ? Cut(mail, 254) : null, now)));
            Answer(context, "unknown");
            return;
        }

        var roles = await read.RolesAsync(person.Town, person.Id, context.HttpContext.RequestAborted);
        if (person.DisabledAt is not null || roles.Count == 0)
        {
            await records.AuditAsync(AuditEntry.Refused(clock.GetUtcNow(), person.Town, person.Name, "sign-in-refused", person.Id, person.DisabledAt is null ? "no role" : "disabled").By(Staff.Person(person, roles), context.HttpContext));
            Answer(context, person.DisabledAt is null ? "no-role" : "disabled");
            return;
        }

        context.Principal = new(new StaffIdentity(Staff.Person(person, roles), Provider));

        string? Claim(string type) => token.Claims.FirstOrDefault(c => c.Type == type)?.Value is { Length: > 0 } value ? value : null;
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];

    private static void Answer(TokenValidatedContext context, string why)
    {
        context.HandleResponse();
        context.Response.Redirect($"/sign-in?why={why}");
    }

    private static Task Refuse(RemoteFailureContext context, string why)
    {
        // what went wrong is for the operator: a token or a code never stands in these messages
        context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SignIn)).LogWarning("A sign-in failed: {Reason}", context.Failure?.GetType().Name + ": " + context.Failure?.Message);
        context.HandleResponse();
        context.Response.Redirect($"/sign-in?why={why}");
        return Task.CompletedTask;
    }
}

/// <summary>How often one account may sign in within 5 minutes.</summary>
public sealed class AccountLimit(SignInSettings settings) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(account =>
        RateLimitPartition.GetFixedWindowLimiter(account, _ => new() { PermitLimit = settings.AttemptsPerAccount, Window = TimeSpan.FromMinutes(5), AutoReplenishment = true }));

    public bool TryPass(string account)
    {
        using var lease = _limiter.AttemptAcquire(account);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
