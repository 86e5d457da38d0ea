namespace OrleansGov.Procedures;

/// <summary>Who may speak to the resident. The rules are <see cref="ControlMachine"/>'s; the table of takeover.md §4 is their source.</summary>
/// <param name="Epoch">Fencing number: rises with every transition; a message composed under an older epoch is not sent.</param>
[GenerateSerializer, Immutable, Alias("control")]
public sealed record Control(ControlState State, int Epoch, DateTimeOffset? Since = null, string? Owner = null, string? CaseNumber = null, bool BotContinues = false, string? Reason = null)
{
    public static readonly Control Start = new(ControlState.Bot, 0);
}

/// <summary>S0–S6 of takeover.md §3.</summary>
public enum ControlState { Bot, Queued, QueuedOutOfHours, Human, Returned, Closed, Erased }

/// <summary>T1–T17 of takeover.md §4.</summary>
public enum ControlTrigger
{
    RequestStaff, RequestStaffOutOfHours, Take, Intervene, Transfer, Release, ReturnToBot, Close, ResidentIdle,
    Withdraw, MaxWait, HoursChanged, Resume, Reopen, Reachability, Erase, EngineFailure,
}
