namespace OrleansGov.Procedures;

/// <summary>The words that always work (procedures.md §3), tapped or typed.</summary>
internal static class StandingWords
{
    /// <summary>True when the input was one of them and has been dealt with.</summary>
    public static bool Handle(TurnDesk desk, StepInput said)
    {
        if (said.Text is not { Length: > 0 and < 40 }) return false;
        var words = desk.Words;
        var run = desk.Talk.Active;
        var procedure = run is null ? null : desk.ProcedureOf(run);
        var working = run?.Stage == RunStage.Submitting;
        if (said.Is(words.MyCases, "申し込み状況", "予約確認", "申込みの確認", "申込一覧")) CaseBook.Show(desk);
        else if (said.Is(words.TalkToStaff, "職員", "職員につないで", "人と話したい", "オペレーター", "担当者")) Handoffs.Request(desk);
        else if (desk.Talk.Control.State == ControlState.QueuedOutOfHours && Listening.Command(desk, said)) return true;
        else if (said.Is(words.Menu, "ヘルプ", "help", "使い方", "はじめる", "こんにちは", "こんばんは", "おはよう", "おはようございます")) MenuOrAgain(desk, procedure);
        else if (said.Is(words.Continue, "続き", "再開", "つづきから")) GoOn(desk, run);
        else if (said.Is(words.ForgetMe, "保存を取り消して", "保存した情報を消して", "保存した内容を消して", "保存した情報を消す"))
        {
            desk.Talk = desk.Talk with { Profile = ImmutableSortedDictionary<string, Answer>.Empty };
            desk.Lead(words.Forgotten);
            Dialogue.AskAgain(desk);
        }
        else if (SmallTalk.IsThanks(said.Text))
        {
            desk.Lead(words.Welcome);
            Dialogue.AskAgain(desk);
        }
        else if (run is null || procedure is null)
        {
            if (said.Is(words.Quit, words.Back, words.Restart, words.WhereAmI, words.Fix, "いまどこ"))
            {
                desk.Lead(words.NothingToQuit);
                Dialogue.Menu(desk);
            }
            else if (!desk.Talk.Cases.IsEmpty && (said.Is("変更") || AboutACase(said.Text))) CaseBook.Show(desk);
            else return false;
        }
        else if (said.Is(words.Quit, "中止", "キャンセル", "やめたい", "終了")) AskQuit(desk, run, working);
        else if (working) return false;
        else if (said.Is(words.Back, "もどる", "前に戻る", "ひとつ前", "前の質問", "一つ戻る")) Back(desk, run, procedure);
        else if (said.Is(words.Restart, "はじめから", "やり直す", "やりなおす", "リセット")) AskRestart(desk, run);
        else if (said.Is(words.WhereAmI, "いまどこ", "どこまで", "進み具合")) Where(desk, run, procedure);
        else if (said.Is(words.Fix, "修正する", "直す", "訂正", "変更")) AskWhatToFix(desk, run, procedure);
        else if (FixByName(said.Text, procedure, run, desk.Talk.Language) is { } step) ProcedureMachine.Correct(desk, procedure, step, fromReview: true);
        else if (run.Stage == RunStage.Reviewing && FixByLabel(desk, said.Text)) return true;
        else return false;
        return true;
    }

    private static void MenuOrAgain(TurnDesk desk, Procedure? procedure)
    {
        if (procedure is null) Dialogue.Menu(desk);
        else Dialogue.AskHowToGoOn(desk, desk.Talk.Active!);
    }

    private static void GoOn(TurnDesk desk, Run? run)
    {
        if (run is not null) Resuming.GoOn(desk);
        else if (desk.Talk.Suspended is [.., var left]) OpenQuestions.TakeUp(desk, left.Id);
        else Dialogue.Menu(desk);
    }

    /// <summary>The name of an answered item, by itself: at the review it means 修正.</summary>
    public static bool FixByLabel(TurnDesk desk, string label)
    {
        if (desk.Talk.Active is not { } run || desk.ProcedureOf(run) is not { } procedure || JapaneseText.Fold(label) is not { Length: > 1 } said) return false;
        var step = ProcedureMachine.Answered(procedure, run).Select(a => a.Step).FirstOrDefault(s => OfficeWords.Folded((s.Label ?? s.Id).In(desk.Talk.Language)) == said
            || OfficeWords.Folded(s.Label?.In(desk.Talk.Language) + "修正") == said);
        if (step is null) return false;
        ProcedureMachine.Correct(desk, procedure, step, fromReview: run.Stage == RunStage.Reviewing);
        return true;
    }

    public static Say QuitQuestion(TurnDesk desk, Run run) => new Say.Question(
        run.Amends is { } number ? desk.Fill(desk.Words.QuitChangeQuestion, "number", number) : desk.Fill(desk.Words.QuitQuestion, "title", desk.TitleOf(run)),
        [.. desk.YesNo(desk.Words.Quit, "続ける")], ChoiceLook.Confirm);

    public static Say RestartQuestion(TurnDesk desk, Run run) => new Say.Question(
        desk.Fill(desk.Words.RestartQuestion, "title", desk.TitleOf(run)), [.. desk.YesNo(desk.Words.Restart, "続ける")], ChoiceLook.Confirm);

    private static bool AboutACase(string text)
    {
        var said = JapaneseText.Fold(text);
        foreach (var word in (ReadOnlySpan<string>)["きゃんせる", "取消", "取り消", "変更したい", "変えたい", "予約", "申込み確認", "申し込み確認"])
            if (said.Contains(OfficeWords.Folded(word), StringComparison.Ordinal)) return true;
        return false;
    }

    private static void AskQuit(TurnDesk desk, Run run, bool working)
    {
        if (working) desk.Speak(desk.Words.StillWorking);
        else if (run.Answers.IsEmpty && run.Draft is null) OpenQuestions.Quit(desk); // nothing would be lost
        else
        {
            desk.Talk = desk.Talk with { Open = new OpenQuestion("quit", run.Id) };
            desk.Speak(QuitQuestion(desk, run));
        }
    }

    private static void AskRestart(TurnDesk desk, Run run)
    {
        if (run.Answers.IsEmpty && run.Draft is null)
        {
            Dialogue.AskAgain(desk);
            return;
        }

        desk.Talk = desk.Talk with { Open = new OpenQuestion("restart", run.Id) };
        desk.Speak(RestartQuestion(desk, run));
    }

    private static void Back(TurnDesk desk, Run run, Procedure procedure)
    {
        if (run is { FromReview: true, Correcting: not null })
        {
            desk.Talk = desk.Talk with { Active = run with { Correcting = null, FromReview = false, Draft = null } };
            ProcedureMachine.AskCurrent(desk, procedure);
            return;
        }

        if (run.Draft is { Stage.Length: > 0 } && run.Correcting is null)
        {
            // inside a step: to its first question; a basket keeps what is in it
            var draft = run.Draft.Lines.IsEmpty || run.Draft.Stage == "more" ? null : new StepDraft("more") { Lines = run.Draft.Lines };
            if (run.Draft.Stage != "more" || run.Trail.IsEmpty)
            {
                desk.Talk = desk.Talk with { Active = run with { Draft = draft } };
                ProcedureMachine.AskCurrent(desk, procedure);
                return;
            }
        }

        var at = run.Correcting is { } correcting && run.Trail.Contains(correcting) ? run.Trail.IndexOf(correcting) : run.Trail.Count;
        var before = run.Trail.Take(at).LastOrDefault(id => procedure.Steps.Exists(s => s.Id == id && s is not HandoffStep && ProcedureMachine.Applies(s, run)));
        if (before is null)
        {
            desk.Lead(desk.Words.NothingToGoBack);
            ProcedureMachine.AskCurrent(desk, procedure);
        }
        else ProcedureMachine.Correct(desk, procedure, procedure.StepById(before), fromReview: false);
    }

    private static void Where(TurnDesk desk, Run run, Procedure procedure)
    {
        var answered = ProcedureMachine.Answered(procedure, run).ToList();
        var lines = answered.Select(a => $"✓ {(a.Step.Label ?? a.Step.Id).In(desk.Talk.Language)}：{Shown(desk, a.Step, a.Answer)}");
        var left = procedure.Steps.Count(s => ProcedureMachine.Applies(s, run) && !run.Answers.ContainsKey(s.Id));
        desk.Speak(desk.Fill(desk.Words.WhereAnswered, "title", desk.TitleOf(run), "left", $"{left + 1}",
            "answered", answered.Count == 0 ? desk.Words.WhereNothing : string.Join('\n', lines)));
        ProcedureMachine.AskCurrent(desk, procedure);
    }

    private static void AskWhatToFix(TurnDesk desk, Run run, Procedure procedure)
    {
        var choices = ProcedureMachine.Answered(procedure, run).Where(a => a.Answer is not Answer.Handled)
            .Select(a => Choice.Tap((a.Step.Label ?? a.Step.Id).In(desk.Talk.Language), new TapData(TapData.Edit, run.Id, a.Step.Id, "").ToString())).Take(12).ToImmutableList();
        if (choices.IsEmpty)
        {
            desk.Lead(desk.Words.NothingToFix);
            ProcedureMachine.AskCurrent(desk, procedure);
        }
        else
        {
            desk.Talk = desk.Talk with { Open = new OpenQuestion("fix", run.Id) };
            desk.Speak(new Say.Question(desk.Words.WhichToFix, choices));
        }
    }

    // 氏名を直す, 収集日を修正したい
    private static Step? FixByName(string text, Procedure procedure, Run run, string language)
    {
        var said = JapaneseText.Fold(text);
        foreach (var verb in (ReadOnlySpan<string>)["を修正", "を直", "を変更", "を訂正", "をなお"])
        {
            var at = said.IndexOf(OfficeWords.Folded(verb), StringComparison.Ordinal);
            if (at <= 0) continue;
            var name = said[..at];
            return ProcedureMachine.Answered(procedure, run).Select(a => a.Step).FirstOrDefault(s =>
                Named(s) || (s is SecretStep secret && secret.Fields.Exists(Named)));

            bool Named(Step s) => OfficeWords.Folded((s.Label ?? s.Id).In(language)).Contains(name, StringComparison.Ordinal);
        }

        return null;
    }

    // personal answers from the form are not repeated in the talk
    private static string Shown(TurnDesk desk, Step step, Answer answer) =>
        step is SecretStep && !desk.Office.PersonalDetailsInTalk ? desk.Words.InForm : AnswerText.Of(answer).Replace("\n", "、", StringComparison.Ordinal);
}
