using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using OrleansGov.Api.Problems;
using OrleansGov.Api.Settings;
using OrleansGov.Records;

namespace OrleansGov.Api.Access;

/// <summary>How staff and machines come in: people by a session after signing in at the town's identity provider, machines by API key.</summary>
public static class StaffAccess
{
    /// <summary>Name of the policy of pages: a person, not a key.</summary>
    public const string People = "People";

    public static IServiceCollection AddStaffAccess(this IServiceCollection services, OfficeSettings settings, IEnumerable<ApiKey> keys, bool isDevelopment)
    {
        services.AddSingleton(sp => new ApiKeys(keys, sp.GetRequiredService<RecordsStore>(), sp.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new SessionCookie(settings.SignIn is not null || isDevelopment, IsSecure: settings.PublicBaseUrl.Scheme == "https"));
        var authentication = services.AddAuthentication("Office")
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.Name, null)
            .AddScheme<AuthenticationSchemeOptions, SessionAuthentication>(SessionAuthentication.Name, null)
            .AddPolicyScheme("Office", null, office => office.ForwardDefaultSelector = http =>
                http.Request.Headers.Authorization.Count == 0 ? SessionAuthentication.Name : ApiKeyAuthentication.Name);
        if (settings.SignIn is { } signIn) authentication.AddSignIn(signIn, settings);
        services.AddSingleton<Leaving>().AddHostedService(sp => sp.GetRequiredService<Leaving>()).AddSingleton<IAuthorizationHandler, ScopeHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, NamedRefusals>();
        services.AddAuthorizationBuilder().AddPolicy(People, policy => policy.AddAuthenticationSchemes(SessionAuthentication.Name).RequireAuthenticatedUser());
        return services;
    }

    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(policy => policy.RequireAuthenticatedUser().AddRequirements(new ScopeRequirement(scope)));

    /// <summary>
    /// A cookie travels with requests that other sites cause: a change made with one must come from our own pages, and prove it three ways - the browser says
    /// so (Sec-Fetch-Site), nothing contradicts (Origin), and the page's token is there (header <c>X-CSRF-Token</c>).
    /// </summary>
    public static async ValueTask<object?> OwnPagesOnly(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var isByCookie = http.User.Identity?.AuthenticationType == SessionAuthentication.Name;
        return !isByCookie || HttpMethods.IsGet(http.Request.Method) || await IsFromOwnPage(http) ? await next(context) : Problem.Forbidden.Answer("ほかのサイトからの操作は受け付けません。");
    }

    /// <summary>Where a request says that it comes from does not speak against it.</summary>
    internal static bool IsSameSite(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is not ("" or "same-origin" or "none")) return false;
        var origin = request.Headers.Origin.ToString();
        // our pages send no referrer, and with it browsers hide the origin of a form
        return origin.Length == 0 || (origin == "null" && site == "same-origin") || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Scheme == request.Scheme && from.Authority == request.Host.Value);
    }

    private static async Task<bool> IsFromOwnPage(HttpContext http) =>
        IsSameSite(http.Request) && await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http);
}
