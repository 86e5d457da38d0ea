namespace OrleansGov.Procedures;

/// <summary>
/// 続きから: the same question again, in full. What was answered is looked at once more first: a version that is gone is said so, answers that no longer fit go, and a
/// place whose hold has lapsed is held again or another is offered.
/// </summary>
internal static class Resuming
{
    /// <summary>Names the answer whose place is being held again while the turn waits for the outcome.</summary>
    private const string Holding = "hold-again";

    public static void GoOn(TurnDesk desk)
    {
        if (desk.Talk.Active is not { } run)
        {
            Dialogue.Menu(desk);
            return;
        }

        if (desk.ProcedureOf(run) is not { } procedure)
        {
            Gone(desk, run);
            return;
        }

        if (run.Stage == RunStage.Submitting || Place(procedure, run) is not { } place)
        {
            ProcedureMachine.AskCurrent(desk, procedure);
            return;
        }

        var scene = ProcedureMachine.SceneOf(desk, procedure);
        if (SlotConduct.Offered(place.Step, scene, place.Slot) is { } day)
        {
            desk.Talk = desk.Talk with { Open = new OpenQuestion(Holding, place.Step.Id) };
            desk.Inquiry = new Inquiry.HoldSlot(place.Slot.Resource, day, place.Slot.Hold, TimeSpan.FromMinutes(place.Step.HoldMinutes));
        }
        else Lose(desk, procedure, place.Step, place.Slot);
    }

    /// <summary>Takes the outcome of holding the place again. False: the turn did not ask for that.</summary>
    public static bool Learn(TurnDesk desk, Outcome outcome)
    {
        if (desk.Talk.Open is not { About: Holding, Subject: var id } || desk.Talk.Active is not { } run || desk.ProcedureOf(run) is not { } procedure) return false;
        desk.Talk = desk.Talk with { Open = null };
        if (outcome is Outcome.SlotFull && procedure.StepById(id) is SlotStep step && run.Answers.GetValueOrDefault(id) is Answer.Slot slot) Lose(desk, procedure, step, slot);
        else ProcedureMachine.AskCurrent(desk, procedure);
        return true;
    }

    /// <summary>The version the run is pinned to was withdrawn.</summary>
    public static void Gone(TurnDesk desk, Run run)
    {
        var known = desk.Office.Published.GetValueOrDefault(run.ProcedureId);
        ProcedureMachine.GiveUp(desk, RunLifecycle.Trigger.TimeOut);
        var title = known?.Title.In(desk.Talk.Language) ?? run.ProcedureId;
        desk.Speak(desk.Fill(desk.Words.VersionGone, "title", title));
        if (desk.Talk.Control.State == ControlState.Returned) Returns.Resume(desk);
        if (known is null) Dialogue.Menu(desk);
        else desk.Speak(desk.Words.MenuQuestion, Choice.Tap(title, new TapData(TapData.Start, "", "", known.Id).ToString()));
    }

    private static (SlotStep Step, Answer.Slot Slot)? Place(Procedure procedure, Run run)
    {
        foreach (var (step, answer) in ProcedureMachine.Answered(procedure, run))
            if (step is SlotStep slotStep && answer is Answer.Slot slot && slot != run.AmendedSlot) return (slotStep, slot);
        return null;
    }

    private static void Lose(TurnDesk desk, Procedure procedure, SlotStep step, Answer.Slot slot)
    {
        var run = desk.Talk.Active!;
        desk.Talk = desk.Talk with
        {
            Active = run with
            {
                Answers = run.Answers.Remove(step.Id), Trail = run.Trail.Remove(step.Id), Correcting = null, FromReview = false, Draft = null,
                Stage = run.Stage == RunStage.Reviewing ? RunLifecycle.After(run.Stage, RunLifecycle.Trigger.Correct) : run.Stage,
            },
        };
        desk.Lead(desk.Fill(desk.Words.SlotLost, "day", JapaneseDates.Day(slot.Date)));
        ProcedureMachine.AskCurrent(desk, procedure);
    }
}
