namespace OrleansGov.Procedures;

/// <summary>The way back from a person, or from waiting for one, to the bot: T7–T11. Where a procedure was in hand the resident is asked how to go on.</summary>
internal static class Returns
{
    /// <summary>T10: the resident does not want a person after all.</summary>
    public static void Withdraw(TurnDesk desk)
    {
        if (!ControlMoves.Fire(desk, ControlTrigger.Withdraw, new ControlFacts(), ControlMoves.Resident, c => Left(c, caseOpen: false) with { Reason = null })) return;
        Come(desk, desk.Words.StaffWithdrawn);
    }

    /// <summary>T11: nobody came, or the resident would rather be called.</summary>
    public static void Callback(TurnDesk desk, string words, string by)
    {
        var handoff = desk.Talk.Control.Handoff!;
        var department = desk.Office.Town.DepartmentOf(handoff.Department);
        var day = department.Hours.OpenDayAfter(Town.Today(desk.Now), department.Desk.CallbackDays);
        if (!ControlMoves.Fire(desk, ControlTrigger.MaxWait, new ControlFacts(), by, c => Left(c, caseOpen: true) with { Handoff = Left(c, true).Handoff! with { CallbackBy = day } })) return;
        Come(desk, desk.Fill(words, "day", JapaneseDates.Day(day, Town.Today(desk.Now))));
    }

    /// <summary>T7.</summary>
    public static bool Return(TurnDesk desk, bool workLeft, string by, ControlFacts facts)
    {
        if (!ControlMoves.Fire(desk, ControlTrigger.ReturnToBot, facts, by, c => Left(c, workLeft), f => f with { WorkLeft = workLeft })) return false;
        Come(desk, desk.Words.StaffReturned);
        return true;
    }

    /// <summary>T9: the resident has not answered the person.</summary>
    public static void Idle(TurnDesk desk)
    {
        var handoff = desk.Talk.Control.Handoff!;
        if (ControlMoves.Fire(desk, ControlTrigger.ResidentIdle, new ControlFacts { LastWordIsStaffs = handoff is { UnansweredSince: null, LastStaffAt: not null } }, ControlMoves.System, c => Left(c, caseOpen: true)))
            Come(desk, desk.Words.StaffIdle);
    }

    /// <summary>T8. A procedure in hand is laid aside; it is offered after the survey.</summary>
    public static bool Close(TurnDesk desk, string result, ImmutableList<string> tags, string by, ControlFacts facts)
    {
        if (!ControlMoves.Fire(desk, ControlTrigger.Close, facts, by, c => Left(c, caseOpen: false), f => f with { Result = result, Tags = tags })) return false;
        if (desk.Talk.Active is { Stage: not RunStage.Submitting } run) ProcedureMachine.Suspend(desk, run);
        var words = desk.Words;
        desk.Announce(desk.Fill(words.StaffEnded, "number", desk.Talk.Control.CaseNumber ?? ""));
        desk.Talk = desk.Talk with { Open = new OpenQuestion("staff-satisfaction", desk.Talk.Control.CaseNumber ?? "") };
        desk.Announce(words.StaffSurvey, Survey(words.StaffSurveyGood, "good"), Survey(words.StaffSurveyFair, "fair"), Survey(words.StaffSurveyPoor, "poor"));
        return true;
    }

    /// <summary>T13: the resident's next word is the choice, whatever it is.</summary>
    public static void Resume(TurnDesk desk) => ControlMoves.Fire(desk, ControlTrigger.Resume, new ControlFacts(), ControlMoves.Resident, c => c);

    private static Choice Survey(string label, string value) => Choice.Tap(label, new TapData(TapData.Reply, "", "satisfaction", value).ToString());

    private static Control Left(Control control, bool caseOpen) => control with
    {
        BotContinues = false,
        Handoff = control.Handoff! with { CaseOpen = caseOpen, WaitingSince = null, QueuedFrom = null, UnansweredSince = null, NoticedAt = null, LeadToldAt = null, RemindedAt = null, KeepWaiting = false, Proposal = null },
    };

    private static void Come(TurnDesk desk, string lead)
    {
        var words = desk.Words;
        desk.Talk = desk.Talk with { Open = null };
        if (desk.Talk.Active is not { Stage: not RunStage.Submitting } run)
        {
            ControlMoves.Fire(desk, ControlTrigger.Resume, new ControlFacts(), ControlMoves.System, c => c); // nothing to choose
            desk.Announce($"{lead}\n{words.StaffReturnedMenu}");
        }
        else if (desk.ProcedureOf(run) is not { } procedure)
        {
            desk.Announce(lead);
            Resuming.Gone(desk, run);
        }
        else
        {
            // a person has just been there, or was not wanted: the pack's own handoff step counts as answered
            while (ProcedureMachine.CurrentStep(procedure, desk.Talk.Active!) is HandoffStep handed) ProcedureMachine.Fill(desk, procedure, handed, new Answer.Handled());
            var step = ProcedureMachine.CurrentStep(procedure, desk.Talk.Active!);
            desk.Talk = desk.Talk with { Open = new OpenQuestion("resume", run.Id) };
            desk.Announce(new Say.Question(
                $"{lead}\n{desk.Fill(words.StaffReturnedStep, "title", desk.TitleOf(run), "step", step is null ? words.ReviewTitle : (step.Label ?? step.Ask).In(desk.Talk.Language))}",
                [TurnDesk.Word(words.Continue), TurnDesk.Word(words.Restart), TurnDesk.Word(words.Quit)], ChoiceLook.Buttons));
        }
    }
}
