using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace OrleansGov.Silo.Sweeping;

/// <summary>Starts the sweepers with the silo, so that what fell due while nobody was running is done at once and not at the first reminder.</summary>
internal sealed class SweeperStart(IGrainFactory grains, IOptions<SweepingOptions> options) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var key = 0; key < options.Value.Sweepers; key++) await grains.GetGrain<ISweeperGrain>(key).Start();
    }
}
