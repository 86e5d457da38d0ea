using System.Text.Json.Serialization;

namespace OrleansGov.Procedures;

/// <summary>Who may speak to the resident. The rules are <see cref="ControlMachine"/>'s; the table of takeover.md §4 is their source.</summary>
/// <param name="Epoch">Fencing number and ETag: rises with every change of control; what the bot composed under an earlier epoch is not sent.</param>
/// <param name="Owner">Staff id of whoever has the talk; null unless <see cref="ControlState.Human"/>.</param>
/// <param name="CaseNumber">The case that is worked on, or was last.</param>
/// <param name="BotContinues">The resident chose to go on with the bot while the desk is closed.</param>
/// <param name="Reason">Why a person was wanted, in the words of the menu or the officer.</param>
[GenerateSerializer, Immutable, Alias("control")]
public sealed record Control(ControlState State, int Epoch, DateTimeOffset? Since = null, string? Owner = null, string? CaseNumber = null, bool BotContinues = false, string? Reason = null)
{
    public static readonly Control Start = new(ControlState.Bot, 0);

    /// <summary>The desk's side of the talk; null until a person was wanted for the first time.</summary>
    [Id(0)] public Handoff? Handoff { get; init; }

    /// <summary>True while the bot keeps quiet: what comes in is noted for staff and fed to no procedure.</summary>
    [JsonIgnore]
    public bool IsSilent => State switch
    {
        ControlState.Queued or ControlState.Human => true,
        ControlState.QueuedOutOfHours => !BotContinues,
        _ => false,
    };
}

/// <summary>What the desk's side of a talk must remember.</summary>
/// <param name="Department">Whose desk it is.</param>
[GenerateSerializer, Immutable, Alias("handoff")]
public sealed record Handoff(string Department)
{
    /// <summary>Name of whoever has the talk, for colleagues; residents see the department's.</summary>
    [Id(0)] public string? OwnerName { get; init; }

    /// <summary>Since when the resident waits for a person; kept over closing hours.</summary>
    [Id(1)] public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>Whether the case still wants something of the office.</summary>
    [Id(2)] public bool CaseOpen { get; init; }

    /// <summary>The resident pressed このまま待つ.</summary>
    [Id(3)] public bool KeepWaiting { get; init; }

    /// <summary>The first word of the resident that no person has answered yet.</summary>
    [Id(4)] public DateTimeOffset? UnansweredSince { get; init; }

    [Id(5)] public DateTimeOffset? LastStaffAt { get; init; }

    /// <summary>When 受け取りました was said last.</summary>
    [Id(6)] public DateTimeOffset? ReceiptAt { get; init; }

    /// <summary>What falls due in the present state.</summary>
    [Id(7)] public ImmutableList<ControlTimer> Timers { get; init; } = [];

    /// <summary>When the engine last handed over because it failed.</summary>
    [Id(8)] public DateTimeOffset? FailedAt { get; init; }

    /// <summary>Id of the run that was in hand when the bot fell silent.</summary>
    [Id(9)] public string? Run { get; init; }

    /// <summary>The day until which the resident was promised to hear from us.</summary>
    [Id(10)] public DateOnly? CallbackBy { get; init; }

    /// <summary>A value that staff filled in and the resident has not confirmed yet.</summary>
    [Id(11)] public Proposal? Proposal { get; init; }

    /// <summary>From when the timers of the queue count.</summary>
    [Id(12)] public DateTimeOffset? QueuedFrom { get; init; }

    /// <summary>When お待たせしています was said (Q1).</summary>
    [Id(13)] public DateTimeOffset? NoticedAt { get; init; }

    /// <summary>When the lead was told (Q2).</summary>
    [Id(14)] public DateTimeOffset? LeadToldAt { get; init; }

    /// <summary>When the owner was reminded (H1), or the resident (H2).</summary>
    [Id(15)] public DateTimeOffset? RemindedAt { get; init; }
}

/// <summary>Something of the control that falls due. If the epoch has moved on it does nothing.</summary>
[GenerateSerializer, Immutable, Alias("control-timer")]
public sealed record ControlTimer(ControlTimerKind Kind, DateTimeOffset At, int Epoch);

/// <summary>The timers of takeover.md §8.</summary>
public enum ControlTimerKind
{
    /// <summary>Q1: お待たせしています.</summary>
    WaitingNotice,

    /// <summary>Q2: the lead is told.</summary>
    LeadAlert,

    /// <summary>Q3: nobody came (T11).</summary>
    MaxWait,

    /// <summary>H1: the owner is reminded of an unanswered word.</summary>
    StaffSilentWarning,

    /// <summary>H1: the talk goes back to the queue (T6).</summary>
    StaffSilent,

    /// <summary>H2: the resident is asked whether anything is open.</summary>
    ResidentReminder,

    /// <summary>H2: the talk goes back to the bot (T9).</summary>
    ResidentSilent,

    /// <summary>T12: the desk opens or closes.</summary>
    Hours,

    /// <summary>T13: the window after a return or a close is over.</summary>
    Window,
}

/// <summary>A value that staff propose for the question in hand (C11).</summary>
/// <param name="Id">Names the buttons that answer it.</param>
/// <param name="By">Staff id.</param>
[GenerateSerializer, Immutable, Alias("proposal")]
public sealed record Proposal(string Id, string Run, string Step, Answer Answer, string By);

/// <summary>S0–S6 of takeover.md §3.</summary>
public enum ControlState { Bot, Queued, QueuedOutOfHours, Human, Returned, Closed, Erased }

/// <summary>T1–T17 of takeover.md §4.</summary>
public enum ControlTrigger
{
    RequestStaff, RequestStaffOutOfHours, Take, Intervene, Transfer, Release, ReturnToBot, Close, ResidentIdle,
    Withdraw, MaxWait, HoursChanged, Resume, Reopen, Reachability, Erase, EngineFailure,
}

/// <summary>Where a resident stands with a desk.</summary>
public enum DeskPlace { Waiting, Served, Gone }
