namespace OrleansGov.Procedures;

/// <summary>How long a desk lets things wait. All of it is the municipality's to set, per department.</summary>
public sealed record DeskSettings
{
    public static readonly DeskSettings Default = new();

    /// <summary>Q1: waiting so long, the resident hears that we know.</summary>
    public TimeSpan WaitingNotice { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Q2: waiting so long, the lead is told.</summary>
    public TimeSpan LeadAlert { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Q3: nobody came; counted in opening hours.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>H1: the owner is reminded of an unanswered word.</summary>
    public TimeSpan StaffWarning { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>H1: and released from it.</summary>
    public TimeSpan StaffSilence { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>H2: the resident is asked whether anything is open.</summary>
    public TimeSpan ResidentReminder { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>H2: so long without a word of the resident, the bot takes over.</summary>
    public TimeSpan ResidentSilence { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>So long a closed case is taken up again, and so long a resume question stays.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(24);

    /// <summary>受け取りました is said this often at most.</summary>
    public TimeSpan ReceiptEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Open days until a promised callback.</summary>
    public int CallbackDays { get; init; } = 3;

    /// <summary>Whether officers may take a talk from a colleague; leads may always.</summary>
    public bool OfficersMaySteal { get; init; }

    /// <summary>The console's heartbeat keeps the owner from being shown as away for so long.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    /// <summary>The engine's own failures hand over at most this often.</summary>
    public static readonly TimeSpan FailureEvery = TimeSpan.FromHours(1);
}
