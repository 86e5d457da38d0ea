using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using OrleansGov.Api.Problems;
using OrleansGov.Records;

namespace OrleansGov.Api.Access;

/// <summary>The endpoint needs this right or scope, in whichever department; the endpoint itself looks in which.</summary>
public sealed record ScopeRequirement(string Scope) : IAuthorizationRequirement;

/// <summary>The page needs this right, in whichever department.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RightAttribute(string right) : AuthorizeAttribute, IAuthorizationRequirementData
{
    public string Right { get; } = right;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new ScopeRequirement(Right)];
}

internal sealed class ScopeHandler : AuthorizationHandler<ScopeRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (Staff.Try(context.User)?.Can(requirement.Scope) is true) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

/// <summary>A refusal names the right that is missing, and leaves a row in the audit trail.</summary>
internal sealed class NamedRefusals(RecordsStore records, TimeProvider clock) : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _usual = new();

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (!authorizeResult.Forbidden)
        {
            await _usual.HandleAsync(next, context, policy, authorizeResult);
            return;
        }

        var required = policy.Requirements.OfType<ScopeRequirement>().Select(r => r.Scope).ToArray();
        // the pattern, not the address: an address can hold anything
        var pattern = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        if (Staff.Try(context.User) is { } staff)
            await records.AuditAsync(AuditEntry.Refused(clock.GetUtcNow(), staff.Town, staff.Name, "refused", $"{context.Request.Method} {pattern}", $"required: {string.Join(' ', required)}").By(staff, context));
        await Problem.Forbidden.Answer(null, new KeyValuePair<string, object?>("required", required)).ExecuteAsync(context);
    }
}
