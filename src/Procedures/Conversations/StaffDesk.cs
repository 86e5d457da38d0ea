namespace OrleansGov.Procedures;

/// <summary>
/// The resident wants a person. Officers cannot answer in the talk yet, so every desk counts as closed: the request is queued as a
/// consultation case, the answer says so plainly, and the bot goes on (<see cref="Control.BotContinues"/>).
/// </summary>
internal static class StaffDesk
{
    /// <summary>Ends the ids of requests the resident made by word; those of a pack's own handoff step end in the step's id.</summary>
    public const string Asked = ".staff";

    public static void Request(TurnDesk desk)
    {
        if (desk.Talk.Control is { State: ControlState.QueuedOutOfHours, CaseNumber: { } waiting })
        {
            desk.Speak(desk.Fill(desk.Words.StaffAlreadyRequested, "number", waiting));
            return;
        }

        var run = desk.Talk.Active;
        var procedure = run is null ? null : desk.ProcedureOf(run);
        var intent = new Intent.RequestStaff(procedure?.Department ?? (desk.Office.Town.Departments is [var first, ..] ? first.Id : "general"),
            desk.Words.TalkToStaff, run?.ProcedureId, run?.Answers ?? ImmutableSortedDictionary<string, Answer>.Empty) { Id = $"{desk.EventId}{Asked}" };
        desk.Talk = desk.Talk with { Awaiting = desk.Talk.Awaiting.Add(intent.Id) };
        desk.Do(intent);
    }

    /// <summary>The consultation case is open: say so, and, where the resident asked in the middle of a procedure, ask the running question again.</summary>
    public static void Requested(TurnDesk desk, string number, bool askAgain)
    {
        if (ControlMachine.Fire(desk.Talk.Control, ControlTrigger.RequestStaffOutOfHours, new ControlFacts(), desk.Now) is Verdict.Moved moved)
        {
            desk.Talk = desk.Talk with { Control = moved.Control with { CaseNumber = number, BotContinues = true, Reason = desk.Words.TalkToStaff } };
            desk.Happen("control", detail: "queued");
        }

        desk.Speak(new Say.Words(desk.Fill(desk.Words.StaffRequested, "number", number)) { Quick = [TurnDesk.Word(desk.Words.BackToBot)] }, Importance.MustArrive);
        if (askAgain && desk.Talk.Active is not null) Dialogue.AskAgain(desk);
    }

    public static void Withdraw(TurnDesk desk)
    {
        if (ControlMachine.Fire(desk.Talk.Control, ControlTrigger.Withdraw, new ControlFacts(), desk.Now) is Verdict.Moved moved)
        {
            if (moved.Control.CaseNumber is { } number)
            {
                var intent = new Intent.Cancel(number) { Id = $"{desk.EventId}.withdraw" };
                desk.Do(intent);
            }

            desk.Talk = desk.Talk with { Control = moved.Control with { CaseNumber = null, BotContinues = false, Reason = null } };
            desk.Happen("control", detail: "returned");
        }

        desk.Speak(desk.Words.StaffWithdrawn);
        Dialogue.AskAgain(desk);
    }
}
