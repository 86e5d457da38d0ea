using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using OrleansGov.Contracts;

namespace OrleansGov.Grains.Sweeping;

/// <summary>Runs a <see cref="Sweeper"/> over its share of the due grains.</summary>
[GrainType("sweeper")]
public sealed class SweeperGrain(IDueIndex index, IOptions<SweepingOptions> options, TimeProvider time, ILogger<SweeperGrain> logger) : Grain, ISweeperGrain, IRemindable
{
    private const string KeepAlive = "keep-alive";
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1); // the shortest that Orleans allows

    private IGrainTimer? _timer;

    public async Task Start()
    {
        if (_timer is not null) return;
        await this.RegisterOrUpdateReminder(KeepAlive, ReminderPeriod, ReminderPeriod);
        StartTimer();
    }

    /// <summary>The reminder's tick activates the grain, which is all it is for.</summary>
    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        StartTimer();
        return Task.CompletedTask;
    }

    private void StartTimer()
    {
        if (_timer is not null) return;
        var settings = options.Value;
        var mine = this.GetPrimaryKeyLong();
        var sweeper = new Sweeper(index, Wake, due => Share(due, settings.Sweepers) == mine, settings, time, logger);
        _timer = this.RegisterGrainTimer(Sweep, sweeper, new GrainTimerCreationOptions(TimeSpan.Zero, settings.Period) { KeepAlive = true });
    }

    private async Task Sweep(Sweeper sweeper, CancellationToken cancellation)
    {
        try
        {
            await sweeper.SweepAsync(cancellation);
        }
        catch (GrainStorageException e) // the disk is in trouble; readiness says so, and the next tick tries again
        {
            logger.LogWarning(e, "The due index could not be read");
        }
    }

    private Task Wake(DueGrain due) => GrainFactory.GetGrain<IWakeable>(GrainId.Parse(due.GrainId, CultureInfo.InvariantCulture)).Wake();

    // Orleans' stable hash: every node computes the same share.
    private static long Share(DueGrain due, int sweepers) =>
        sweepers == 1 ? 0 : GrainId.Parse(due.GrainId, CultureInfo.InvariantCulture).GetUniformHashCode() % (uint)sweepers;
}
