using Stateless;

namespace OrleansGov.Procedures;

/// <summary>What the machine must know about the moment of a transition: rights, hours, clocks. The caller fills in what applies.</summary>
public sealed record ControlFacts
{
    public bool InHours { get; init; }
    public bool MayTake { get; init; }
    public bool MayTransfer { get; init; }
    public bool IsOwnerOrLead { get; init; }
    public bool ReasonGiven { get; init; }
    public bool LastWordIsStaffs { get; init; }
    public bool KeepWaiting { get; init; }
    public bool WithinReopenWindow { get; init; }
    public bool OtherDepartment { get; init; }
    public bool NoFailureHandOffWithinHour { get; init; } = true;

    /// <summary>T14 applies instead of T1: the same department, inside the window.</summary>
    public bool ReopenApplies => WithinReopenWindow && !OtherDepartment;
}

/// <summary>What came of a trigger.</summary>
public abstract record Verdict
{
    private Verdict() { }

    /// <summary>The transition happened; the epoch has risen.</summary>
    public sealed record Moved(Control Control) : Verdict;

    /// <summary>An ordinary message or a stale timer: nothing changes.</summary>
    public sealed record Ignored : Verdict;

    /// <summary>A staff command that the state does not allow.</summary>
    public sealed record Refused(ControlState State, int Epoch, ImmutableList<string> Unmet) : Verdict;
}

/// <summary>
/// Who may speak, as takeover.md §4 lays down: T1–T17 with their guards. Built per decision around the record; drawn in docs/machines.md.
/// T15 (follow, unfollow) changes only the reachability flag, which the conversation keeps; it is an internal transition here.
/// </summary>
public static class ControlMachine
{
    /// <summary>Fires a trigger.</summary>
    public static Verdict Fire(Control control, ControlTrigger trigger, ControlFacts facts, DateTimeOffset now)
    {
        Verdict verdict = new Verdict.Ignored();
        var next = control.State;
        var machine = Machine(() => next, s => next = s, facts);
        machine.OnTransitioned(_ => verdict = new Verdict.Moved(control));
        machine.OnUnhandledTrigger((state, fired, unmet) => verdict = IsStaffCommand(fired)
            ? new Verdict.Refused(state, control.Epoch, [.. unmet ?? []])
            : new Verdict.Ignored());
        machine.Fire(trigger);
        return verdict is Verdict.Moved
            ? new Verdict.Moved(control with { State = next, Epoch = control.Epoch + 1, Since = now, Owner = next == ControlState.Human ? control.Owner : null })
            : verdict;
    }

    /// <summary>T3–T8: refused where not legal; everything else is ignored there.</summary>
    public static bool IsStaffCommand(ControlTrigger trigger) => trigger is
        ControlTrigger.Take or ControlTrigger.Intervene or ControlTrigger.Transfer or ControlTrigger.Release
        or ControlTrigger.ReturnToBot or ControlTrigger.Close;

    public static StateMachine<ControlState, ControlTrigger> Machine(Func<ControlState> read, Action<ControlState> write, ControlFacts facts)
    {
        var machine = new StateMachine<ControlState, ControlTrigger>(read, write);
        machine.Configure(ControlState.Bot)
            .PermitIf(ControlTrigger.RequestStaff, ControlState.Queued, () => facts.InHours && !facts.ReopenApplies, "in hours")
            .PermitIf(ControlTrigger.RequestStaffOutOfHours, ControlState.QueuedOutOfHours, () => !facts.InHours, "closed")
            .PermitIf(ControlTrigger.Intervene, ControlState.Human, () => facts.MayTake && facts.ReasonGiven, "may intervene, reason given")
            .PermitIf(ControlTrigger.EngineFailure, ControlState.Queued, () => facts.NoFailureHandOffWithinHour, "once per hour")
            .InternalTransition(ControlTrigger.Reachability, () => { })
            .Permit(ControlTrigger.Erase, ControlState.Erased);
        machine.Configure(ControlState.Returned)
            .SubstateOf(ControlState.Bot)
            .Permit(ControlTrigger.Resume, ControlState.Bot);
        machine.Configure(ControlState.Closed)
            .SubstateOf(ControlState.Bot)
            .PermitIf(ControlTrigger.Resume, ControlState.Bot, () => !facts.WithinReopenWindow, "window over")
            .PermitIf(ControlTrigger.Reopen, ControlState.Queued, () => facts.WithinReopenWindow, "within reopen window");
        machine.Configure(ControlState.Queued)
            .PermitIf(ControlTrigger.Take, ControlState.Human, () => facts.MayTake, "officer of the department")
            .Permit(ControlTrigger.Withdraw, ControlState.Returned)
            .PermitIf(ControlTrigger.MaxWait, ControlState.Returned, () => !facts.KeepWaiting, "callback")
            .PermitReentryIf(ControlTrigger.MaxWait, () => facts.KeepWaiting, "keep waiting")
            .PermitIf(ControlTrigger.HoursChanged, ControlState.QueuedOutOfHours, () => !facts.InHours, "closing")
            .InternalTransition(ControlTrigger.Reachability, () => { })
            .Permit(ControlTrigger.Erase, ControlState.Erased);
        machine.Configure(ControlState.QueuedOutOfHours)
            .Permit(ControlTrigger.Withdraw, ControlState.Returned)
            .PermitIf(ControlTrigger.HoursChanged, ControlState.Queued, () => facts.InHours, "opening")
            .InternalTransition(ControlTrigger.Reachability, () => { })
            .Permit(ControlTrigger.Erase, ControlState.Erased);
        machine.Configure(ControlState.Human)
            .PermitReentryIf(ControlTrigger.Transfer, () => facts.MayTransfer, "may transfer")
            .PermitIf(ControlTrigger.Release, ControlState.Queued, () => facts.IsOwnerOrLead, "owner, lead or timer")
            .PermitIf(ControlTrigger.ReturnToBot, ControlState.Returned, () => facts.IsOwnerOrLead, "owner or lead")
            .PermitIf(ControlTrigger.Close, ControlState.Closed, () => facts.IsOwnerOrLead, "owner or lead")
            .PermitIf(ControlTrigger.ResidentIdle, ControlState.Returned, () => facts.LastWordIsStaffs, "last word is the staff's")
            .InternalTransition(ControlTrigger.Reachability, () => { })
            .Permit(ControlTrigger.Erase, ControlState.Erased);
        return machine;
    }
}
