using System.Collections.Concurrent;
using System.Diagnostics;
using OrleansGov.LocalLine;
using OrleansGov.Residents;

namespace OrleansGov.Drills;

/// <summary>Residents booking at the same time from an office that is its own process or several, while something is done to it.</summary>
public sealed class Drill : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<(int At, TaskCompletionSource Reached)> _moments = [];
    private readonly List<Trouble> _troubles = [];
    private readonly List<List<DateTimeOffset>> _acts = [];
    private readonly List<IAsyncDisposable> _opened = [];
    private readonly Switchboard _switchboard;
    private int _turns;
    private bool _over;

    private Drill(DrillSize size, Preparation preparation, SmallTown town, LineWorld world, Switchboard switchboard) =>
        (Size, Preparation, Town, World, _switchboard) = (size, preparation, town, world, switchboard);

    public DrillSize Size { get; }

    public Preparation Preparation { get; }

    public SmallTown Town { get; }

    public LineWorld World { get; }

    public Office Office { get; private set; } = null!;

    public Ground Ground { get; private set; } = null!;

    public Books Books => Ground.Books;

    /// <summary>After how long without an answer a resident says the last thing again.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(5);

    public IReadOnlyList<Trouble> Troubles
    {
        get
        {
            lock (_gate) return [.. _troubles];
        }
    }

    /// <summary>How long copies of events may still be on their way when the last dialogue has ended.</summary>
    public TimeSpan Stragglers { get; set; }

    /// <summary>LINE was away, so messages may be backing off: the office is not stopped before they have gone out.</summary>
    public bool MessagesBackOff { get; set; }

    public List<VirtualResident> Residents { get; } = [];

    /// <summary>A town, its LINE and its office on a directory of its own; the office serves.</summary>
    /// <param name="preparation">What comes before; undone with the drill. Null = nothing.</param>
    public static async Task<Drill> OpenAsync(DrillSize size, Preparation? preparation = null)
    {
        // As LINE comes again, only sooner: a drill has minutes, not hours.
        double[] delays = [0.25, 0.5, 1, 1, .. Enumerable.Repeat(2.0, 300)];
        var switchboard = new Switchboard();
        var world = await LineWorld.OpenAsync(new LocalLineOptions
        {
            RedeliveryDelays = [.. delays.Select(TimeSpan.FromSeconds)], JournalLength = 1_000_000, FindingsLength = 100_000, ScreenLength = 1_000, RateLimits = false, WebhookHandler = switchboard,
        });
        var drill = new Drill(size, preparation ?? new Preparation(), new SmallTown(size.PlacesPerDay), world, switchboard);
        try
        {
            drill.Preparation.Town?.Invoke(drill.Town);
            var door = await FrontDoor.OpenAsync(switchboard);
            drill._opened.Add(door);
            drill.Ground = await Ground.OpenAsync(size.Mode, drill.Town.Data);
            drill._opened.Add(drill.Ground);
            await drill.Ground.Migrate(drill.Preparation.StartsAs ?? OfficeProcess.BuiltBesideThis());
            var settings = world.Settings.Append(new("Packs__Directory", drill.Town.Packs)).Append(new("Public__BaseUrl", door.Url.ToString())).Append(new("Logging__LogLevel__Polly", "Warning")).Concat(drill.Preparation.Environment).ToList();
            var own = Enumerable.Range(0, size.Nodes).Select(n => settings.Concat(drill.Ground.SettingsOf(n)).ToDictionary()).ToList();
            drill.Office = new Office(size.Nodes, drill.Preparation.StartsAs ?? OfficeProcess.BuiltBesideThis(), (node, program) => new OfficeProcess(program, drill.Ground.DataOf(node), own[node]) { Overheard = LogOf(size, node) });
            switchboard.Connect(drill.Office.Nodes.Select(n => n.Url));
            world.CallOffice(door.Url);
            await drill.Office.Start();
            return drill;
        }
        catch
        {
            await drill.DisposeAsync();
            throw;
        }
    }

    /// <summary>Residents book, so many at a time, until all dialogues have been held and what is done meanwhile is over.</summary>
    /// <returns>Their ends, in no order.</returns>
    public async Task<List<Booking>> Book(Task meanwhile, CancellationToken cancel)
    {
        var bookings = new ConcurrentBag<Booking>();
        await Task.WhenAll(Enumerable.Range(0, Size.Residents).Select(_ => Task.Run(OneAfterAnother, cancel)));
        NobodyIsLeft();
        return [.. bookings];

        async Task OneAfterAnother()
        {
            while (NextResident(meanwhile) is { } resident) bookings.Add(await resident.Book(cancel));
        }
    }

    /// <summary>Somebody new, whom the audit will know.</summary>
    public VirtualResident NewResident()
    {
        lock (_gate)
        {
            List<DateTimeOffset> acts = [];
            var n = Residents.Count;
            var resident = new VirtualResident(World, Errand.Number(n), Patience, Size.Seed + n)
            {
                Acting = () => Acted(acts), Persona = n % 4 == 3 ? new DoubleTapper() : new Steady(), Think = chance => Size.Pause * (0.5 + chance.NextDouble()),
            };
            Residents.Add(resident);
            _acts.Add(acts);
            return resident;
        }
    }

    /// <summary>The last dialogue has ended: what is done now is done to nobody.</summary>
    public bool IsOver
    {
        get
        {
            lock (_gate) return _over;
        }
    }

    /// <summary>Starts another program in the place of a node that has stopped.</summary>
    public async Task Replace(int node, string program)
    {
        Office.Replace(node, program);
        _switchboard.Connect(Office.Nodes.Select(n => n.Url));
        await Office.Start(Office.Nodes[node]);
    }

    /// <summary>Completes when so many more turns have begun, or there will be none.</summary>
    public Task AfterTurns(int more)
    {
        lock (_gate)
        {
            if (_over) return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _moments.Add((_turns + more, reached));
            return reached.Task;
        }
    }

    /// <summary>Writes down that something is being done; <see cref="Trouble.End"/> when it is over.</summary>
    public Trouble Begin(string what, int? node = null)
    {
        var trouble = new Trouble(what, DateTimeOffset.UtcNow, node);
        lock (_gate) _troubles.Add(trouble);
        return trouble;
    }

    /// <summary>kill -9 of a node.</summary>
    public async Task Kill(OfficeProcess node)
    {
        var trouble = Begin("kill -9");
        await node.Kill();
        trouble.End(); // now it is surely dead: in the milliseconds between the order and the end it still spoke
    }

    /// <summary>How long the residents waited for answers because of the troubles.</summary>
    public Waits Waits() => Drills.Waits.Of(Residents.Zip(_acts).Where(r => r.First.Phone is not null)
        .Select(r => ((IReadOnlyList<DateTimeOffset>)r.Second, (IReadOnlyList<DateTimeOffset>)[.. World.Platform.Screen(r.First.Phone!).Messages.Where(m => m.FromBot).Select(m => m.At)])), Troubles);

    /// <summary>Waits until LINE has brought everything and Records has every fact. The office is another process, so there is nothing but its books to look at.</summary>
    /// <exception cref="DrillFailedException">It never does.</exception>
    public async Task CatchUp(CancellationToken cancel)
    {
        await Task.WhenAll(Residents.SelectMany(r => r.Sent).Select(s => s.Settled)).WaitAsync(cancel);
        await Task.Delay(Stragglers, cancel);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var clock = Stopwatch.StartNew();
        while (Books.Behind().Count + (MessagesBackOff ? Books.Waiting().Count : 0) is var behind and > 0)
        {
            if (clock.Elapsed > TimeSpan.FromSeconds(180)) throw new DrillFailedException($"{behind} grains still have facts for Records or something to say or to do.\n{Office.LastWords}");
            await again.WaitForNextTickAsync(cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Office is not null) await Office.DisposeAsync();
        await World.DisposeAsync();
        foreach (var part in Enumerable.Reverse(_opened)) await part.DisposeAsync();
        Preparation.Dispose();
        Town.Dispose();
    }

    private static Action<string> LogOf(DrillSize size, int node)
    {
        if (size.Logs is null) return _ => { };
        var log = TextWriter.Synchronized(new StreamWriter(Path.Combine(Directory.CreateDirectory(size.Logs).FullName, $"node-{node}.log"), append: true) { AutoFlush = true });
        return line => log.WriteLine($"{DateTimeOffset.UtcNow:mm:ss.fff} {line}");
    }

    private VirtualResident? NextResident(Task meanwhile)
    {
        lock (_gate)
        {
            return Residents.Count < Size.Dialogues || (!meanwhile.IsCompleted && Residents.Count < Size.MostDialogues) ? NewResident() : null;
        }
    }

    private void NobodyIsLeft()
    {
        lock (_gate)
        {
            _over = true;
            foreach (var (_, reached) in _moments) reached.TrySetResult();
        }
    }

    private void Acted(List<DateTimeOffset> acts)
    {
        lock (_gate)
        {
            acts.Add(DateTimeOffset.UtcNow);
            _turns++;
            foreach (var (_, reached) in _moments.FindAll(m => m.At <= _turns)) reached.TrySetResult();
            _moments.RemoveAll(m => m.At <= _turns);
        }
    }
}

/// <summary>A drill could not be held to its end: what was seen last is in the message.</summary>
public sealed class DrillFailedException(string message) : Exception(message);
