namespace OrleansGov.Procedures;

/// <summary>
/// Conducts one run: finds the step in hand, asks it, takes the answer, goes on. Where the resident stands is derived from the answers,
/// so going back, correcting and resuming need no code of their own.
/// </summary>
internal static class ProcedureMachine
{
    private const int MostSuspended = 5;

    /// <summary>Begins a procedure; one in hand is suspended, not lost.</summary>
    public static void Start(TurnDesk desk, Procedure procedure, string? firstWords = null)
    {
        if (desk.Talk.Active is { Stage: RunStage.Submitting })
        {
            desk.Speak(desk.Words.StillWorking); // its receipt comes first
            return;
        }

        if (desk.Talk.Active is { } other)
        {
            desk.Speak(desk.Fill(desk.Words.Suspended, "title", desk.TitleOf(other)));
            desk.Happen("run-suspended", other);
            Suspend(desk, other);
        }

        var run = new Run(RunId(desk), procedure.Id, procedure.Version, desk.Now);
        desk.Talk = desk.Talk with { Active = run, Open = null };
        desk.Happen("run-started", run);
        if (procedure.Opening is { } opening) desk.Speak(opening.In(desk.Talk.Language));
        if (firstWords is { Length: > 0 } && CurrentStep(procedure, run) is { } first)
        {
            Note(desk, first);
            Feed(desk, procedure, new StepInput(firstWords, null, new InboundMessage.Text(firstWords)));
        }
        else AskCurrent(desk, procedure);
    }

    /// <summary>Lays the run in hand aside. So many are kept; the one untouched for longest is let go.</summary>
    public static void Suspend(TurnDesk desk, Run run)
    {
        desk.Talk = desk.Talk with { Active = null, Suspended = desk.Talk.Suspended.Add(run) };
        if (desk.Talk.Suspended.Count <= MostSuspended) return;
        var oldest = desk.Talk.Suspended[0];
        desk.Do(Releases(oldest));
        desk.Happen("run-expired", oldest);
        desk.Talk = desk.Talk with { Suspended = desk.Talk.Suspended.RemoveAt(0) };
    }

    /// <summary>The first step that applies and has no answer, or the one being corrected; null = everything is answered.</summary>
    public static Step? CurrentStep(Procedure procedure, Run run) =>
        run.Correcting is { } id ? procedure.StepById(id)
        : procedure.Steps.Find(s => Applies(s, run) && !run.Answers.ContainsKey(s.Id));

    /// <summary>Steps that apply and have an answer, in asking order.</summary>
    public static IEnumerable<(Step Step, Answer Answer)> Answered(Procedure procedure, Run run) =>
        from step in procedure.Steps
        where Applies(step, run) && run.Answers.ContainsKey(step.Id)
        select (step, run.Answers[step.Id]);

    public static bool Applies(Step step, Run run) => step.When is null || step.When.Holds(run.Answers);

    /// <summary>Asks the step in hand, or shows the review.</summary>
    public static void AskCurrent(TurnDesk desk, Procedure procedure)
    {
        while (true)
        {
            var run = desk.Talk.Active!;
            if (run.Stage == RunStage.Submitting)
            {
                desk.Speak(desk.Words.StillWorking);
                return;
            }

            if (CurrentStep(procedure, run) is not { } step)
            {
                desk.Talk = desk.Talk with { Active = run with { Stage = RunLifecycle.After(run.Stage, RunLifecycle.Trigger.EverythingAnswered), AskedStep = null, AskedAt = desk.Now } };
                Review.Show(desk, procedure);
                return;
            }

            Note(desk, step);
            switch (StepConduct.Ask(step, SceneOf(desk, procedure)))
            {
                case Asking.Saying saying:
                    SayQuestion(desk, saying.Says);
                    return;
                case Asking.Needing needing:
                    desk.Inquiry = needing.Inquiry;
                    return;
                case Asking.Doing doing:
                    desk.Do(doing.Intent);
                    desk.Talk = desk.Talk with { Awaiting = desk.Talk.Awaiting.Add(doing.Intent.Id) };
                    Keep(desk, procedure, step, doing.Answer);
                    // somebody comes: what is next is asked when they have gone
                    if (doing.Intent is Intent.RequestStaff { Department: var department } && desk.Office.Town.DepartmentOf(department).TakesOver) return;
                    continue;
            }
        }
    }

    /// <summary>Feeds an input to the step in hand.</summary>
    public static void Feed(TurnDesk desk, Procedure procedure, StepInput input)
    {
        var step = CurrentStep(procedure, desk.Talk.Active!)!;
        Take(desk, procedure, step, StepConduct.Read(step, SceneOf(desk, procedure), input));
    }

    /// <summary>Goes on with what the step wanted to know.</summary>
    public static void Learn(TurnDesk desk, Procedure procedure, Outcome outcome)
    {
        var step = CurrentStep(procedure, desk.Talk.Active!)!;
        var (asking, reading) = StepConduct.Learn(step, SceneOf(desk, procedure), outcome);
        if (asking is Asking.Saying saying) SayQuestion(desk, saying.Says);
        if (reading is not null) Take(desk, procedure, step, reading);
    }

    /// <summary>Takes an answer that came another way (the one-time form).</summary>
    public static void Accept(TurnDesk desk, Procedure procedure, Step step, Answer answer)
    {
        Keep(desk, procedure, step, answer);
        AskCurrent(desk, procedure);
    }

    /// <summary>Takes an answer without a word: somebody else speaks.</summary>
    public static void Fill(TurnDesk desk, Procedure procedure, Step step, Answer answer) => Keep(desk, procedure, step, answer);

    /// <summary>Back to an answered step: from the review's 修正, by name, or by 戻る.</summary>
    /// <param name="fromReview">True for 修正: afterwards, and by 戻る, the resident is back at the review.</param>
    public static void Correct(TurnDesk desk, Procedure procedure, Step step, bool fromReview)
    {
        var run = desk.Talk.Active!;
        desk.Talk = desk.Talk with { Active = run with { Stage = RunLifecycle.After(run.Stage, RunLifecycle.Trigger.Correct), Correcting = step.Id, FromReview = fromReview, Draft = DraftFor(step, run) } };
        AskCurrent(desk, procedure);
    }

    /// <summary>Gives up the run and every place it holds.</summary>
    public static void GiveUp(TurnDesk desk, RunLifecycle.Trigger why = RunLifecycle.Trigger.GiveUp)
    {
        var run = desk.Talk.Active!;
        desk.Do(Releases(run));
        desk.Happen(why == RunLifecycle.Trigger.TimeOut ? "run-expired" : "run-cancelled", run, run.AskedStep, Elapsed(desk, run.StartedAt));
        desk.Talk = desk.Talk with { Active = null, Open = null, LastDone = run.Id };
    }

    /// <summary>What gives back the places a run holds, except the one of the case it changes.</summary>
    public static IEnumerable<Intent> Releases(Run run) =>
        from answer in run.Answers.Values.OfType<Answer.Slot>()
        where answer != run.AmendedSlot
        select Release(answer);

    public static Scene SceneOf(TurnDesk desk, Procedure procedure) =>
        new(procedure, desk.Talk.Active!, desk.Talk, desk.Office, desk.Now, desk.EventId, desk.Talk.Active!.Draft ?? Scene.Fresh);

    /// <summary>Unique among all residents, since event ids are.</summary>
    public static string RunId(TurnDesk desk) => desk.EventId;

    public static int Elapsed(TurnDesk desk, DateTimeOffset since) => (int)Math.Clamp((desk.Now - since).TotalMilliseconds, 0, int.MaxValue);

    private static Intent.ReleaseSlot Release(Answer.Slot slot) => new(slot) { Id = $"release.{slot.Hold}.{slot.Date:yyyyMMdd}" };

    private static void Take(TurnDesk desk, Procedure procedure, Step step, Reading reading)
    {
        var run = desk.Talk.Active!;
        switch (reading)
        {
            case Reading.Accepted accepted:
                desk.Do(accepted.Intents);
                Keep(desk, procedure, step, accepted.Answer);
                AskCurrent(desk, procedure);
                break;
            case Reading.Moved moved:
                desk.Do(moved.Intents);
                if (moved.Remark is { } remark) desk.Lead(remark);
                desk.Talk = desk.Talk with { Active = run with { Draft = moved.Draft, Misses = 0 } };
                AskCurrent(desk, procedure);
                break;
            case Reading.Needing needing:
                desk.Talk = desk.Talk with { Active = run with { Draft = needing.Draft } };
                desk.Inquiry = needing.Inquiry;
                break;
            case Reading.Declined declined:
                var misses = declined.NoFault ? run.Misses : run.Misses + 1;
                desk.Talk = desk.Talk with { Active = run with { Misses = misses } };
                if (!declined.NoFault) desk.Happen("step-missed", run, step.Id);
                desk.Lead(misses >= 2 && run.Draft is null && step.Help is { } help ? $"{declined.Why}\n{help.In(desk.Talk.Language)}" : declined.Why);
                AskCurrent(desk, procedure);
                break;
        }
    }

    // the answer, and what it changes: a place of another day goes back, answers that no longer fit go
    private static void Keep(TurnDesk desk, Procedure procedure, Step step, Answer answer)
    {
        var run = desk.Talk.Active!;
        var before = run.Answers.GetValueOrDefault(step.Id);
        desk.Happen("step-answered", run, step.Id, Elapsed(desk, run.AskedAt));
        if (before is Answer.Slot old && answer is Answer.Slot now && (old.Date != now.Date || old.Resource != now.Resource) && old != run.AmendedSlot)
            desk.Do(Release(old));
        run = run with
        {
            Answers = run.Answers.SetItem(step.Id, answer),
            Trail = run.Trail.Remove(step.Id).Add(step.Id),
            Correcting = null,
            FromReview = false,
            Draft = null,
            Misses = 0,
        };
        desk.Talk = desk.Talk with { Active = run };
        foreach (var other in procedure.Steps)
        {
            if (other.Id == step.Id || !run.Answers.TryGetValue(other.Id, out var kept)) continue;
            if (Applies(other, run) && StepConduct.StillFits(other, kept, SceneOf(desk, procedure))) continue;
            if (kept is Answer.Slot slot && slot != run.AmendedSlot) desk.Do(Release(slot));
            run = run with { Answers = run.Answers.Remove(other.Id), Trail = run.Trail.Remove(other.Id) };
            desk.Talk = desk.Talk with { Active = run };
        }
    }

    private static void Note(TurnDesk desk, Step step)
    {
        var run = desk.Talk.Active!;
        desk.Talk = desk.Talk with { Active = run with { AskedStep = step.Id, AskedAt = run.AskedStep == step.Id ? run.AskedAt : desk.Now } };
    }

    // the question with the words that always work behind its own choices
    private static void SayQuestion(TurnDesk desk, ImmutableList<Say> says)
    {
        var run = desk.Talk.Active!;
        var standing = ImmutableList<Choice>.Empty;
        if (run.Misses >= 3) standing = standing.Add(TurnDesk.Word(desk.Words.TalkToStaff));
        if (!run.Trail.IsEmpty || run.Draft is { Stage.Length: > 0 }) standing = standing.Add(TurnDesk.Word(desk.Words.Back));
        standing = standing.Add(TurnDesk.Word(desk.Words.Quit));
        for (var i = 0; i < says.Count; i++)
            desk.Speak(i < says.Count - 1 ? says[i] : says[i] with { Quick = says[i].Quick.AddRange(standing) });
    }

    // a basket that is corrected starts from what is in it
    private static StepDraft? DraftFor(Step step, Run run) =>
        step is ItemStep && run.Answers.GetValueOrDefault(step.Id) is Answer.Basket basket ? new StepDraft("more") { Lines = basket.Lines } : null;
}
