namespace OrleansGov.Drills;

/// <summary>How big a drill is.</summary>
/// <param name="Dialogues">At least; while a fault lasts the town goes on, up to three times as many.</param>
/// <param name="Residents">At the same time.</param>
/// <param name="Seed">Of the drill's choices; the moments still depend on the machine.</param>
/// <param name="Limit">Until every dialogue must have ended and everything must have caught up.</param>
public sealed record DrillSize(int Dialogues, int Residents, int Seed, TimeSpan Limit)
{
    /// <summary>How long a fault lasts that lasts.</summary>
    public TimeSpan Fault { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a fault strikes that is over at once.</summary>
    public int Times { get; init; } = 10;

    /// <summary>What a resident takes to answer, on average: the load of a drill.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>What the office stands on.</summary>
    public DrillMode Mode { get; init; }

    /// <summary>Program of an older build of the office, for the drill that replaces it; null = none.</summary>
    public string? Previous { get; init; }

    /// <summary>Nodes of the office; more than one only in cluster mode.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>Folder where the nodes' logs are kept; null = nowhere.</summary>
    public string? Logs { get; init; }

    /// <summary>So few that residents compete for the days.</summary>
    public int PlacesPerDay => Math.Max(4, Dialogues / 12);

    /// <summary>The town has no room for many more.</summary>
    public int MostDialogues => 3 * Dialogues;
}
