namespace OrleansGov.Procedures;

/// <summary>Questions of ours that are not steps: do you want to stop, go back to the other procedure, cancel the booking? An answer that is none lets the question go.</summary>
internal static class OpenQuestions
{
    /// <summary>Takes the answer. False: it was none, and is an ordinary message.</summary>
    public static bool Answer(TurnDesk desk, OpenQuestion open, TapData? tap, StepInput said)
    {
        desk.Talk = desk.Talk with { Open = null };
        var yes = tap is { Verb: TapData.Reply, Value: "yes" } || said.Is(desk.Words.Yes) || (said.Text is { } a1 && SmallTalk.IsYes(a1));
        var no = tap is { Verb: TapData.Reply, Value: "no" } || said.Is(desk.Words.No) || (said.Text is { } a2 && SmallTalk.IsNo(a2));
        if (!yes && !no && open.About is "quit" or "restart" or "cancel-case" && said.Text is { } pause && SmallTalk.IsAnswer(pause))
        {
            // うーん is no answer, and nothing else either: the question stays
            desk.Talk = desk.Talk with { Open = open };
            AskOnceMore(desk, open);
            return true;
        }

        switch (open.About)
        {
            case "quit":
                yes |= said.Is(desk.Words.Quit);
                no |= said.Is(desk.Words.Continue, "続ける");
                if (yes) Quit(desk);
                else if (no) Dialogue.AskAgain(desk);
                return yes || no;
            case "restart":
                yes |= said.Is(desk.Words.Restart);
                no |= said.Is(desk.Words.Continue, "続ける");
                if (yes) Restart(desk);
                else if (no) Dialogue.AskAgain(desk);
                return yes || no;
            case "resume":
                yes |= said.Is(desk.Words.Continue, "続ける", "続き");
                if (said.Is(desk.Words.Restart)) Restart(desk);
                else if (said.Is(desk.Words.Quit)) Quit(desk);
                else if (yes) Resuming.GoOn(desk);
                else return false;
                return true;
            case "resume-other":
                yes |= said.Is(desk.Words.Continue, "続ける", "続き", "戻る");
                if (yes) TakeUp(desk, open.Subject);
                else if (no) desk.Speak(desk.Words.KeptForLater);
                return yes || no;
            case "cancel-case":
                yes |= said.Is(desk.Words.CancelCase);
                if (yes) CaseBook.Cancel(desk, open.Subject);
                else if (no) desk.Speak(desk.Words.CancelKept);
                return yes || no;
            case "fix":
                return said.Text is { } label && StandingWords.FixByLabel(desk, label);
            case "start":
                var (id, words) = open.Subject.Split('\n', 2) is [var a, var b] ? (a, b) : (open.Subject, "");
                if (!yes && !no && said.Text is { } more && NumberReading.TryRead(more, out _))
                {
                    Dialogue.StartById(desk, id, words + more); // ふとん … 2つ
                    return true;
                }

                if (yes) Dialogue.StartById(desk, id, words);
                else if (no) Dialogue.Menu(desk);
                return yes || no;
            case "satisfaction":
                var value = tap is { Verb: TapData.Reply, Step: "satisfaction" } ? tap.Value
                    : said.Is("便利だった", "便利") ? "good" : said.Is("ふつう", "普通") ? "fair" : said.Is("不便だった", "不便") ? "poor" : null;
                if (value is not ("good" or "fair" or "poor")) return false;
                desk.Happen("satisfaction", detail: value);
                desk.Speak(desk.Words.SatisfactionThanks);
                return true;
            case "staff-satisfaction":
                var opinion = tap is { Verb: TapData.Reply, Step: "satisfaction" } ? tap.Value
                    : said.Is(desk.Words.StaffSurveyGood) ? "good" : said.Is(desk.Words.StaffSurveyFair) ? "fair" : said.Is(desk.Words.StaffSurveyPoor) ? "poor" : null;
                if (opinion is not ("good" or "fair" or "poor")) return false;
                desk.Happen("staff-satisfaction", detail: opinion);
                desk.Lead(desk.Words.SatisfactionThanks);
                if (desk.Talk is { Active: null, Suspended: [.., var left] }) Dialogue.OfferSuspended(desk, left);
                return true;
            case "expired":
                desk.Speak(desk.Fill(desk.Words.Expired, "title", open.Subject));
                return false;
            default:
                return false;
        }
    }

    private static void AskOnceMore(TurnDesk desk, OpenQuestion open)
    {
        if (open.About == "cancel-case" && desk.Talk.Cases.Find(c => c.Number == open.Subject) is { } found)
            desk.Speak(new Say.Question(desk.Fill(desk.Words.CancelQuestion, "number", found.Number, "title", found.Title), [.. desk.YesNo()], ChoiceLook.Confirm));
        else if (desk.Talk.Active is { } run)
            desk.Speak(open.About == "quit" ? StandingWords.QuitQuestion(desk, run) : StandingWords.RestartQuestion(desk, run));
    }

    public static void Quit(TurnDesk desk)
    {
        if (desk.Talk.Active is not { } run)
        {
            desk.Speak(desk.Words.NothingToQuit);
            return;
        }

        var title = desk.TitleOf(run);
        ProcedureMachine.GiveUp(desk);
        desk.Lead(run.Amends is { } number ? desk.Fill(desk.Words.QuitChangeDone, "number", number) : desk.Fill(desk.Words.QuitDone, "title", title));
        if (desk.Talk.Suspended is [.., var left]) Dialogue.OfferSuspended(desk, left);
        else Dialogue.Menu(desk);
    }

    public static void Restart(TurnDesk desk)
    {
        if (desk.Talk.Active is not { } run || !desk.Office.Published.TryGetValue(run.ProcedureId, out var procedure))
        {
            Dialogue.Menu(desk);
            return;
        }

        ProcedureMachine.GiveUp(desk);
        if (run.Amends is { } number) desk.Inquiry = new Inquiry.FetchCase(number); // a change begun anew is still a change
        else ProcedureMachine.Start(desk, procedure);
    }

    /// <summary>Back to a suspended procedure, at the same question.</summary>
    public static void TakeUp(TurnDesk desk, string runId)
    {
        if (desk.Talk.Suspended.Find(r => r.Id == runId) is not { } run)
        {
            Dialogue.Menu(desk);
            return;
        }

        desk.Talk = desk.Talk with { Active = run with { LastWordAt = desk.Now }, Suspended = desk.Talk.Suspended.Remove(run) };
        desk.Happen("run-resumed", run);
        desk.Speak(desk.Fill(desk.Words.Resumed, "title", desk.TitleOf(run)));
        Resuming.GoOn(desk);
    }
}
