using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Hosting;
using Orleans.Reminders;
using Orleans.Timers;

namespace Orleans.Runtime.ReminderService;

/// <summary>
/// Ticks for every reminder in the table: those it finds at the start, those registered later, those others have put there
/// (looked for every <see cref="ReminderOptions.RefreshReminderListPeriod"/>).
/// </summary>
internal sealed class LocalReminderService(
    IReminderTable table,
    IGrainFactory grains,
    IOptions<ReminderOptions> options,
    ILogger<LocalReminderService> logger,
    [FromKeyedServices(ReminderTimeProviderNames.Reminders)] TimeProvider clock) : IReminderRegistry, ILifecycleParticipant<ISiloLifecycle>
{
    private readonly IGrainFactory grains = grains;
    private readonly ILogger logger = logger;
    private readonly TimeProvider clock = clock;
    private readonly Dictionary<(GrainId Grain, string Name), Ticking> ticking = [];
    private ITimer? refresh;
    private bool stopped;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(LocalReminderService), ServiceLifecycleStage.Active, Start, Stop);

    public async Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        RuntimeContext.Check();
        ArgumentException.ThrowIfNullOrEmpty(reminderName);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.Zero);
        var least = options.Value.MinimumReminderPeriod;
        if (period < least)
            throw new ArgumentException($"Cannot register reminder {reminderName} as requested period ({period}) is less than minimum allowed reminder period ({least})");
        var entry = new ReminderEntry { GrainId = callingGrainId, ReminderName = reminderName, StartAt = clock.GetUtcNow().UtcDateTime + dueTime, Period = period };
        entry.ETag = await table.UpsertRow(entry) ?? throw new ReminderException($"Could not register reminder {entry} at {nameof(IReminderTable)}.");
        Tick(entry);
        return new Reminder(callingGrainId, reminderName, entry.ETag);
    }

    public async Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
    {
        RuntimeContext.Check();
        var (grain, name, etag) = (Reminder)reminder;
        if (!await table.RemoveRow(grain, name, etag))
            throw new ReminderException($"Could not unregister reminder {name} of {grain}: it has been changed meanwhile.");
        lock (ticking)
        {
            if (ticking.Remove((grain, name), out var old))
                old.Dispose();
        }
    }

    public async Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName)
    {
        RuntimeContext.Check();
        return await table.ReadRow(callingGrainId, reminderName) is { } row ? new Reminder(row.GrainId, row.ReminderName, row.ETag!) : null;
    }

    public async Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId)
    {
        RuntimeContext.Check();
        return [.. (await table.ReadRows(callingGrainId)).Reminders.Select(row => new Reminder(row.GrainId, row.ReminderName, row.ETag!))];
    }

    private async Task Start(CancellationToken cancellation)
    {
        await table.StartAsync(cancellation);
        await Load();
        using (Unflowed.Begin())
            refresh = clock.CreateTimer(static self => _ = ((LocalReminderService)self!).Refresh(), this, options.Value.RefreshReminderListPeriod, options.Value.RefreshReminderListPeriod);
    }

    private async Task Stop(CancellationToken cancellation)
    {
        refresh?.Dispose();
        lock (ticking)
        {
            stopped = true;
            foreach (var one in ticking.Values)
                one.Dispose();
            ticking.Clear();
        }

        await table.StopAsync(cancellation);
    }

    private async Task Refresh()
    {
        try
        {
            await Load();
        }
        catch (Exception exception)
        {
            logger.LogWarning(exception, "Reminders could not be read; those already known go on");
        }
    }

    private async Task Load()
    {
        Ticking[] before;
        lock (ticking)
            before = [.. ticking.Values];
        var rows = (await table.ReadRows(0, 0)).Reminders.ToDictionary(row => (row.GrainId, row.ReminderName));
        foreach (var row in rows.Values)
            Tick(row);
        foreach (var gone in before.Where(one => !rows.ContainsKey(one.Key)))
        {
            lock (ticking)
            {
                if (ticking.GetValueOrDefault(gone.Key) == gone && ticking.Remove(gone.Key))
                    gone.Dispose();
            }
        }
    }

    private void Tick(ReminderEntry entry)
    {
        lock (ticking)
        {
            if (stopped)
                return;
            var key = (entry.GrainId, entry.ReminderName);
            if (ticking.TryGetValue(key, out var old))
            {
                if (old.ETag == entry.ETag)
                    return;
                old.Dispose();
            }

            ticking[key] = new Ticking(this, entry);
        }
    }

    /// <summary>What a grain holds of its reminder.</summary>
    [GenerateSerializer, Immutable]
    private sealed record Reminder(GrainId GrainId, string ReminderName, string ETag) : IGrainReminder;

    /// <summary>One reminder at work. Ticks that are due while one is being delivered become one, so they never pile up.</summary>
    private sealed class Ticking : IDisposable
    {
        private readonly LocalReminderService service;
        private readonly ReminderEntry entry;
        private readonly ITimer timer;
        private volatile bool disposed;
        private int due;

        internal Ticking(LocalReminderService service, ReminderEntry entry)
        {
            (this.service, this.entry) = (service, entry);
            using (Unflowed.Begin())
                timer = service.clock.CreateTimer(static self => _ = ((Ticking)self!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Plan();
        }

        internal (GrainId, string) Key => (entry.GrainId, entry.ReminderName);

        internal string? ETag => entry.ETag;

        public void Dispose()
        {
            disposed = true;
            timer.Dispose();
        }

        private void Plan(bool ticked = false)
        {
            var now = service.clock.GetUtcNow().UtcDateTime;
            var wait = entry.StartAt - now;
            if (wait < TimeSpan.Zero || (ticked && wait == TimeSpan.Zero))
                wait = entry.Period > TimeSpan.Zero ? entry.Period - new TimeSpan((now - entry.StartAt).Ticks % entry.Period.Ticks) : Timeout.InfiniteTimeSpan;
            timer.Change(wait, Timeout.InfiniteTimeSpan);
        }

        private async Task Fire()
        {
            if (disposed)
                return;
            Plan(ticked: true);
            if (Interlocked.Increment(ref due) > 1)
                return; // delivered when the last has been
            while (!disposed)
            {
                var seen = due;
                await Deliver();
                if (Interlocked.CompareExchange(ref due, 0, seen) == seen)
                    return;
            }
        }

        private async Task Deliver()
        {
            var status = new TickStatus(entry.StartAt, entry.Period, service.clock.GetUtcNow().UtcDateTime);
            try
            {
                await service.grains.GetGrain<IRemindable>(entry.GrainId).ReceiveReminder(entry.ReminderName, status);
            }
            catch (Exception exception)
            {
                service.logger.LogWarning(exception, "Reminder {Reminder} of {GrainId} failed; it ticks again", entry.ReminderName, entry.GrainId);
            }
        }
    }
}
