using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OrleansGov.Grains;

/// <summary>Lets the hooks of every town know that the feed has something new. Every silo does; the grain is one.</summary>
internal sealed class HookFollower(RecordsStore records, IGrainFactory grains, TownRegister towns, TimeProvider clock, ILogger<HookFollower> log) : BackgroundService
{
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1); // what comes in a second is told together

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(Breath, clock, stoppingToken); // the silo first
        var seen = -1L; // so that what came while nobody was here is told at the start
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await records.Feed.WaitAsync(seen, stoppingToken);
                seen = records.Feed.Head;
                foreach (var town in towns.Towns.Keys) await grains.GetGrain<IHooksGrain>(HooksKey.For(town)).Wake();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Webhooks will be told later: {Error}", e.GetType().Name);
            }

            await Task.Delay(Breath, clock, stoppingToken);
        }
    }
}
