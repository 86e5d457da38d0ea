namespace OrleansGov.Procedures;

/// <summary>申込状況: the resident's own cases, changing and cancelling them while the cut-off allows.</summary>
internal static class CaseBook
{
    private const int Shown = 10;
    private const int Kept = 100;

    /// <summary>The list with one more case. What it no longer holds is still a case of the office's; those that may be changed stay longest.</summary>
    public static ImmutableList<CaseSummary> With(ImmutableList<CaseSummary> cases, CaseSummary added)
    {
        if (cases.Count >= Kept) cases = cases.RemoveAt(Math.Max(0, cases.FindIndex(c => c.Status is not ("accepted" or "changed" or "waiting"))));
        return cases.Add(added);
    }

    public static void Show(TurnDesk desk)
    {
        if (desk.Talk.Cases.IsEmpty) desk.Lead(desk.Words.NoCases);
        else desk.Speak(new Say.Cards(desk.Words.CasesTitle, [.. desk.Talk.Cases.Reverse().Take(Shown).Select(c => CardOf(desk, c))]));
        if (desk.Talk.Active is not null || desk.Talk.Cases.IsEmpty) Dialogue.AskAgain(desk);
    }

    /// <summary>A button of a case was tapped.</summary>
    public static void Tapped(TurnDesk desk, TapData tap)
    {
        if (Find(desk, tap.Value) is not { } found) return;
        switch (tap.Step)
        {
            case "change": Change(desk, found); break;
            case "cancel": AskCancel(desk, found); break;
            default: desk.Speak(CardOf(desk, found)); break;
        }
    }

    /// <summary>The answers of the case are there: its change begins at the review card.</summary>
    public static void BeginChange(TurnDesk desk, CaseDetail detail)
    {
        var procedure = desk.Office.Version(detail.ProcedureId, detail.Version) ?? desk.Office.Published.GetValueOrDefault(detail.ProcedureId);
        if (procedure is null || detail.Status is not ("accepted" or "changed"))
        {
            desk.Speak(desk.Fill(desk.Words.CaseNotChangeable, "number", detail.Number));
            return;
        }

        // one open change per case: another one of the same case starts anew from what is stored
        DropChanges(desk, detail.Number);
        if (desk.Talk.Active is { } other) ProcedureMachine.Suspend(desk, other);
        var run = new Run(ProcedureMachine.RunId(desk), procedure.Id, procedure.Version, desk.Now) { Answers = detail.Answers, Amends = detail.Number, AmendedSlot = detail.Slot };
        desk.Talk = desk.Talk with { Active = run, Open = null };
        desk.Happen("run-started", run, detail: "change");
        ProcedureMachine.AskCurrent(desk, procedure);
    }

    public static void Cancel(TurnDesk desk, string number)
    {
        if (desk.Talk.Cases.Find(c => c.Number == number) is { Day: { } day } found && ProcedureOf(desk, found) is { Completion.CancelCutOffBusinessDays: { } days } procedure && !May(desk, procedure, day, days))
        {
            desk.Talk = desk.Talk with { Open = null };
            desk.Speak(desk.Fill(desk.Words.CancelClosed, "number", number, "days", $"{days}")); // the cut-off passed while the question stood open
            return;
        }

        var intent = new Intent.Cancel(number) { Id = $"{desk.EventId}.cancel" };
        desk.Talk = desk.Talk with { Open = null, Awaiting = desk.Talk.Awaiting.Add(intent.Id) };
        desk.Do(intent);
    }

    public static void Cancelled(TurnDesk desk, string number)
    {
        DropChanges(desk, number);
        var at = desk.Talk.Cases.FindIndex(c => c.Number == number);
        desk.Talk = desk.Talk with
        {
            Cases = at < 0 ? desk.Talk.Cases : desk.Talk.Cases.SetItem(at, desk.Talk.Cases[at] with { Status = "cancelled" }),
            Due = desk.Talk.Due.RemoveAll(d => d.CaseNumber == number),
        };
        desk.Speak(new Say.Words(desk.Fill(desk.Words.CancelDone, "number", number)), Importance.MustArrive);
    }

    /// <summary>変更 and 取消 as far as the case allows them today.</summary>
    public static ImmutableList<Choice> Buttons(TurnDesk desk, string number, Procedure procedure, DateOnly? day)
    {
        var buttons = ImmutableList<Choice>.Empty;
        if (day is null) return buttons;
        if (May(desk, procedure, day.Value, procedure.Completion.ChangeCutOffBusinessDays)) buttons = buttons.Add(Tap(desk.Words.Change, "change", number));
        if (May(desk, procedure, day.Value, procedure.Completion.CancelCutOffBusinessDays)) buttons = buttons.Add(Tap(desk.Words.CancelCase, "cancel", number));
        return buttons;
    }

    private static Say.Card CardOf(TurnDesk desk, CaseSummary summary)
    {
        var words = desk.Words;
        var rows = ImmutableList.Create(new CardRow(words.ReceiptNumber, summary.Number));
        var procedure = ProcedureOf(desk, summary);
        if (summary.About is { } about) rows = rows.Add(new CardRow(LabelOf<ItemStep>(procedure, desk, "品目"), about));
        if (summary.Day is { } day) rows = rows.Add(new CardRow(LabelOf<SlotStep>(procedure, desk, "日にち"), JapaneseDates.Day(day)));
        if (summary.Fee is { } fee) rows = rows.Add(new CardRow(words.Fee, JapaneseDates.Yen(fee)));
        var open = summary.Status is "accepted" or "changed";
        return new Say.Card(summary.Title, rows, open && procedure is not null ? Buttons(desk, summary.Number, procedure, summary.Day) : [])
        {
            Badge = words.Status(summary.Status),
            Tone = open ? CardTone.Done : CardTone.Plain,
        };
    }

    private static void Change(TurnDesk desk, CaseSummary found)
    {
        if (found.Status == "cancelled")
            desk.Speak(desk.Fill(desk.Words.CaseAlreadyCancelled, "number", found.Number));
        else if (ProcedureOf(desk, found) is not { Completion.ChangeCutOffBusinessDays: { } days } procedure || found.Day is not { } day || found.Status is not ("accepted" or "changed"))
            desk.Speak(desk.Fill(desk.Words.CaseNotChangeable, "number", found.Number));
        else if (!May(desk, procedure, day, days))
            desk.Speak(desk.Fill(desk.Words.ChangeClosed, "number", found.Number, "days", $"{days}"));
        else if (desk.Talk.Active is { Stage: RunStage.Submitting })
            desk.Speak(desk.Words.StillWorking);
        else
            desk.Inquiry = new Inquiry.FetchCase(found.Number);
    }

    private static void AskCancel(TurnDesk desk, CaseSummary found)
    {
        if (found.Status == "cancelled")
            desk.Speak(desk.Fill(desk.Words.CaseAlreadyCancelled, "number", found.Number));
        else if (ProcedureOf(desk, found) is not { Completion.CancelCutOffBusinessDays: { } days } procedure || found.Day is not { } day || found.Status is not ("accepted" or "changed"))
            desk.Speak(desk.Fill(desk.Words.CaseNotChangeable, "number", found.Number));
        else if (!May(desk, procedure, day, days))
            desk.Speak(desk.Fill(desk.Words.CancelClosed, "number", found.Number, "days", $"{days}"));
        else
        {
            desk.Talk = desk.Talk with { Open = new OpenQuestion("cancel-case", found.Number) };
            desk.Speak(new Say.Question(desk.Fill(desk.Words.CancelQuestion, "number", found.Number, "title", found.Title), [.. desk.YesNo()], ChoiceLook.Confirm));
        }
    }

    private static void DropChanges(TurnDesk desk, string number)
    {
        foreach (var stale in desk.Talk.Suspended.Where(r => r.Amends == number))
        {
            desk.Do(ProcedureMachine.Releases(stale));
            desk.Talk = desk.Talk with { Suspended = desk.Talk.Suspended.Remove(stale) };
        }

        if (desk.Talk.Active is { Stage: not RunStage.Submitting } run && run.Amends == number) ProcedureMachine.GiveUp(desk);
    }

    private static string LabelOf<T>(Procedure? procedure, TurnDesk desk, string otherwise)
        where T : Step => procedure?.Steps.OfType<T>().FirstOrDefault()?.Label?.In(desk.Talk.Language) ?? otherwise;

    private static CaseSummary? Find(TurnDesk desk, string number)
    {
        var found = desk.Talk.Cases.Find(c => c.Number == number);
        if (found is null) desk.Speak(desk.Words.CaseNotFound);
        return found;
    }

    /// <summary>Whether the case may still be changed today.</summary>
    public static bool MayStillChange(TurnDesk desk, Procedure procedure, string number) =>
        desk.Talk.Cases.Find(c => c.Number == number) is not { Day: { } day } || May(desk, procedure, day, procedure.Completion.ChangeCutOffBusinessDays);

    private static bool May(TurnDesk desk, Procedure procedure, DateOnly day, int? cutOff) =>
        cutOff is { } days && procedure.Calendar is not null && SlotCalendar.MayStill(day, days, Town.Today(desk.Now), new BusinessDays(desk.Office.Town.ClosedDays));

    private static Procedure? ProcedureOf(TurnDesk desk, CaseSummary summary) =>
        desk.Office.Version(summary.ProcedureId, summary.Version) ?? desk.Office.Published.GetValueOrDefault(summary.ProcedureId);

    private static Choice Tap(string label, string verb, string number) => Choice.Tap(label, new TapData(TapData.Case, "", verb, number).ToString());
}
