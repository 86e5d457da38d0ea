namespace OrleansGov.Procedures;

/// <summary>The review card, the confirmation and the receipt: the end of a run.</summary>
internal static class Review
{
    /// <summary>Every answer with a 修正 button, the fee, and the way to confirm.</summary>
    public static void Show(TurnDesk desk, Procedure procedure)
    {
        var run = desk.Talk.Active!;
        var words = desk.Words;
        var rows = ProcedureMachine.Answered(procedure, run)
            .Where(a => a.Answer is not Answer.Handled)
            .SelectMany(a => Rows(desk, run, a.Step, a.Answer)).ToImmutableList();
        var submit = run.Amends is null ? words.Submit : words.SubmitChange;
        desk.Speak(new Say.Card(words.ReviewTitle, rows,
            [Choice.Tap(submit, new TapData(TapData.Submit, run.Id, "", "").ToString()) with { Primary = true }])
        {
            Badge = procedure.Title.In(desk.Talk.Language),
            Lead = run.Amends is null ? (procedure.ReviewLead ?? words.ReviewLead).In(desk.Talk.Language) : words.ReviewLeadChange,
            Total = FeeOf(run) is { } fee ? new CardRow(words.Fee, JapaneseDates.Yen(fee)) : null,
            Tone = CardTone.Review,
            Quick = [Choice.Tap(submit, new TapData(TapData.Submit, run.Id, "", "").ToString()), TurnDesk.Word(words.Fix), TurnDesk.Word(words.Back), TurnDesk.Word(words.Quit)],
        });
    }

    /// <summary>The resident confirmed: what is to be done goes into the turn's write, and the receipt is said when it has been done.</summary>
    public static void Confirm(TurnDesk desk, Procedure procedure)
    {
        var run = desk.Talk.Active!;
        if (run is { Amends: { } unchanged, Trail.IsEmpty: true })
        {
            ProcedureMachine.GiveUp(desk);
            desk.Speak(desk.Fill(desk.Words.NothingChanged, "number", unchanged));
            return;
        }

        if (run.Amends is { } late && !CaseBook.MayStillChange(desk, procedure, late))
        {
            ProcedureMachine.GiveUp(desk);
            desk.Speak(desk.Fill(desk.Words.ChangeClosed, "number", late, "days", $"{procedure.Completion.ChangeCutOffBusinessDays}"));
            return;
        }

        var slot = run.Answers.Values.OfType<Answer.Slot>().FirstOrDefault();
        var talk = desk.Talk with { Active = run with { Stage = RunLifecycle.After(run.Stage, RunLifecycle.Trigger.Confirm) }, Counter = desk.Talk.Counter + 1 };
        // the counter makes a second try after a lost day an intent of its own
        Intent intent = run.Amends is { } number
            ? new Intent.Amend(run.Id, number, slot == run.AmendedSlot ? null : slot, run.AmendedSlot, FeeOf(run), run.Answers) { Id = $"{run.Id}.amend{talk.Counter}" }
            : new Intent.Submit(run.Id, procedure.Id, procedure.Version, procedure.Title.Japanese, procedure.Department, procedure.Completion.ReceiptPrefix, slot, FeeOf(run), run.Answers) { Id = $"{run.Id}.submit{talk.Counter}" };
        desk.Talk = talk with { Awaiting = talk.Awaiting.Add(intent.Id) };
        desk.Do(intent);
    }

    /// <summary>The case is open (or changed): the receipt, the reminders, one last question.</summary>
    public static void Receipt(TurnDesk desk, string runId, string number, bool changed)
    {
        if (desk.Talk.Active is not { } run || run.Id != runId || desk.ProcedureOf(run) is not { } procedure) return;
        var words = desk.Words;
        var language = desk.Talk.Language;
        var slot = run.Answers.Values.OfType<Answer.Slot>().FirstOrDefault();
        var title = procedure.Title.In(language);
        var rows = ImmutableList.Create(new CardRow(words.ReceiptNumber, number));
        foreach (var (step, answer) in ProcedureMachine.Answered(procedure, run))
            if (answer is Answer.Basket or Answer.Slot or Answer.Address { Rest: null }) rows = rows.Add(new CardRow((step.Label ?? step.Id).In(language), AnswerText.Of(answer)));
        var values = StepConduct.Fill("number", number, "title", title, "day", slot is null ? "" : JapaneseDates.Day(slot.Date), "fee", JapaneseDates.Yen(FeeOf(run) ?? 0), "town", desk.Office.Town.Name, "phone", desk.Office.Town.Phone);
        desk.Speak(new Say.Card(title, rows, CaseBook.Buttons(desk, number, procedure, slot?.Date))
        {
            Badge = changed ? words.Changed : words.Accepted,
            Lead = changed ? words.ChangeReceived : Template.Fill(procedure.Completion.Receipt.In(language), values),
            Total = FeeOf(run) is { } fee ? new CardRow(words.Fee, JapaneseDates.Yen(fee)) : null,
            Note = procedure.Completion.Note is { } note ? Template.Fill(note.In(language), values) : null,
            Tone = CardTone.Done,
        }, Importance.MustArrive);

        var summary = new CaseSummary(number, procedure.Id, procedure.Version, title, changed ? "changed" : "accepted", desk.Now, slot?.Date, FeeOf(run))
        {
            About = run.Answers.Values.OfType<Answer.Basket>().Select(b => string.Join("、", b.Lines.Select(l => $"{l.Name} ×{l.Quantity}"))).FirstOrDefault(),
        };
        var at = desk.Talk.Cases.FindIndex(c => c.Number == number);
        var reminders = slot is null ? [] : procedure.Completion.Reminders
            .Select((r, i) => new DueMessage($"{number}.{i}.{slot.Date:yyyyMMdd}", Town.At(slot.Date.AddDays(-r.DaysBefore), r.At), Template.Fill(r.Text.In(language), values), number))
            .Where(d => d.At > desk.Now);
        desk.Happen(changed ? "run-amended" : "run-completed", run, milliseconds: ProcedureMachine.Elapsed(desk, run.StartedAt));
        desk.Talk = desk.Talk with
        {
            Active = null,
            LastDone = run.Id,
            Cases = at < 0 ? CaseBook.With(desk.Talk.Cases, summary) : desk.Talk.Cases.SetItem(at, summary with { OpenedAt = desk.Talk.Cases[at].OpenedAt }),
            Due = desk.Talk.Due.RemoveAll(d => d.CaseNumber == number).AddRange(reminders),
        };
        if (desk.Talk.Suspended.IsEmpty && procedure.Completion.AskSatisfaction && !changed) AskSatisfaction(desk, run);
    }

    /// <summary>The day filled up between hold and confirmation: only the day is asked again.</summary>
    public static void SlotLost(TurnDesk desk, string runId, DateOnly date)
    {
        if (desk.Talk.Active is not { } run || run.Id != runId || desk.ProcedureOf(run) is not { } procedure) return;
        desk.Speak(new Say.Words(desk.Fill(desk.Words.SlotLost, "day", JapaneseDates.Day(date))), Importance.MustArrive);
        foreach (var (id, answer) in run.Answers)
            if (answer is Answer.Slot) run = run with { Answers = run.Answers.Remove(id), Trail = run.Trail.Remove(id) };
        desk.Talk = desk.Talk with { Active = run with { Stage = RunLifecycle.After(run.Stage, RunLifecycle.Trigger.SlotLost) } };
        ProcedureMachine.AskCurrent(desk, procedure);
    }

    public static int? FeeOf(Run run) => run.Answers.Values.OfType<Answer.Basket>().Select(b => (int?)b.Fee).FirstOrDefault();

    // a secret step shows its fields one by one in the talk mode, and only that they are there in the form mode
    private static IEnumerable<CardRow> Rows(TurnDesk desk, Run run, Step step, Answer answer)
    {
        var language = desk.Talk.Language;
        // in the talk stands what is to be corrected, not five times the same word
        var edit = new Choice(desk.Words.Fix, new ChoiceAction.Tap(new TapData(TapData.Edit, run.Id, step.Id, "").ToString(), $"{desk.Words.Fix} {(step.Label ?? step.Id).In(language)}"));
        if (step is SecretStep secret && answer is Answer.Fields fields)
        {
            if (!desk.Office.PersonalDetailsInTalk) return [new CardRow((step.Label ?? step.Id).In(language), desk.Words.InForm, edit)];
            return secret.Fields.Where(f => fields.Values.ContainsKey(f.Id)).Select((f, i) =>
                new CardRow((f.Label ?? f.Id).In(language), AnswerText.Of(fields.Values[f.Id]), i == 0 ? edit : null));
        }

        return [new CardRow((step.Label ?? step.Id).In(language), AnswerText.Of(answer), edit)];
    }

    private static void AskSatisfaction(TurnDesk desk, Run run)
    {
        desk.Talk = desk.Talk with { Open = new OpenQuestion("satisfaction", run.Id) };
        string[] values = ["good", "fair", "poor"], labels = ["便利だった", "ふつう", "不便だった"];
        desk.Speak(new Say.Question(desk.Words.Satisfaction,
            [.. values.Select((v, i) => Choice.Tap(labels[i], new TapData(TapData.Reply, run.Id, "satisfaction", v).ToString()))]));
    }
}
