namespace OrleansGov.Procedures;

/// <summary>
/// While somebody waits for a person or talks to one, the bot keeps quiet: everything is noted for staff and fed to no procedure. It knows the buttons of the
/// queue and nothing else.
/// </summary>
internal static class Listening
{
    /// <param name="late">A first copy of an old event: noted, and nothing follows.</param>
    public static void Hear(TurnDesk desk, InboundMessage message, bool late)
    {
        Fetch(desk, message);
        if (late) return;
        var control = desk.Talk.Control;
        if (Proposals.Answer(desk, message)) return;
        if (control.State != ControlState.Human && WordsOf(message) is { } said && Command(desk, said)) return;
        ControlMoves.Remember(desk, h => h with { UnansweredSince = h.UnansweredSince ?? desk.Now });
        if (message is InboundMessage.Unknown or InboundMessage.Photo { AtLine: false }) desk.Mention(desk.Words.StaffCannotSee);
        else if (control.State != ControlState.Human) Receipt(desk);
    }

    /// <summary>The words of the desk that also work while the bot goes on out of hours.</summary>
    public static bool Command(TurnDesk desk, StepInput said)
    {
        var words = desk.Words;
        var control = desk.Talk.Control;
        var closed = control.State == ControlState.QueuedOutOfHours;
        if (said.Is(words.BackToBot)) Returns.Withdraw(desk);
        else if (closed && said.Is(words.LeaveMessage, "伝言"))
        {
            if (control.BotContinues) ControlMoves.Change(desk, ControlTrigger.RequestStaffOutOfHours, ControlMoves.Resident, c => c with { BotContinues = false });
            desk.Announce(words.LeaveMessageDone);
        }
        else if (!control.IsSilent) return false;
        else if (said.Is(words.Quit)) Returns.Withdraw(desk);
        else if (closed && said.Is(words.BotGoesOn))
        {
            ControlMoves.Change(desk, ControlTrigger.RequestStaffOutOfHours, ControlMoves.Resident, c => c with { BotContinues = true });
            Resuming.GoOn(desk);
        }
        else if (!closed && said.Is(words.KeepWaiting))
        {
            ControlMoves.Change(desk, ControlTrigger.MaxWait, ControlMoves.Resident, c => c with { Handoff = c.Handoff! with { KeepWaiting = true } });
            desk.Announce(words.KeepWaitingDone);
        }
        else if (!closed && said.Is(words.CallLater)) Returns.Callback(desk, words.StaffCallbackAsked, ControlMoves.Resident);
        else return said.Is(words.TalkToStaff); // asked twice: it is on its way
        return true;
    }

    private static void Receipt(TurnDesk desk)
    {
        var handoff = desk.Talk.Control.Handoff!;
        if (desk.Now - handoff.ReceiptAt < desk.Office.Town.DepartmentOf(handoff.Department).Desk.ReceiptEvery) return;
        desk.Mention(desk.Words.StaffReceived);
        ControlMoves.Remember(desk, h => h with { ReceiptAt = desk.Now });
    }

    // staff see what was sent: LINE's copy expires, ours does not
    private static void Fetch(TurnDesk desk, InboundMessage message)
    {
        var id = message switch
        {
            InboundMessage.Photo { AtLine: true } photo => photo.MessageId,
            InboundMessage.Attachment attachment => attachment.MessageId,
            _ => null,
        };
        if (id is not null) desk.Do(new Intent.FetchPhoto(id, InboundMessage.ContentId(id)) { Id = InboundMessage.ContentId(id) });
    }

    private static StepInput? WordsOf(InboundMessage message) => message switch
    {
        InboundMessage.Text { Body.Length: < 100 } typed => new StepInput(JapaneseText.Clean(typed.Body), null, typed),
        InboundMessage.Tapped tapped when TapData.Parse(tapped.Data) is { Verb: TapData.Word } tap => new StepInput(tap.Value, null, new InboundMessage.Text(tap.Value)),
        _ => null,
    };
}
