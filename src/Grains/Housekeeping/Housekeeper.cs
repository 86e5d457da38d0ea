using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OrleansGov.Grains;

/// <summary>How often a node looks after the house.</summary>
public sealed record HousekeepingOptions
{
    /// <summary>Null = only when it is asked to.</summary>
    public TimeSpan? Every { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>The minute hand of a node: reminds each town's housekeeping, forgets old entries of the feed, and looks how the audit trails are.</summary>
internal sealed class Housekeeper(HousekeepingOptions options, IGrainFactory grains, RecordsStore records, TownRegister towns, TimeProvider clock, ILogger<Housekeeper> log) : BackgroundService
{
    private static readonly TimeSpan Spare = TimeSpan.FromMinutes(5); // clocks of nodes differ

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Every is not { } every) return;
        using var minutes = new PeriodicTimer(every, clock);
        while (await minutes.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await records.PruneFeedAsync(clock.GetUtcNow() - FeedReading.Kept - Spare);
                await records.LookAtAuditAsync(stoppingToken);
                foreach (var town in towns.Towns.Keys) await grains.GetGrain<IHousekeepingGrain>(town).LookAfter();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) // readiness says what is wrong; a minute later it is tried again
            {
                log.LogWarning("Housekeeping will be repeated: {Error}", e.GetType().Name);
            }
        }
    }
}
