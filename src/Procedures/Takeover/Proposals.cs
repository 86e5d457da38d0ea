namespace OrleansGov.Procedures;

/// <summary>A value that staff fill in for the question in hand counts when the resident has confirmed it with a button (C11).</summary>
internal static class Proposals
{
    /// <summary>Asks the resident. Null: asked; else why the question does not take the value.</summary>
    public static string? Ask(TurnDesk desk, Procedure procedure, Step step, string text, string by)
    {
        var run = desk.Talk.Active!;
        var clean = JapaneseText.Clean(text);
        var reading = StepConduct.Read(step, ProcedureMachine.SceneOf(desk, procedure), new StepInput(clean, null, new InboundMessage.Text(clean)));
        if (reading is not Reading.Accepted { Intents.IsEmpty: true } accepted) return reading is Reading.Declined declined ? declined.Why : desk.Words.ChooseOne;
        var proposal = new Proposal($"{desk.Talk.Control.Epoch}.{step.Id}.{desk.Now.ToUnixTimeMilliseconds()}", run.Id, step.Id, accepted.Answer, by);
        ControlMoves.Remember(desk, h => h with { Proposal = proposal });
        desk.Announce(new Say.Question(
            desk.Fill(desk.Words.ProposalQuestion, "label", LabelOf(desk, step), "value", AnswerText.Of(accepted.Answer)),
            [Choice.Tap(desk.Words.Yes, new TapData(TapData.Desk, run.Id, "yes", proposal.Id).ToString()), Choice.Tap(desk.Words.No, new TapData(TapData.Desk, run.Id, "no", proposal.Id).ToString())], ChoiceLook.Confirm));
        return null;
    }

    /// <summary>Takes the resident's answer. False: the message is none.</summary>
    public static bool Answer(TurnDesk desk, InboundMessage message)
    {
        if (message is not InboundMessage.Tapped tapped || TapData.Parse(tapped.Data) is not { Verb: TapData.Desk } tap || tap.Step is not ("yes" or "no")) return false;
        if (desk.Talk.Control.Handoff?.Proposal is not { } proposal || proposal.Id != tap.Value) return true; // an old button
        ControlMoves.Remember(desk, h => h with { Proposal = null });
        if (desk.Talk.Active is not { } run || run.Id != proposal.Run || desk.ProcedureOf(run) is not { } procedure || procedure.Steps.Find(s => s.Id == proposal.Step) is not { } step) return true;
        if (tap.Step == "yes")
        {
            ProcedureMachine.Fill(desk, procedure, step, proposal.Answer);
            desk.Happen("proposal-confirmed", run, step.Id, detail: proposal.By);
            desk.Announce(desk.Fill(desk.Words.ProposalConfirmed, "label", LabelOf(desk, step)));
        }
        else
        {
            desk.Happen("proposal-refused", run, step.Id, detail: proposal.By);
            desk.Announce(desk.Words.ProposalRefused);
        }

        desk.Alert(tap.Step == "yes" ? "proposal-confirmed" : "proposal-refused");
        return true;
    }

    private static string LabelOf(TurnDesk desk, Step step) => (step.Label ?? step.Id).In(desk.Talk.Language);
}
