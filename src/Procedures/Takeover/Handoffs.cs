namespace OrleansGov.Procedures;

/// <summary>The way to a person: T1, T2, T14 and T17, and back into the queue (T6). The case comes first; the control moves when it is open, so that the sentence that says so has its number.</summary>
internal static class Handoffs
{
    /// <summary>Endings of the ids of requests: by the resident's word, by a failure of ours, by an officer who steps in. Those of a pack's own handoff step end in the step's id.</summary>
    public const string Asked = ".staff", Failed = ".failure", Intervened = ".intervene";

    /// <summary>The resident wants a person.</summary>
    public static void Request(TurnDesk desk)
    {
        var control = desk.Talk.Control;
        if (control is { State: ControlState.QueuedOutOfHours, CaseNumber: { } waiting })
        {
            desk.Speak(desk.Fill(desk.Words.StaffAlreadyRequested, "number", waiting));
            return;
        }

        if (desk.Talk.Awaiting.Exists(id => id.EndsWith(Asked, StringComparison.Ordinal))) return; // a double tap
        var run = desk.Talk.Active;
        var procedure = run is null ? null : desk.ProcedureOf(run);
        var department = procedure?.Department ?? First(desk);
        if (Again(desk, control, department)) return;
        Ask(desk, Asked, department, desk.Words.TalkToStaff);
    }

    /// <summary>The engine failed. Once an hour somebody is called; otherwise a fixed sentence.</summary>
    public static void Fail(TurnDesk desk)
    {
        var run = desk.Talk.Active;
        var department = (run is null ? null : desk.ProcedureOf(run))?.Department ?? First(desk);
        var handoff = desk.Talk.Control.Handoff ?? new Handoff(department);
        if (desk.Now - handoff.FailedAt < DeskSettings.FailureEvery || !desk.Office.Town.DepartmentOf(department).TakesOver || desk.Talk.Control.State == ControlState.QueuedOutOfHours)
        {
            desk.Speak(desk.Fill(desk.Words.EngineFailed));
            return;
        }

        desk.Talk = desk.Talk with { Control = desk.Talk.Control with { Handoff = handoff with { FailedAt = desk.Now } } };
        Ask(desk, Failed, department, "engine-failure");
    }

    /// <summary>The case of a request is open: now the control moves.</summary>
    /// <param name="request">Id of the intent.</param>
    public static void Requested(TurnDesk desk, Outcome.StaffRequested requested, string request)
    {
        var department = desk.Office.Town.DepartmentOf(requested.Department is "" ? First(desk) : requested.Department);
        var control = desk.Talk.Control;
        var open = department.Hours.IsOpen(desk.Now);
        if (control.State == ControlState.Human)
        {
            // an officer stepped in, or was quicker than the case
            ControlMoves.Change(desk, ControlTrigger.Intervene, control.Owner ?? ControlMoves.System, c => c with { CaseNumber = requested.Number, Handoff = c.Handoff! with { CaseOpen = true } });
        }
        else if (control.State is ControlState.Queued or ControlState.QueuedOutOfHours or ControlState.Erased)
        {
            desk.Do(new Intent.Cancel(requested.Number) { Id = $"{request}.again" }); // it waits already
        }
        else if (!department.TakesOver)
        {
            WithoutDesk(desk, department, requested.Number, request.EndsWith(Asked, StringComparison.Ordinal));
        }
        else
        {
            var (trigger, facts) = request.EndsWith(Failed, StringComparison.Ordinal) ? (ControlTrigger.EngineFailure, new ControlFacts())
                : open ? (ControlTrigger.RequestStaff, new ControlFacts { InHours = true })
                : (ControlTrigger.RequestStaffOutOfHours, new ControlFacts());
            Enter(desk, trigger, facts, department, requested.Number, requested.Reason);
            Tell(desk, department, requested.Ahead, requested.Estimate);
        }
    }

    /// <summary>T6: from a person back to the queue, also of another department.</summary>
    public static bool Release(TurnDesk desk, string department, string? reason, string by, ControlFacts facts)
    {
        var handoff = desk.Talk.Control.Handoff!;
        var to = desk.Office.Town.DepartmentOf(department);
        var since = handoff.UnansweredSince ?? desk.Now;
        if (!ControlMoves.Fire(desk, ControlTrigger.Release, facts, by, c => c with
        {
            Reason = reason ?? c.Reason,
            Handoff = handoff with { Department = to.Id, WaitingSince = since, QueuedFrom = handoff.LastStaffAt > since ? handoff.LastStaffAt : to.Id == handoff.Department ? since : desk.Now, NoticedAt = null, LeadToldAt = null, KeepWaiting = false, Proposal = null },
        })) return false;
        if (CloseIfClosed(desk, to)) TellClosed(desk, to);
        else if (handoff.UnansweredSince is not null) desk.Announce(desk.Words.StaffHandingOver);
        return true;
    }

    /// <summary>Opens a case; the control moves when it is open.</summary>
    public static void Ask(TurnDesk desk, string kind, string department, string reason)
    {
        var run = desk.Talk.Active;
        var intent = new Intent.RequestStaff(department, reason, run?.ProcedureId, run?.Answers ?? ImmutableSortedDictionary<string, Answer>.Empty) { Id = $"{desk.EventId}{kind}" };
        desk.Talk = desk.Talk with { Awaiting = desk.Talk.Awaiting.Add(intent.Id) };
        desk.Do(intent);
    }

    /// <summary>The department a request goes to when no procedure says another.</summary>
    public static string First(TurnDesk desk) => desk.Office.Town.Departments is [var first, ..] ? first.Id : "general";

    // T14, or T1 with the case that is still open: no second case for the same department
    private static bool Again(TurnDesk desk, Control control, string department)
    {
        if (control is not { CaseNumber: { } number, Handoff: { } handoff } || handoff.Department != department) return false;
        var to = desk.Office.Town.DepartmentOf(department);
        if (!to.TakesOver) return false;
        var open = to.Hours.IsOpen(desk.Now);
        var within = desk.Now - control.Since < to.Desk.Window;
        if (control.State == ControlState.Closed && within)
            Enter(desk, ControlTrigger.Reopen, new ControlFacts { WithinReopenWindow = true }, to, number, desk.Words.TalkToStaff);
        else if (handoff.CaseOpen)
            Enter(desk, open ? ControlTrigger.RequestStaff : ControlTrigger.RequestStaffOutOfHours, new ControlFacts { InHours = open }, to, number, desk.Words.TalkToStaff);
        else return false;
        Tell(desk, to, ahead: null, estimate: null);
        return true;
    }

    private static void Enter(TurnDesk desk, ControlTrigger trigger, ControlFacts facts, Department department, string number, string reason)
    {
        var run = desk.Talk.Active?.Id;
        ControlMoves.Fire(desk, trigger, facts, trigger == ControlTrigger.EngineFailure ? ControlMoves.System : ControlMoves.Resident, c => c with
        {
            CaseNumber = number,
            Reason = reason,
            BotContinues = false,
            Handoff = new Handoff(department.Id) { WaitingSince = desk.Now, QueuedFrom = desk.Now, UnansweredSince = desk.Now, CaseOpen = true, Run = run, FailedAt = c.Handoff?.FailedAt },
        });
        desk.Talk = desk.Talk with { Open = null }; // whatever we asked meanwhile is not the question now
        CloseIfClosed(desk, department);
    }

    private static bool CloseIfClosed(TurnDesk desk, Department department) =>
        desk.Talk.Control.State == ControlState.Queued && !department.Hours.IsOpen(desk.Now)
        && ControlMoves.Fire(desk, ControlTrigger.HoursChanged, new ControlFacts { InHours = false }, ControlMoves.System, c => c);

    private static void Tell(TurnDesk desk, Department department, int? ahead, TimeSpan? estimate)
    {
        if (desk.Talk.Control.State == ControlState.QueuedOutOfHours)
        {
            TellClosed(desk, department);
            return;
        }

        var words = desk.Words;
        var wait = (ahead, estimate) switch
        {
            (null, _) => "",
            (0, _) => words.StaffWaitNobody,
            ({ } people, { } time) => desk.Fill(words.StaffWaitEstimate, "people", $"{people}", "minutes", $"{(int)Math.Ceiling(time.TotalMinutes / 5) * 5}"),
            ({ } people, null) => desk.Fill(words.StaffWait, "people", $"{people}"),
        };
        desk.Announce(desk.Fill(words.StaffQueued, "number", desk.Talk.Control.CaseNumber!, "wait", wait).Replace("\n\n", "\n", StringComparison.Ordinal), TurnDesk.Word(words.BackToBot));
    }

    private static void TellClosed(TurnDesk desk, Department department)
    {
        var next = department.Hours.NextOpening(desk.Now) is { } opening
            ? $"{JapaneseDates.Day(Town.Today(opening), Town.Today(desk.Now))} {opening.ToOffset(Town.Offset):H:mm}" : desk.Words.StaffReopening;
        desk.Announce(desk.Fill(desk.Words.StaffClosed, "hours", department.Hours.Words, "next", next, "number", desk.Talk.Control.CaseNumber!, "phone", department.Phone ?? desk.Office.Town.Phone),
            TurnDesk.Word(desk.Words.LeaveMessage), TurnDesk.Word(desk.Words.BotGoesOn));
    }

    // takeover is switched off here: the request is a case, the answer says so plainly, and the bot goes on
    private static void WithoutDesk(TurnDesk desk, Department department, string number, bool askAgain)
    {
        ControlMoves.Fire(desk, ControlTrigger.RequestStaffOutOfHours, new ControlFacts(), ControlMoves.Resident, c => c with
        {
            CaseNumber = number,
            BotContinues = true,
            Reason = desk.Words.TalkToStaff,
            Handoff = new Handoff(department.Id) { CaseOpen = true, WaitingSince = desk.Now },
        });
        desk.Speak(new Say.Words(desk.Fill(desk.Words.StaffRequested, "number", number)) { Quick = [TurnDesk.Word(desk.Words.BackToBot)] }, Importance.MustArrive);
        if (askAgain && desk.Talk.Active is not null) Dialogue.AskAgain(desk);
    }
}
