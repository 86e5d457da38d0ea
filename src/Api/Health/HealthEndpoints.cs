using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrleansGov.Api.Documents;
using OrleansGov.Api.Problems;
using OrleansGov.Api.Settings;
using OrleansGov.Records;

namespace OrleansGov.Api.Health;

/// <summary>For whoever keeps the process running. Live: it answers. Ready: what it accepts, it can keep.</summary>
public static class HealthEndpoints
{
    /// <summary>Tag of the checks that readiness consists of.</summary>
    public const string Ready = "ready";

    public static IServiceCollection AddOfficeHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<RecordsCheck>("records", tags: [Ready]).AddCheck<AuditCheck>("audit", tags: [Ready]).AddCheck<StoppingCheck>("running", tags: [Ready]);
        return services;
    }

    /// <summary>A front end without grains is ready when the silos answer it.</summary>
    public static IServiceCollection AddSilosHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<SilosCheck>("silos", tags: [Ready]);
        return services;
    }

    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").WithTags("health").AllowAnonymous();
        health.MapGet("/live", () => TypedResults.Ok(new HealthView("live", []))).WithName("getLiveness")
            .WithSummary("動いているかを確認する").WithDescription("プロセスが応答できれば 200 を返します。")
            .Answers(new HealthView("live", [])).Refuses(Problem.RateLimited, Problem.Failed);
        health.MapGet("/ready", async (HealthCheckService checks, HttpContext http) =>
        {
            var report = await checks.CheckHealthAsync(check => check.Tags.Contains(Ready), http.RequestAborted);
            var view = new HealthView(
                report.Status == HealthStatus.Healthy ? "ready" : "unready",
                [.. report.Entries.Select(e => new HealthPart(e.Key, e.Value.Status == HealthStatus.Healthy, e.Value.Description))]);
            http.Response.Headers.CacheControl = "no-store";
            return Results.Json(view, statusCode: report.Status == HealthStatus.Healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).WithName("getReadiness")
            .WithSummary("受け付けられるかを確認する").WithDescription("受け取ったものを確実に保存できるとき 200 を返します。できないときは 503 と理由を返します。")
            .Answers(new HealthView("ready", [new("records", true, null)])).Produces<HealthView>(StatusCodes.Status503ServiceUnavailable).Refuses(Problem.RateLimited, Problem.Failed);
        return app;
    }

    private sealed class RecordsCheck(RecordsStore records) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(records.Trouble is { } trouble ? HealthCheckResult.Unhealthy(trouble) : HealthCheckResult.Healthy());
    }

    // a broken trail is an alarm, and no reason to leave residents unanswered
    private sealed class AuditCheck(RecordsStore records) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(HealthCheckResult.Healthy(records.AuditTrouble));
    }

    private sealed class SilosCheck(Rooms rooms, OfficeSettings settings) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await rooms.Catalog(CatalogKey.For(settings.DefaultTown)).Head().WaitAsync(TimeSpan.FromSeconds(2), cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested) // away, joining, overloaded: for the load balancer all the same
            {
                return HealthCheckResult.Unhealthy($"サイロが応答しません（{e.GetType().Name}）。");
            }
        }
    }

    private sealed class StoppingCheck(IHostApplicationLifetime lifetime) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("停止処理中です。") : HealthCheckResult.Healthy());
    }
}

/// <summary>How the process is.</summary>
/// <param name="Status">live, ready or unready.</param>
[Description("稼働状況です。")]
public sealed record HealthView(
    [property: Description("live、ready、unready のどれかです。"), MaxLength(10)] string Status,
    [property: Description("確認したものです。"), MaxLength(20)] IReadOnlyList<HealthPart> Checks);

/// <param name="Reason">Why it is not well; null when it is.</param>
[Description("確認したものの1つです。")]
public sealed record HealthPart(
    [property: Description("名前です。"), MaxLength(40)] string Name,
    [property: Description("正常なら true です。")] bool IsWell,
    [property: Description("正常でない理由です。正常なら null です。"), MaxLength(2000)] string? Reason);
