namespace OrleansGov.Load.Scripting;

/// <summary>What residents do to an office, when, and what must hold. Read from a file (<see cref="ScenarioFile"/>), or made by a command.</summary>
/// <param name="Name">Kebab-case.</param>
/// <param name="Title">For people; the head of the report.</param>
public sealed record Scenario(string Name, string Title)
{
    public string About { get; init; } = "";

    /// <summary>Decides errands, personas, pauses and arrivals: the same seed plans the same run.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>After how long without an answer a resident says the last thing again.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Places a day in each district; needs an office that this tool starts. Null = the town's own.</summary>
    public int? PlacesPerDay { get; init; }

    /// <summary>Residents who have met the office before the clock starts; personas of phases that say <c>known</c> are taken from them.</summary>
    public int Known { get; init; }

    /// <summary>Dialogues before the clock starts: code, pools and caches are there when measuring begins.</summary>
    public WarmUp WarmUp { get; init; } = new(8, 16);

    /// <summary>How long running dialogues may go on after the last phase.</summary>
    public TimeSpan LetFinish { get; init; } = TimeSpan.FromSeconds(60);

    public IReadOnlyList<Phase> Phases { get; init; } = [];

    public Limits Limits { get; init; } = Limits.None;

    /// <summary>The same with more or fewer residents.</summary>
    public Scenario Scaled(double by) => by == 1 ? this : this with
    {
        Known = (int)Math.Ceiling(Known * by),
        Phases = [.. Phases.Select(p => p with
        {
            Arrivals = p.Arrivals switch
            {
                Arrivals.Open open => open with { From = open.From * by, To = open.To * by },
                Arrivals.Closed closed => closed with { Residents = Math.Max(1, (int)(closed.Residents * by)), Dialogues = closed.Dialogues is { } n ? Math.Max(1, (int)(n * by)) : null },
                _ => p.Arrivals,
            },
        })],
    };
}

/// <param name="Residents">At once.</param>
/// <param name="Dialogues">In all; 0 = none.</param>
public sealed record WarmUp(int Residents, int Dialogues);

/// <summary>A stretch of the run with one kind of load.</summary>
public sealed record Phase(string Name, Mix Mix, Arrivals Arrivals)
{
    /// <summary>Pause of a steady resident before each turn.</summary>
    public Pause Think { get; init; } = Pause.None;

    /// <summary>Residents are those who met the office before (<see cref="Scenario.Known"/>).</summary>
    public bool Known { get; init; }
}

/// <summary>Who comes, and when.</summary>
public abstract record Arrivals
{
    /// <summary>So many at once, each beginning anew when it has ended: the office's slowness slows the load.</summary>
    /// <param name="Dialogues">In all; null = until the time is over.</param>
    public sealed record Closed(int Residents, int? Dialogues, TimeSpan? For) : Arrivals;

    /// <summary>So many a second, whatever the office does: what waits, waits from the moment it meant to come.</summary>
    /// <param name="From">At the beginning; rises or falls evenly to <paramref name="To"/>.</param>
    /// <param name="Poisson">By chance, as people come; false = evenly.</param>
    public sealed record Open(double From, double To, bool Poisson, TimeSpan For) : Arrivals;
}

/// <summary>A pause between two lengths, each as likely.</summary>
public readonly record struct Pause(TimeSpan Least, TimeSpan Most)
{
    public static readonly Pause None;

    public TimeSpan Pick(Random chance) => Least + (Most - Least) * chance.NextDouble();
}

/// <summary>Personas by weight.</summary>
public sealed record Mix(IReadOnlyList<(string Persona, int Weight)> Parts)
{
    public static readonly Mix Steady = new([("steady", 1)]);

    /// <summary>A town: most are steady, everybody occurs.</summary>
    public static readonly Mix Everybody = new([
        ("steady", 60), ("double-tapper", 8), ("slow-elder", 8), ("mind-changer", 8), ("sticker-sender", 5), ("foreign-speaker", 4), ("blocker", 4), ("staff-seeker", 3)]);

    public string Pick(Random chance)
    {
        var at = chance.Next(Parts.Sum(p => p.Weight));
        foreach (var (persona, weight) in Parts)
            if ((at -= weight) < 0) return persona;
        throw new InvalidOperationException("A mix has at least one part.");
    }
}
