using System.Collections.Concurrent;
using System.Diagnostics;
using OrleansGov.LocalLine;
using OrleansGov.Residents;

namespace OrleansGov.Load;

/// <summary>A LINE, an office, and many residents at once.</summary>
internal sealed class LoadRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly LineWorld _world;
    private readonly OfficeProcess? _started;
    private readonly string? _temporary;
    private readonly OfficeGauge _gauge;
    private int _errands;

    private LoadRun(LineWorld world, OfficeProcess? started, string? temporary, OfficeGauge gauge) => (_world, _started, _temporary, _gauge) = (world, started, temporary, gauge);

    /// <param name="office">One that runs already; null = start one.</param>
    public static async Task<LoadRun> OpenAsync(Uri? office, int? pid, string? data, CancellationToken cancel)
    {
        var world = await LineWorld.OpenAsync(new LocalLineOptions { Seed = Random.Shared.Next(), JournalLength = 100, ScreenLength = 40 });
        if (office is not null)
        {
            world.CallOffice(office);
            await Ready(office, world, cancel);
            return new(world, null, null, new OfficeGauge(pid, data));
        }

        var directory = Path.Combine(Path.GetTempPath(), $"orleansgov-load-{Guid.NewGuid():N}");
        var started = new OfficeProcess(OfficeProcess.BuiltBesideThis(), directory, world.Settings);
        world.CallOffice(started.Url);
        await started.Start();
        return new(world, started, directory, new OfficeGauge(started.Id, directory));
    }

    /// <summary>Whole dialogues, so many at once.</summary>
    public async Task<Report> Book(int residents, int dialoguesEach, int warmUp, CancellationToken cancel)
    {
        var load = OfficeGauge.MachineLoad();
        await Dialogues(warmUp, residents, cancel);
        var (writes, cpu, own, clock) = (_gauge.Writes(), _gauge.Cpu, Environment.CpuUsage.TotalTime, Stopwatch.StartNew());

        var bookings = await Dialogues(residents * dialoguesEach, residents, cancel);

        var (seconds, cpuAfter, ownAfter) = (clock.Elapsed.TotalSeconds, _gauge.Cpu, Environment.CpuUsage.TotalTime);
        var turns = bookings.Sum(b => b.Turns.Count) + bookings.Count;
        var byWebhook = bookings.SelectMany(b => b.Turns).Where(t => t.Acknowledged is not null).ToList();
        return new(residents, bookings.Count, turns, seconds, Percentiles.Of(byWebhook.Select(t => t.Answered)), Percentiles.Of(byWebhook.Select(t => t.Acknowledged!.Value)),
            bookings.Sum(b => b.Repeats), (cpuAfter - cpu)?.TotalMilliseconds / turns, (ownAfter - own).TotalMilliseconds / turns, _gauge.Megabytes,
            _gauge.Writes()?.Where(w => w.Value > writes!.GetValueOrDefault(w.Key)).OrderBy(w => w.Key).ToDictionary(w => w.Key, w => (w.Value - writes!.GetValueOrDefault(w.Key)) / (double)turns),
            _gauge.BytesPerResident(), null, load);
    }

    /// <summary>Many residents that follow and say one word.</summary>
    public async Task<Report> See(int many, int atOnce, CancellationToken cancel)
    {
        var load = OfficeGauge.MachineLoad();
        await Greetings(Math.Min(500, many), atOnce, cancel); // code, pools and caches are there before the measuring begins
        var (memory, cpu, own, clock) = (_gauge.Megabytes, _gauge.Cpu, Environment.CpuUsage.TotalTime, Stopwatch.StartNew());

        var times = await Greetings(many, atOnce, cancel);

        var turns = 2 * many;
        return new(atOnce, 0, turns, clock.Elapsed.TotalSeconds, Percentiles.Of(times.Select(t => t.Answered)), Percentiles.Of(times.Select(t => t.Acknowledged!.Value)), 0,
            (_gauge.Cpu - cpu)?.TotalMilliseconds / turns, (Environment.CpuUsage.TotalTime - own).TotalMilliseconds / turns, _gauge.Megabytes, null, _gauge.BytesPerResident(),
            (_gauge.Megabytes - memory) * 10_000 / many, load);
    }

    public async ValueTask DisposeAsync()
    {
        if (_started is not null) await _started.Stop();
        await _world.DisposeAsync();
        if (_temporary is not null) Directory.Delete(_temporary, recursive: true);
    }

    private async Task<List<Booking>> Dialogues(int count, int atOnce, CancellationToken cancel)
    {
        var bookings = new ConcurrentBag<Booking>();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancel }, async (_, stop) =>
        {
            var n = Interlocked.Increment(ref _errands);
            bookings.Add(await new VirtualResident(_world, Errand.Number(n), Patience, seed: n).Book(stop));
        });
        return [.. bookings];
    }

    private async Task<List<TurnTime>> Greetings(int count, int atOnce, CancellationToken cancel)
    {
        var times = new ConcurrentBag<TurnTime>();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancel }, async (_, stop) =>
        {
            var phone = _world.Platform.AddResident(_world.Channel);
            await _world.Platform.WaitForBotMessage(phone, 0, stop);
            var (before, since) = (_world.Platform.Screen(phone).LastSeq, Stopwatch.GetTimestamp());
            var sent = _world.Platform.SendText(phone, "こんにちは");
            var acknowledged = Acknowledged(sent.FirstAttempt, since);
            await _world.Platform.WaitForBotMessage(phone, before, stop);
            times.Add(new(Stopwatch.GetElapsedTime(since), await acknowledged));
        });
        return [.. times];

        static async Task<TimeSpan> Acknowledged(Task attempt, long since)
        {
            await attempt;
            return Stopwatch.GetElapsedTime(since);
        }
    }

    // Somebody starts the office by hand, with settings that are known only now.
    private static async Task Ready(Uri office, LineWorld world, CancellationToken cancel)
    {
        Console.WriteLine($"Start the office for {office} with these settings; the run begins when it is ready:");
        foreach (var (name, value) in world.Settings) Console.WriteLine($"  export {name}={value}");
        Console.WriteLine($"  export ASPNETCORE_ENVIRONMENT=Development ASPNETCORE_URLS={office} Public__BaseUrl={office.ToString().TrimEnd('/')}");
        using var http = new HttpClient();
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        do
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(office, "/health/ready"), cancel);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // not there yet
            }
        }
        while (await again.WaitForNextTickAsync(cancel));
    }
}
