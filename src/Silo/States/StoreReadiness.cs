using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OrleansGov.Silo.States;

/// <summary>Readiness: an office that cannot write must not take a resident's word.</summary>
internal sealed class StoreReadiness(StoreHealth health) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(health.Trouble is { } trouble
            ? HealthCheckResult.Unhealthy($"{trouble.Failure} since {trouble.Since:O}: {trouble.LastError}")
            : HealthCheckResult.Healthy());
}
