using System.Diagnostics;
using OrleansGov.LocalLine;
using OrleansGov.Residents;

namespace OrleansGov.EndToEnd.Tests;

/// <summary>Residents booking at the same time from an office that is its own process, while the test does something to that process.</summary>
public sealed class Drill : IAsyncDisposable
{
    public TimeSpan Patience { get; } = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private readonly List<(int At, TaskCompletionSource Reached)> _moments = [];
    private int _turns;

    private Drill(SmallTown town, LineWorld world)
    {
        (Town, World) = (town, world);
        Office = new OfficeProcess(OfficeProcess.BuiltBesideThis(), town.Data, world.Settings.Append(new("Packs__Directory", town.Packs)).ToDictionary());
        Books = new Books(town.Data);
        world.CallOffice(Office.Url);
    }

    public SmallTown Town { get; }

    public LineWorld World { get; }

    public OfficeProcess Office { get; }

    public Books Books { get; }

    public List<DateTimeOffset> Kills { get; } = [];

    public List<VirtualResident> Residents { get; } = [];

    public static async Task<Drill> OpenAsync(int placesPerDay)
    {
        // As LINE comes again, only sooner: a test has a minute.
        double[] delays = [0.25, 0.5, 1, 1, .. Enumerable.Repeat(2.0, 60)];
        var world = await LineWorld.OpenAsync(new LocalLineOptions
        {
            RedeliveryDelays = [.. delays.Select(TimeSpan.FromSeconds)], JournalLength = 1_000_000, FindingsLength = 100_000, ScreenLength = 1_000, RateLimits = false,
        });
        var drill = new Drill(new SmallTown(placesPerDay), world);
        await drill.Office.Start();
        return drill;
    }

    /// <summary>Starts all dialogues, so many at a time.</summary>
    /// <returns>Their ends, in no order.</returns>
    public async Task<List<Booking>> Book(DrillSize size, CancellationToken cancel)
    {
        for (var n = 0; n < size.Dialogues; n++) Residents.Add(Resident(n, size.Seed));
        var bookings = new Booking?[size.Dialogues];
        await Parallel.ForAsync(0, size.Dialogues, new ParallelOptions { MaxDegreeOfParallelism = size.Residents, CancellationToken = cancel },
            async (n, stop) => bookings[n] = await Residents[n].Book(stop));
        return [.. bookings.OfType<Booking>()];
    }

    public VirtualResident Resident(int n, int seed = 0) => new(World, Errand.Number(n), Patience, seed + n) { Acting = Acted };

    /// <summary>Completes when so many more turns have begun.</summary>
    public Task AfterTurns(int more)
    {
        lock (_gate)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _moments.Add((_turns + more, reached));
            return reached.Task;
        }
    }

    public async Task Kill()
    {
        await Office.Kill();
        Kills.Add(DateTimeOffset.UtcNow); // now it is surely dead: in the milliseconds between the order and the end it still spoke
    }

    /// <summary>Waits until LINE has brought everything and Records has every fact. The office is another process, so there is nothing but its files to look at.</summary>
    public async Task CatchUp(CancellationToken cancel)
    {
        await Task.WhenAll(Residents.SelectMany(r => r.Sent).Select(s => s.Settled)).WaitAsync(cancel);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var clock = Stopwatch.StartNew();
        while (Books.Behind() is { Count: > 0 } behind)
        {
            if (clock.Elapsed > TimeSpan.FromSeconds(40)) Assert.Fail($"Records still lacks facts of {string.Join(", ", behind)}\n{Office.LastWords}");
            await again.WaitForNextTickAsync(cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Office.DisposeAsync();
        await World.DisposeAsync();
        Town.Dispose();
    }

    private void Acted()
    {
        lock (_gate)
        {
            _turns++;
            foreach (var (_, reached) in _moments.FindAll(m => m.At <= _turns)) reached.TrySetResult();
            _moments.RemoveAll(m => m.At <= _turns);
        }
    }
}
