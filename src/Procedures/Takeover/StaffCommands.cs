namespace OrleansGov.Procedures;

/// <summary>What became of a command: the verdict and, where something happened, the turn to be written.</summary>
/// <param name="Missing">For <see cref="ControlVerdict.Incomplete"/>.</param>
public sealed record CommandTurn(ControlVerdict Verdict, Turn? Turn = null, string? Missing = null);

/// <summary>
/// Decides commands of staff: pure. The order of refusals is HTTP's: what does not exist for the caller, what the caller may never do, what would be refused whatever the
/// precondition, and only then the precondition (takeover.md C1).
/// </summary>
public static class StaffCommands
{
    public static CommandTurn Decide(Conversation talk, ControlCommand command, Office office, DateTimeOffset now)
    {
        var control = talk.Control;
        var by = command.By;
        if (!Sees(talk, by, office)) return new(ControlVerdict.NotVisible);
        if (!MayEver(command)) return new(ControlVerdict.Forbidden);
        if (Unchanged(control, command)) return new(ControlVerdict.Unchanged);
        if (Refusal(talk, command, office) is { } refusal) return new(refusal);
        if (Missing(talk, command, office) is { } missing) return new(ControlVerdict.Incomplete, Missing: missing);
        if (command.IfEpoch is null) return new(ControlVerdict.PreconditionRequired);
        if (command.IfEpoch != control.Epoch) return new(ControlVerdict.Stale);

        var desk = new TurnDesk(talk, $"staff.{control.Epoch + 1}", office, now);
        return Do(desk, command) ? new(ControlVerdict.Done, desk.End()) : new(ControlVerdict.IllegalTransition);
    }

    /// <summary>Whether the talk exists for this person: one of the departments that have to do with the resident is theirs.</summary>
    public static bool Sees(Conversation talk, Actor by, Office office) =>
        by.Town == office.Town.Id && talk.Control.State != ControlState.Erased && (by.Departments is null || Concerned(talk, office).Exists(by.Sees));

    /// <summary>A person proposes a value for the question in hand.</summary>
    /// <returns>The turn, or why not: null turn and null words when no such question is in hand.</returns>
    public static (Turn? Turn, string? Why) Propose(Conversation talk, string step, string text, string by, Office office, DateTimeOffset now)
    {
        var desk = new TurnDesk(talk, $"proposal.{now.ToUnixTimeMilliseconds()}", office, now);
        if (talk.Active is not { Stage: RunStage.Asking } run || desk.ProcedureOf(run) is not { } procedure || ProcedureMachine.CurrentStep(procedure, run) is not { } current || current.Id != step) return (null, null);
        return Proposals.Ask(desk, procedure, current, text, by) is { } why ? (null, why) : (desk.End(), null);
    }

    /// <summary>Notes that a person spoke: the resident's words are answered, and the timers follow.</summary>
    public static Conversation Spoken(Conversation talk, Office office, DateTimeOffset now)
    {
        var desk = new TurnDesk(talk, "", office, now);
        ControlMoves.Remember(desk, h => h with { LastStaffAt = now, UnansweredSince = null, RemindedAt = null });
        return desk.Talk;
    }

    /// <summary>T16: everything is forgotten but that there was something.</summary>
    public static Turn Erase(Conversation talk, string by, Office office, DateTimeOffset now)
    {
        var desk = new TurnDesk(talk, $"erase.{talk.Control.Epoch + 1}", office, now);
        if (!ControlMoves.Fire(desk, ControlTrigger.Erase, new ControlFacts(), by, c => new Control(ControlState.Erased, c.Epoch, now, CaseNumber: c.CaseNumber) { Handoff = c.Handoff is { } h ? new Handoff(h.Department) : null })) return desk.End();
        if (talk.Active is { } active) desk.Do(ProcedureMachine.Releases(active));
        foreach (var run in talk.Suspended) desk.Do(ProcedureMachine.Releases(run));
        desk.Talk = Conversation.New with { Control = desk.Talk.Control with { CaseNumber = null, Handoff = null }, Reachable = false };
        return desk.End();
    }

    private static ImmutableList<string> Concerned(Conversation talk, Office office) => talk.Control.State is ControlState.Queued or ControlState.QueuedOutOfHours or ControlState.Human
        ? [talk.Control.Handoff!.Department] // a department that passed the talk on loses sight of it
        : RunStanding.Departments(talk, office);

    private static bool MayEver(ControlCommand command) => command switch
    {
        ControlCommand.Intervene => command.By.May(StaffRights.Take) || command.By.May(StaffRights.Intervene),
        _ => command.By.May(StaffRights.Take) || command.By.May(StaffRights.Lead),
    };

    private static bool Unchanged(Control control, ControlCommand command) => command switch
    {
        ControlCommand.Take or ControlCommand.Intervene => control.State == ControlState.Human && control.Owner == command.By.Id,
        ControlCommand.Transfer transfer => control.State == ControlState.Human && control.Owner == transfer.Owner,
        ControlCommand.ReturnToBot => control.State == ControlState.Returned,
        _ => false,
    };

    // 409 whatever the precondition
    private static ControlVerdict? Refusal(Conversation talk, ControlCommand command, Office office)
    {
        var control = talk.Control;
        switch (command)
        {
            case ControlCommand.Take:
                return control.State switch
                {
                    ControlState.Queued => null,
                    ControlState.Human => ControlVerdict.AlreadyTaken,
                    _ => ControlVerdict.IllegalTransition,
                };
            case ControlCommand.Intervene:
                if (control.State == ControlState.Human) return ControlVerdict.AlreadyTaken;
                if (control.State is not (ControlState.Bot or ControlState.Returned or ControlState.Closed)) return ControlVerdict.IllegalTransition;
                return command.By.May(StaffRights.Intervene) || HasOpenCase(talk, command.By, office) ? null : ControlVerdict.Forbidden;
            default:
                if (control.State != ControlState.Human) return ControlVerdict.IllegalTransition;
                var may = control.Owner == command.By.Id || command.By.May(StaffRights.Lead)
                    || (command is ControlCommand.Transfer transfer && transfer.Owner == command.By.Id && office.Town.DepartmentOf(control.Handoff!.Department).Desk.OfficersMaySteal);
                return may ? null : ControlVerdict.NotOwner;
        }
    }

    private static string? Missing(Conversation talk, ControlCommand command, Office office) => command switch
    {
        ControlCommand.Intervene { Reason: null or "" } when !HasOpenCase(talk, command.By, office) => "reason",
        ControlCommand.Transfer { Owner: "" } => "owner",
        ControlCommand.Transfer { Reason: null or "" } when talk.Control.Owner != command.By.Id => "reason",
        ControlCommand.Release { Department: { } department } when !office.Town.Departments.Exists(d => d.Id == department && d.TakesOver) => "department",
        ControlCommand.Close { Result: "" } => "result",
        ControlCommand.Close { Tags.IsEmpty: true } => "tags",
        _ => null,
    };

    private static bool HasOpenCase(Conversation talk, Actor by, Office office) =>
        (talk.Control.Handoff is { CaseOpen: true } handoff && by.Sees(handoff.Department))
        || talk.Cases.Exists(c => c.Status is "accepted" or "changed" or "waiting" && by.Sees((office.Version(c.ProcedureId, c.Version) ?? office.Published.GetValueOrDefault(c.ProcedureId))?.Department));

    private static bool Do(TurnDesk desk, ControlCommand command)
    {
        var by = command.By;
        var owner = new ControlFacts { MayTake = true, MayTransfer = true, IsOwnerOrLead = true, ReasonGiven = true };
        switch (command)
        {
            case ControlCommand.Take:
                return ControlMoves.Fire(desk, ControlTrigger.Take, owner, by.Id, c => Owned(c, by.Id, by.Name, desk.Now)) && Introduce(desk);
            case ControlCommand.Intervene intervene:
                return Intervene(desk, intervene, owner);
            case ControlCommand.Transfer transfer:
                return ControlMoves.Fire(desk, ControlTrigger.Transfer, owner, by.Id, c => c with
                {
                    Owner = transfer.Owner, Reason = transfer.Reason ?? c.Reason, Handoff = c.Handoff! with { OwnerName = transfer.OwnerName, RemindedAt = null },
                });
            case ControlCommand.Release release:
                return Handoffs.Release(desk, release.Department ?? desk.Talk.Control.Handoff!.Department, release.Reason, by.Id, owner);
            case ControlCommand.ReturnToBot back:
                return Returns.Return(desk, back.WorkLeft, by.Id, owner);
            case ControlCommand.Close close:
                return Returns.Close(desk, close.Result, close.Tags, by.Id, owner);
            default:
                throw new InvalidOperationException($"No rule for {command.GetType().Name}.");
        }
    }

    // T4: the open case of the department is worked on; where there is none, one is opened
    private static bool Intervene(TurnDesk desk, ControlCommand.Intervene command, ControlFacts facts)
    {
        var by = command.By;
        var before = desk.Talk.Control;
        var department = (by.Departments is null ? Concerned(desk.Talk, desk.Office).FirstOrDefault() : Concerned(desk.Talk, desk.Office).Find(by.Sees)) ?? by.Departments?.FirstOrDefault() ?? Handoffs.First(desk);
        var known = before.Handoff is { CaseOpen: true } open && open.Department == department ? before.CaseNumber : null;
        var run = desk.Talk.Active?.Id;
        if (!ControlMoves.Fire(desk, ControlTrigger.Intervene, facts, by.Id, c => Owned(c with
        {
            CaseNumber = known,
            Reason = command.Reason ?? c.Reason,
            Handoff = new Handoff(department) { Run = run, CaseOpen = known is not null, FailedAt = c.Handoff?.FailedAt },
        }, by.Id, by.Name, desk.Now))) return false;
        desk.Talk = desk.Talk with { Open = null };
        if (known is null) Handoffs.Ask(desk, Handoffs.Intervened, department, command.Reason ?? "");
        return Introduce(desk);
    }

    // somebody who waits, waits for an answer
    private static Control Owned(Control control, string owner, string name, DateTimeOffset now) => control with
    {
        Owner = owner,
        Handoff = control.Handoff! with { OwnerName = name, WaitingSince = null, QueuedFrom = null, UnansweredSince = control.Handoff.UnansweredSince ?? now, RemindedAt = null, CallbackBy = null },
    };

    private static bool Introduce(TurnDesk desk)
    {
        var department = desk.Office.Town.DepartmentOf(desk.Talk.Control.Handoff!.Department);
        desk.Sender = SenderOf(department, desk.Words);
        desk.Announce(desk.Fill(desk.Words.StaffTook, "department", department.Name));
        return true;
    }

    /// <summary>The name the resident sees over words of staff: 環境課 職員, at most 20 UTF-16 units (LINE).</summary>
    public static string SenderOf(Department department, Phrases words)
    {
        var name = Template.Fill(words.StaffSender, StepConduct.Fill("department", department.Name));
        return name.Length <= 20 ? name : name[..20];
    }
}
