using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using OrleansGov.Api.Problems;

namespace OrleansGov.Api.Access;

/// <summary>The endpoint needs this scope.</summary>
public sealed record ScopeRequirement(string Scope) : IAuthorizationRequirement;

internal sealed class ScopeHandler : AuthorizationHandler<ScopeRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (context.User.HasClaim(Staff.ScopeClaim, requirement.Scope)) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

/// <summary>A refusal names the right that is missing.</summary>
internal sealed class NamedRefusals : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _usual = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        authorizeResult.Forbidden
            ? Problem.Forbidden.Answer(null, new KeyValuePair<string, object?>("required", policy.Requirements.OfType<ScopeRequirement>().Select(r => r.Scope))).ExecuteAsync(context)
            : _usual.HandleAsync(next, context, policy, authorizeResult);
}
