using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OrleansGov.Silo.Sweeping;

/// <summary>Starts the sweepers with the silo, so that what fell due while nobody was running is done at once and not at the first reminder.</summary>
internal sealed class SweeperStart(IGrainFactory grains, IOptions<SweepingOptions> options, TimeProvider time, ILogger<SweeperStart> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var key = 0; key < options.Value.Sweepers && !stoppingToken.IsCancellationRequested;)
        {
            try
            {
                await grains.GetGrain<ISweeperGrain>(key).Start();
                key++;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) // a full disk, a silo that is still joining: an office without sweepers forgets
            {
                logger.LogError(e, "Sweeper {Key} did not start; trying again", key);
                await Task.Delay(options.Value.Period, time, stoppingToken);
            }
        }
    }
}
