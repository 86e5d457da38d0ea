using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrleansGov.Api.Access;
using OrleansGov.Api.Health;
using OrleansGov.Api.Settings;
using OrleansGov.Api.Telemetry;

namespace OrleansGov.Api.Status;

/// <summary>稼働状況, for staff. The figures are those of the process that answers.</summary>
public static class StatusEndpoints
{
    public static IEndpointRouteBuilder MapStatus(this IEndpointRouteBuilder app)
    {
        app.MapGet("/status", async (RecentFigures figures, HealthCheckService checks, OfficeMeter office, OfficeSettings settings, TimeProvider clock, CancellationToken cancel) =>
        {
            var (now, then) = figures.Compare();
            var health = await checks.CheckHealthAsync(check => check.Tags.Contains(HealthEndpoints.Ready), cancel);
            return StatusPage.Show(OfficeStatus.Of(now, then, settings.Line.Channels.Select(c => c.Name)), health, office.Uptime, clock.GetUtcNow());
        }).ExcludeFromDescription().RequireScope(Scopes.ReadStatus);
        return app;
    }
}
