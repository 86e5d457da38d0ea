namespace OrleansGov.Procedures;

/// <summary>
/// The conversation with one resident, turn by turn: pure. A message comes in, the next conversation and what to say and do come out;
/// the same state and the same input give the same turn. Routing order: reachability, a question of ours that waits, the words that
/// always work, another procedure, the run in hand, and at last the menu.
/// </summary>
public static class Dialogue
{
    /// <summary>After this long without a word the resident is asked how to go on, instead of being held to an old question.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromHours(12);

    /// <summary>The same button within this time is a double tap.</summary>
    public static readonly TimeSpan DoubleTap = TimeSpan.FromSeconds(2.5);

    /// <summary>One message of the resident.</summary>
    /// <returns>A finished turn, or one whose <see cref="Turn.Inquiry"/> must be performed and handed to <see cref="Continue"/>.</returns>
    public static Turn Receive(Conversation talk, Heard heard, Office office, DateTimeOffset now)
    {
        var desk = new TurnDesk(talk, heard.EventId, office, now);
        if (heard.Message is InboundMessage.Unsent taken)
        {
            TakeBack(desk, InboundMessage.ContentId(taken.MessageId));
            return desk.End();
        }

        var late = talk.YoungestEventAt is { } youngest && heard.At < youngest;
        var silent = talk.LastWordAt is { } last && now - last > Silence;
        if (!late) desk.Talk = desk.Talk with { YoungestEventAt = heard.At < now ? heard.At : now }; // a clock ahead of ours must not make all that follows late
        switch (heard.Message)
        {
            case InboundMessage.Unfollowed:
                Reach(desk, late && desk.Talk.Reachable);
                return desk.End();
            case InboundMessage.Followed:
                Reach(desk, true);
                if (!desk.Talk.Control.IsSilent) Greet(desk);
                return desk.End();
        }

        desk.Talk = desk.Talk with { Reachable = true, LastWordAt = now };
        if (heard.Message is InboundMessage.Tapped { Picked: null } tap)
        {
            var twice = talk.LastTap == tap.Data && heard.At - talk.LastTapAt < DoubleTap;
            desk.Talk = desk.Talk with { LastTap = tap.Data, LastTapAt = heard.At };
            if (twice) return desk.End(); // one tap, said twice
        }
        else desk.Talk = desk.Talk with { LastTap = null, LastTapAt = null }; // something was said in between: the same button again is meant

        ForgetOldRuns(desk);
        if (desk.Talk.Control.IsSilent)
        {
            Listening.Hear(desk, heard.Message, late);
            return desk.End();
        }

        if (desk.Talk.Control.State == ControlState.Returned && !late) Returns.Resume(desk);
        if (desk.Talk.Active is { } run) desk.Talk = desk.Talk with { Active = run with { LastWordAt = now } };
        if (late)
        {
            desk.Lead(desk.Words.LateMessage);
            AskAgain(desk);
        }
        else Route(desk, heard.Message, silent);

        return desk.End();
    }

    /// <summary>A message at which the engine failed: it is noted, and somebody is called (T17).</summary>
    public static Turn Fail(Conversation talk, Heard heard, Office office, DateTimeOffset now)
    {
        var desk = new TurnDesk(talk with { LastWordAt = now, Reachable = true }, heard.EventId, office, now);
        if (!talk.Control.IsSilent) Handoffs.Fail(desk);
        return desk.End();
    }

    /// <summary>A message of a flood (<see cref="Pace"/>): noted, and nothing follows from it.</summary>
    /// <param name="speak">Ask for a pause; a flood is asked once.</param>
    public static Turn Hush(Conversation talk, Heard heard, Phrases words, bool speak, DateTimeOffset now)
    {
        var at = heard.At < now ? heard.At : now;
        return new(talk with { Reachable = true, LastWordAt = now, YoungestEventAt = talk.YoungestEventAt > at ? talk.YoungestEventAt : at })
        {
            Says = speak ? [new Utterance(new Say.Question(words.TooFast, [TurnDesk.Word(words.Continue)]))] : [],
            EventId = heard.EventId,
        };
    }

    /// <summary>Goes on with a turn whose inquiry has been performed.</summary>
    public static Turn Continue(Turn turn, Outcome outcome, Office office, DateTimeOffset now)
    {
        var desk = TurnDesk.Resume(turn, office, now);
        if (Resuming.Learn(desk, outcome)) return desk.End();
        switch (outcome)
        {
            case Outcome.CaseFound found: CaseBook.BeginChange(desk, found.Case); break;
            case Outcome.CaseMissing: desk.Speak(desk.Words.CaseNotFound); break;
            default: ProcedureMachine.Learn(desk, desk.ProcedureOf(desk.Talk.Active!)!, outcome); break;
        }

        return desk.End();
    }

    /// <summary>An intent has been carried out.</summary>
    /// <param name="intent">Its id; an outcome that is not awaited (a repeat) changes nothing.</param>
    public static Turn Learn(Conversation talk, string intent, Outcome outcome, Office office, DateTimeOffset now)
    {
        var desk = new TurnDesk(talk with { Awaiting = talk.Awaiting.Remove(intent) }, intent, office, now);
        if (!talk.Awaiting.Contains(intent)) return desk.End();
        switch (outcome)
        {
            case Outcome.Submitted done: Review.Receipt(desk, done.Run, done.Number, changed: false); break;
            case Outcome.Amended done: Review.Receipt(desk, done.Run, done.Number, changed: true); break;
            case Outcome.SlotLost lost: Review.SlotLost(desk, lost.Run, lost.Date); break;
            case Outcome.Cancelled cancelled: CaseBook.Cancelled(desk, cancelled.Number); break;
            case Outcome.Refused refused:
                desk.Speak(new Say.Words(desk.Fill(desk.Words.CaseRefused, "number", refused.Number)), Importance.MustArrive);
                if (desk.Talk.Active is { Amends: { } amended } && amended == refused.Number) ProcedureMachine.GiveUp(desk);
                break;
            case Outcome.StaffRequested requested: Handoffs.Requested(desk, requested, intent); break;
            default: throw new InvalidOperationException($"{outcome.GetType().Name} is no outcome of an intent.");
        }

        if (desk.Talk is { Active: null, Open: null, Suspended: [.., var left], Control.IsSilent: false }) OfferSuspended(desk, left);
        return desk.End();
    }

    /// <summary>The one-time form of a secret step was filled.</summary>
    /// <param name="remember">The resident agreed that the answers are kept for next time.</param>
    public static Turn FormFilled(Conversation talk, string runId, string stepId, Answer.Fields fields, bool remember, Office office, DateTimeOffset now)
    {
        var desk = new TurnDesk(talk, $"{runId}.{stepId}.form", office, now);
        if (talk.Active is not { } run || run.Id != runId || desk.ProcedureOf(run) is not { } procedure) return desk.End();
        if (run.Stage == RunStage.Submitting) return desk.End();
        var step = procedure.StepById(stepId);
        if (run.Stage == RunStage.Reviewing) run = run with { Stage = RunLifecycle.After(run.Stage, RunLifecycle.Trigger.Correct) };
        desk.Talk = talk with { Active = run with { LastWordAt = now }, LastWordAt = now };
        if (remember) Remember(desk, procedure, (SecretStep)step, fields);
        if (talk.Control.IsSilent)
        {
            ProcedureMachine.Fill(desk, procedure, step, fields); // a form is no talk: what was filled in is kept, and the bot keeps quiet
            return desk.End();
        }

        desk.Speak(desk.Words.FormReceived);
        ProcedureMachine.Accept(desk, procedure, step, fields);
        return desk.End();
    }

    /// <summary>Whether the run still waits for this form: its link is good only as long.</summary>
    public static bool WaitsForForm(Conversation talk, string runId, string stepId) =>
        talk.Active is { Stage: not RunStage.Submitting } run && run.Id == runId && (run.AskedStep == stepId || run.Answers.ContainsKey(stepId));

    /// <summary>What falls due by itself: reminders are said, forgotten runs are let go.</summary>
    public static Turn FallDue(Conversation talk, Office office, DateTimeOffset now)
    {
        var desk = new TurnDesk(talk, $"due.{now.ToUnixTimeMilliseconds()}", office, now);
        foreach (var due in talk.Due.Where(d => d.At <= now))
            if (talk.Reachable) desk.Speak(new Say.Words(due.Text), Importance.MustArrive);
        desk.Talk = talk with { Due = talk.Due.RemoveAll(d => d.At <= now) };
        ForgetOldRuns(desk);
        DeskTimers.FallDue(desk);
        return desk.End();
    }

    private static void Route(TurnDesk desk, InboundMessage message, bool silent)
    {
        var tap = message is InboundMessage.Tapped tapped ? TapData.Parse(tapped.Data) : null;
        var text = message is InboundMessage.Text typed ? JapaneseText.Clean(typed.Body) : null;
        var said = new StepInput(text, null, message);

        if (tap is { Run.Length: > 0, Verb: TapData.Submit } && tap.Run == desk.Talk.LastDone) return; // a double tap on a button that has done its work
        if (desk.Talk.Open is { } open && OpenQuestions.Answer(desk, open, tap, said)) return;
        if (tap is not null)
        {
            switch (tap.Verb)
            {
                case TapData.Start: StartById(desk, tap.Value); return;
                case TapData.Case: CaseBook.Tapped(desk, tap); return;
                case TapData.Word: said = new StepInput(tap.Value, null, new InboundMessage.Text(tap.Value)); break;
            }
        }

        if (said.Text is { Length: > 0 and < 40 } && desk.Office.Town.Menu.Find(m => said.Is(m.Label)) is { } entry)
            said = new StepInput(entry.Words, null, new InboundMessage.Text(entry.Words)); // the words on a button mean the button
        if (StandingWords.Handle(desk, said)) return;
        if (said.Text is { Length: > 0 and < 40 } && StartedBy(desk, said) is { } procedure)
        {
            if (desk.Talk.Active is { } same && same.ProcedureId == procedure.Id) AskHowToGoOn(desk, same);
            else ProcedureMachine.Start(desk, procedure);
            return;
        }

        if (desk.Talk.Active is not { } run)
        {
            WithoutRun(desk, said, tap);
            return;
        }

        if (desk.ProcedureOf(run) is not { } current)
        {
            Resuming.Gone(desk, run);
            return;
        }

        if (silent && tap is null) AskHowToGoOn(desk, run);
        else Conduct(desk, current, run, said, tap);
    }

    private static void Conduct(TurnDesk desk, Procedure procedure, Run run, StepInput said, TapData? tap)
    {
        if (run.Stage == RunStage.Submitting)
        {
            desk.Speak(desk.Words.StillWorking);
            return;
        }

        if (tap is { Verb: TapData.Answer or TapData.Edit or TapData.Submit } && tap.Run != run.Id)
        {
            desk.Lead(desk.Words.OldButton);
            ProcedureMachine.AskCurrent(desk, procedure);
            return;
        }

        if (tap is { Verb: TapData.Edit } && procedure.Steps.Find(s => s.Id == tap.Step) is { } edited && run.Answers.ContainsKey(edited.Id))
        {
            ProcedureMachine.Correct(desk, procedure, edited, fromReview: run.Stage == RunStage.Reviewing);
            return;
        }

        var current = ProcedureMachine.CurrentStep(procedure, run);
        if (current is null)
        {
            if (run.Stage == RunStage.Asking)
            {
                ProcedureMachine.AskCurrent(desk, procedure); // the last answer came while a person spoke: nobody confirms what they have not seen
                return;
            }

            if (tap is { Verb: TapData.Submit } || said.Is(desk.Words.Submit, desk.Words.SubmitChange, desk.Words.Yes, "申し込む", "申込む", "申込", "お願いします", "ok", "これでいい", "確定", "送信"))
                Review.Confirm(desk, procedure);
            else
            {
                var submit = run.Amends is null ? desk.Words.Submit : desk.Words.SubmitChange;
                desk.Speak(tap is { Verb: TapData.Answer } ? desk.Words.OldButton : NotHere(desk, said) ?? desk.Fill(desk.Words.ReviewWords, "submit", submit));
                ProcedureMachine.AskCurrent(desk, procedure);
            }

            return;
        }

        if (current is HandoffStep)
        {
            ProcedureMachine.AskCurrent(desk, procedure); // nothing to read: it is carried out
            return;
        }

        if (tap is not null)
        {
            var fits = tap.Verb == TapData.Answer && tap.Step == current.Id;
            if (!fits)
            {
                desk.Lead(desk.Words.OldButton);
                ProcedureMachine.AskCurrent(desk, procedure);
                return;
            }

            said = new StepInput(said.Text, ((InboundMessage.Tapped)said.Raw).Picked ?? tap.Value, said.Raw);
        }

        ProcedureMachine.Feed(desk, procedure, said);
    }

    private static void WithoutRun(TurnDesk desk, StepInput said, TapData? tap)
    {
        if (tap is not null)
        {
            desk.Lead(desk.Words.OldButton);
            Menu(desk);
            return;
        }

        // ソファを捨てたい: the word belongs to a procedure's table
        if (said.Text is { Length: > 1 and <= 60 } words && !SmallTalk.IsAnswer(words))
        {
            foreach (var procedure in desk.Office.Published.Values)
            {
                if (procedure.Steps.OfType<ItemStep>().FirstOrDefault() is not { } step || procedure.Steps[0].Id != step.Id) continue;
                var name = ItemTable.SplitQuantity(words).Words;
                var matches = procedure.Items[step.Table].Search(name);
                if (matches.Exact is null && !matches.Similar.Exists(i => Bears(i, name))) continue; // a guess at a typing mistake is not enough to begin with
                desk.Talk = desk.Talk with { Open = new OpenQuestion("start", $"{procedure.Id}\n{words}") };
                desk.Speak(new Say.Question($"「{procedure.Title.In(desk.Talk.Language)}」をはじめますか？", [.. desk.YesNo()], ChoiceLook.Confirm));
                return;
            }
        }

        desk.Lead(NotHere(desk, said) ?? desk.Words.NotUnderstood);
        Menu(desk);
    }

    private static string? NotHere(TurnDesk desk, StepInput said) => said.Raw switch
    {
        InboundMessage.Sticker => desk.Words.StickerReply,
        InboundMessage.Photo => desk.Words.PhotoNotHere,
        InboundMessage.Location => desk.Words.LocationNotHere,
        InboundMessage.Attachment => desk.Words.AttachmentNotHere,
        InboundMessage.Unknown => desk.Words.UnknownNotHere,
        InboundMessage.Text when said.Text is { Length: 0 } => desk.Words.EmptyText,
        InboundMessage.Text when said.Text is { Length: > 1000 } => desk.Words.TooLong,
        _ => null,
    };

    // whether the message was a picture nobody knows any more; the copy of one that was none is no copy
    private static void TakeBack(TurnDesk desk, string photo)
    {
        desk.Do(new Intent.DropPhoto(photo) { Id = $"drop.{photo}" });
        desk.Talk = desk.Talk with
        {
            Active = desk.Talk.Active is { } run ? PhotoConduct.Without(run, photo) : null,
            Suspended = [.. desk.Talk.Suspended.Select(r => PhotoConduct.Without(r, photo))],
        };
    }

    // T15; whoever has the talk is told
    private static void Reach(TurnDesk desk, bool reachable)
    {
        if (desk.Talk.Reachable != reachable && desk.Talk.Control.Handoff is { } && desk.Talk.Control.State is ControlState.Human or ControlState.Queued or ControlState.QueuedOutOfHours)
            desk.Alert(reachable ? "reachable" : "unreachable");
        desk.Talk = desk.Talk with { Reachable = reachable };
    }

    private static void Greet(TurnDesk desk)
    {
        desk.Lead(desk.Office.Town.Greeting?.In(desk.Talk.Language) ?? desk.Fill(desk.Words.Greeting));
        AskAgain(desk);
    }

    internal static void Menu(TurnDesk desk)
    {
        var entries = desk.Office.Town.Menu.Select(m => Choice.Say(m.Label, m.Words)).ToImmutableList();
        if (entries.IsEmpty) entries = [.. desk.Office.Published.Values.OrderBy(p => p.Id, StringComparer.Ordinal).Take(10)
            .Select(p => Choice.Tap(p.Title.In(desk.Talk.Language), new TapData(TapData.Start, "", "", p.Id).ToString()))];
        if (entries.IsEmpty) desk.Speak(desk.Words.MenuQuestion);
        else desk.Speak(new Say.Question(desk.Words.MenuQuestion, entries));
    }

    /// <summary>The running question once more, or the menu.</summary>
    internal static void AskAgain(TurnDesk desk)
    {
        if (desk.Talk.Active is { } run && desk.ProcedureOf(run) is { } procedure) ProcedureMachine.AskCurrent(desk, procedure);
        else Menu(desk);
    }

    internal static void AskHowToGoOn(TurnDesk desk, Run run)
    {
        if (run.Stage == RunStage.Submitting)
        {
            desk.Speak(desk.Words.StillWorking);
            return;
        }

        desk.Talk = desk.Talk with { Open = new OpenQuestion("resume", run.Id) };
        desk.Speak(new Say.Question(desk.Fill(desk.Words.ResumeQuestion, "title", desk.TitleOf(run)),
            [TurnDesk.Word(desk.Words.Continue), TurnDesk.Word(desk.Words.Restart), TurnDesk.Word(desk.Words.Quit)], ChoiceLook.Buttons));
    }

    internal static void OfferSuspended(TurnDesk desk, Run left)
    {
        desk.Talk = desk.Talk with { Open = new OpenQuestion("resume-other", left.Id) };
        desk.Speak(new Say.Question(desk.Fill(desk.Words.ResumeOther, "title", desk.TitleOf(left)), [.. desk.YesNo()], ChoiceLook.Confirm));
    }

    internal static void StartById(TurnDesk desk, string id, string? firstWords = null)
    {
        if (!desk.Office.Published.TryGetValue(id, out var procedure)) Menu(desk);
        else if (desk.Talk.Active is { } same && same.ProcedureId == id) AskHowToGoOn(desk, same);
        else ProcedureMachine.Start(desk, procedure, firstWords);
    }

    // outside a run the words may stand in a sentence: 粗大ごみを出したいです
    private static Procedure? StartedBy(TurnDesk desk, StepInput said)
    {
        if (desk.Office.Published.Values.FirstOrDefault(p => said.Is([.. p.StartWords]) || said.Is(p.Title.Japanese)) is { } exact) return exact;
        var text = JapaneseText.Fold(said.Text!);
        return desk.Talk.Active is not null ? null : desk.Office.Published.Values.FirstOrDefault(p =>
            p.StartWords.Exists(w => OfficeWords.Folded(w) is { Length: > 2 } word && text.Contains(word, StringComparison.Ordinal)));
    }

    private static bool Bears(Item item, string words)
    {
        var said = JapaneseText.Fold(words);
        return Enumerable.Append(item.Synonyms, item.Name).Append(item.Reading).Select(OfficeWords.Folded)
            .Any(w => w.Length > 1 && said.Length > 1 && (w.Contains(said, StringComparison.Ordinal) || said.Contains(w, StringComparison.Ordinal)));
    }

    private static void ForgetOldRuns(TurnDesk desk)
    {
        if (desk.Talk.Active is { } run && desk.Now - run.LastWordAt >= Run.Kept && run.Stage != RunStage.Submitting)
        {
            var title = desk.TitleOf(run);
            ProcedureMachine.GiveUp(desk, RunLifecycle.Trigger.TimeOut);
            desk.Talk = desk.Talk with { Open = new OpenQuestion("expired", title) };
        }

        foreach (var old in desk.Talk.Suspended.Where(s => desk.Now - s.LastWordAt >= Run.Kept))
        {
            desk.Do(ProcedureMachine.Releases(old));
            desk.Talk = desk.Talk with { Suspended = desk.Talk.Suspended.Remove(old) };
        }
    }

    private static void Remember(TurnDesk desk, Procedure procedure, SecretStep step, Answer.Fields fields)
    {
        var profile = desk.Talk.Profile;
        foreach (var field in step.Fields)
            if (field.ProfileKey is { } key && fields.Values.TryGetValue(field.Id, out var value) && value is not Answer.Skipped) profile = profile.SetItem(key, value);
        foreach (var (other, answer) in ProcedureMachine.Answered(procedure, desk.Talk.Active!))
            if (other.ProfileKey is { } key) profile = profile.SetItem(key, answer);
        desk.Talk = desk.Talk with { Profile = profile };
    }
}
