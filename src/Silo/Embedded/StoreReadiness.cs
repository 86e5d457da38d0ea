using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OrleansGov.Silo.Embedded;

/// <summary>Readiness: an office that cannot write must not take a resident's word.</summary>
internal sealed class StoreReadiness(EmbeddedStore store) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(store.Health.Trouble is { } trouble
            ? HealthCheckResult.Unhealthy($"{trouble.Failure} since {trouble.Since:O}: {trouble.LastError}")
            : HealthCheckResult.Healthy());
}
