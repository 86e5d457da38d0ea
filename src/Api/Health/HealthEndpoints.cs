using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrleansGov.Records;

namespace OrleansGov.Api.Health;

/// <summary>For whoever keeps the process running. Live: it answers. Ready: what it accepts, it can keep.</summary>
public static class HealthEndpoints
{
    /// <summary>Tag of the checks that readiness consists of.</summary>
    public const string Ready = "ready";

    public static IServiceCollection AddOfficeHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<RecordsCheck>("records", tags: [Ready]).AddCheck<StoppingCheck>("running", tags: [Ready]);
        return services;
    }

    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").WithTags("health").AllowAnonymous();
        health.MapGet("/live", () => TypedResults.Ok(new HealthView("live", []))).WithName("getLiveness");
        health.MapGet("/ready", async (HealthCheckService checks, HttpContext http) =>
        {
            var report = await checks.CheckHealthAsync(check => check.Tags.Contains(Ready), http.RequestAborted);
            var view = new HealthView(
                report.Status == HealthStatus.Healthy ? "ready" : "unready",
                [.. report.Entries.Select(e => new HealthPart(e.Key, e.Value.Status == HealthStatus.Healthy, e.Value.Description))]);
            http.Response.Headers.CacheControl = "no-store";
            return Results.Json(view, statusCode: report.Status == HealthStatus.Healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).WithName("getReadiness").Produces<HealthView>().Produces<HealthView>(StatusCodes.Status503ServiceUnavailable);
        return app;
    }

    private sealed class RecordsCheck(RecordsStore records) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(records.Trouble is { } trouble ? HealthCheckResult.Unhealthy(trouble) : HealthCheckResult.Healthy());
    }

    private sealed class StoppingCheck(IHostApplicationLifetime lifetime) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("停止処理中です。") : HealthCheckResult.Healthy());
    }
}

/// <summary>How the process is.</summary>
/// <param name="Status">live, ready or unready.</param>
public sealed record HealthView(string Status, IReadOnlyList<HealthPart> Checks);

/// <param name="Reason">Why it is not well; null when it is.</param>
public sealed record HealthPart(string Name, bool IsWell, string? Reason);
