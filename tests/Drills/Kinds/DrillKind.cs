using OrleansGov.Residents;
using OrleansGov.Shared;

namespace OrleansGov.Drills;

/// <summary>Where the office keeps its data and how many processes it has.</summary>
public enum DrillMode
{
    /// <summary>One process on SQLite.</summary>
    Embedded,

    /// <summary>Nodes on PostgreSQL.</summary>
    Cluster,
}

/// <summary>A failure that can be drilled.</summary>
/// <param name="Name">As given on the command line.</param>
/// <param name="What">What is done.</param>
/// <param name="Modes">Where it means something.</param>
/// <param name="Script">Does it, while residents book; it ends when the last trouble is over.</param>
public sealed record DrillKind(string Name, string What, IReadOnlyList<DrillMode> Modes, Func<Drill, CancellationToken, Task> Script)
{
    private static readonly DrillMode[] Both = [DrillMode.Embedded, DrillMode.Cluster];

    /// <summary>Why it cannot be held on this machine; null = it can.</summary>
    public Func<DrillSize, string?> Missing { get; init; } = _ => null;

    /// <summary>What stands before the office opens.</summary>
    public Func<DrillSize, Preparation> Prepare { get; init; } = _ => new Preparation();

    public static IReadOnlyList<DrillKind> All { get; } =
    [
        new("calm", "nothing: what the others are compared with", Both, CalmDrill.Run),
        new("kill", "kill -9 of a node at moments of chance, also while it starts", Both, KillDrill.Run),
        new("stop", "SIGTERM, as systemd and containers send it", Both, StopDrill.Run),
        new("freeze", "SIGSTOP for 3 and for 15 seconds, then SIGCONT", Both, FreezeDrill.Run),
        new("line-429", "LINE answers 429 to everything", Both, LineDrill.Refuses),
        new("line-500", "LINE answers 500 to everything, accepting nothing", Both, LineDrill.Fails),
        new("line-lost", "LINE accepts, then answers 500", Both, LineDrill.AcceptsAndFails),
        new("line-hangup", "LINE accepts, then hangs up", Both, LineDrill.AcceptsAndHangsUp),
        new("line-silent", "LINE does not answer until the office gives up", Both, LineDrill.IsSilent),
        new("storm", "LINE brings every event three times, out of order", Both, StormDrill.Run),
        new("postgres-restart", "PostgreSQL restarts: in order, then without a checkpoint, as after a power cut", [DrillMode.Cluster], PostgresDrill.Restarts),
        new("postgres-away", "PostgreSQL is away for the length of the drill", [DrillMode.Cluster], PostgresDrill.IsAway),
        new("upgrade", "an older build and its data; its nodes are replaced one after another (--previous)", Both, UpgradeDrill.Run) { Missing = UpgradeDrill.Missing, Prepare = UpgradeDrill.Prepare },
        new("disk-full", "the data disk is full, then has room again", [DrillMode.Embedded], DiskDrill.Run) { Missing = DiskDrill.Missing, Prepare = DiskDrill.Prepare },
        new("clock", "the office's clock steps forward and back by minutes and hours", Both, ClockDrill.Run) { Missing = ClockDrill.Missing, Prepare = ClockDrill.Prepare },
    ];
}

/// <summary>What a drill needs before its office opens, and what goes after it.</summary>
public sealed class Preparation : IDisposable
{
    /// <summary>Further environment of every node.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Program the office starts as; null = the one built beside this.</summary>
    public string? StartsAs { get; init; }

    /// <summary>Done to the town before its office opens.</summary>
    public Action<SmallTown>? Town { get; set; }

    /// <summary>The disk with the data, where it is a small one.</summary>
    public SmallDisk? Disk { get; set; }

    /// <summary>Done after everything.</summary>
    public Action Undo { get; set; } = () => { };

    public void Dispose() => Undo();
}
