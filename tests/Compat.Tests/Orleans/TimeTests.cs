using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Runtime;

namespace OrleansGov.Compat.Tests;

[Alias("compat.bells")]
public interface IBells : IGrainWithStringKey
{
    Task Start(bool interleave);

    Task Stop();

    Task Hold(string gate);

    Task Remind(string name, TimeSpan due, TimeSpan period);

    Task<bool> Cancel(string name);
}

public sealed class BellsGrain(Journal journal) : Grain, IBells, IRemindable
{
    private IGrainTimer? timer;
    private int ticks;

    public Task Start(bool interleave)
    {
        timer = this.RegisterGrainTimer(Tick, "bell", new() { DueTime = TimeSpan.FromSeconds(1), Period = TimeSpan.FromSeconds(1), Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        timer!.Dispose();
        return Task.CompletedTask;
    }

    public async Task Hold(string gate)
    {
        journal.Write("holding");
        await journal.Until(gate);
        journal.Write("held");
    }

    public async Task Remind(string name, TimeSpan due, TimeSpan period) => await this.RegisterOrUpdateReminder(name, due, period);

    public async Task<bool> Cancel(string name)
    {
        if (await this.GetReminder(name) is not { } reminder)
            return false;
        await this.UnregisterReminder(reminder);
        return true;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        journal.Write($"{reminderName} {status.CurrentTickTime:HH:mm}");
        return Task.CompletedTask;
    }

    private async Task Tick(string name, CancellationToken cancellation)
    {
        var number = ++ticks;
        journal.Write($"{name} {number}");
        await Task.Yield();
        journal.Write($"{name} {number} done");
    }
}

public sealed class TimeTests
{
    [Fact]
    public async Task Timer_TicksAsATurn_OneTickAfterTheEndOfTheOther()
    {
        var clock = Silo.Clock();
        await using var silo = await Silo.Start(builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var (bells, journal) = (silo.Grains.GetGrain<IBells>("a"), silo.Get<Journal>());
        await bells.Start(interleave: false);
        clock.Advance(TimeSpan.FromSeconds(1));
        await journal.Until("bell 1 done");
        var held = bells.Hold("go");
        await journal.Until("holding");
        clock.Advance(TimeSpan.FromSeconds(10)); // due, but it is not its turn
        Assert.DoesNotContain("bell 2", journal.Lines);
        journal.Open("go");
        await held;
        await journal.Until("bell 2 done");
        Assert.DoesNotContain("bell 3", journal.Lines); // ten seconds of waiting are one tick
        await bells.Stop();
        clock.Advance(TimeSpan.FromSeconds(10));
        await bells.Hold("go");
        Assert.DoesNotContain("bell 3", journal.Lines);
    }

    [Fact]
    public async Task InterleavingTimer_TicksWhileACallWaits()
    {
        var clock = Silo.Clock();
        await using var silo = await Silo.Start(builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var (bells, journal) = (silo.Grains.GetGrain<IBells>("a"), silo.Get<Journal>());
        await bells.Start(interleave: true);
        var held = bells.Hold("go");
        await journal.Until("holding");
        clock.Advance(TimeSpan.FromSeconds(1));
        await journal.Until("bell 1 done");
        Assert.False(held.IsCompleted);
        journal.Open("go");
        await held;
    }

    [Fact]
    public async Task Reminder_TicksUntilItIsCancelled()
    {
        var clock = Silo.Clock();
        await using var silo = await Silo.Start(builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var (bells, journal) = (silo.Grains.GetGrain<IBells>("a"), silo.Get<Journal>());
        await bells.Remind("bin day", TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
        clock.Advance(TimeSpan.FromMinutes(2));
        await journal.Until("bin day 00:01");
        clock.Advance(TimeSpan.FromHours(1));
        await journal.Until("bin day 01:01");
        Assert.True(await bells.Cancel("bin day"));
        Assert.False(await bells.Cancel("bin day"));
        clock.Advance(TimeSpan.FromHours(3));
        Assert.False(await bells.Cancel("bin day"));
        Assert.Equal(2, journal.Lines.Length);
    }

    [Fact]
    public async Task Reminder_WithTooShortAPeriod_IsRefused()
    {
        await using var silo = await Silo.Start();
        await Assert.ThrowsAsync<ArgumentException>(() => silo.Grains.GetGrain<IBells>("a").Remind("x", TimeSpan.Zero, TimeSpan.FromSeconds(59)));
    }

    [Fact]
    public async Task Reminder_OutlivesTheProcess_WhenItsTableDoes()
    {
        var (clock, table) = (Silo.Clock(), new KeptReminders());
        void Configure(ISiloBuilder builder)
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Services.AddSingleton<IReminderTable>(table);
        }

        await using (var first = await Silo.Start(Configure))
            await first.Grains.GetGrain<IBells>("a").Remind("bin day", TimeSpan.FromMinutes(10), TimeSpan.FromHours(1));
        await using var second = await Silo.Start(Configure);
        clock.Advance(TimeSpan.FromMinutes(11));
        await second.Get<Journal>().Until("bin day 00:10");
    }

    private sealed class KeptReminders : IReminderTable
    {
        private readonly List<ReminderEntry> rows = [];

        public Task<ReminderTableData> ReadRows(GrainId grainId) => Task.FromResult(new ReminderTableData(rows.Where(row => row.GrainId == grainId)));

        public Task<ReminderTableData> ReadRows(uint begin, uint end) => Task.FromResult(new ReminderTableData(rows));

        public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
            Task.FromResult(rows.Find(row => row.GrainId == grainId && row.ReminderName == reminderName));

        public Task<string?> UpsertRow(ReminderEntry entry)
        {
            rows.RemoveAll(row => row.GrainId == entry.GrainId && row.ReminderName == entry.ReminderName);
            entry.ETag = Guid.NewGuid().ToString();
            rows.Add(entry);
            return Task.FromResult<string?>(entry.ETag);
        }

        public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) =>
            Task.FromResult(rows.RemoveAll(row => row.GrainId == grainId && row.ReminderName == reminderName && row.ETag == eTag) > 0);

        public Task TestOnlyClearTable()
        {
            rows.Clear();
            return Task.CompletedTask;
        }
    }
}
