using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using OrleansGov.Api.Problems;

namespace OrleansGov.Api.Access;

/// <summary>How staff and machines come in: by API key anywhere, by the development login in Development only.</summary>
public static class StaffAccess
{
    public static IServiceCollection AddStaffAccess(this IServiceCollection services, IEnumerable<ApiKey> keys, bool isDevelopment)
    {
        services.AddSingleton(sp => new ApiKeys(keys, sp.GetRequiredService<TimeProvider>()));
        var authentication = services.AddAuthentication("Office")
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.Name, null)
            .AddPolicyScheme("Office", null, office => office.ForwardDefaultSelector = http =>
                isDevelopment && http.Request.Headers.Authorization.Count == 0 ? DevelopmentLogin.Scheme : ApiKeyAuthentication.Name);
        if (isDevelopment) authentication.AddDevelopmentLogin();
        services.AddSingleton<IAuthorizationHandler, ScopeHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, NamedRefusals>();
        services.AddAuthorization();
        return services;
    }

    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(policy => policy.RequireAuthenticatedUser().AddRequirements(new ScopeRequirement(scope)));

    /// <summary>A cookie travels with requests that other sites cause; a change made with one must come from our own pages.</summary>
    public static async ValueTask<object?> OwnPagesOnly(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var isByCookie = context.HttpContext.User.Identity?.AuthenticationType == DevelopmentLogin.Scheme;
        return !isByCookie || HttpMethods.IsGet(request.Method) || request.Headers["Sec-Fetch-Site"] == "same-origin"
            ? await next(context)
            : Problem.Forbidden.Answer("ほかのサイトからの操作は受け付けません。");
    }
}
