namespace OrleansGov.Procedures;

/// <summary>What falls due in each state (takeover.md §8). Every timer carries the epoch under which it was set; one of an earlier epoch does nothing.</summary>
internal static class DeskTimers
{
    /// <summary>A resident who goes on with the bot is not interrupted by the opening of the desk before a pause of this length.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    private const int MostAtOnce = 8;

    /// <summary>The control with the timers of its state.</summary>
    public static Control Arm(Control control, Department department, DateTimeOffset now) =>
        control with { Handoff = control.Handoff! with { Timers = [.. Of(control, control.Handoff!, department, now).Where(t => t.At is not null).Select(t => new ControlTimer(t.Kind, t.At!.Value, control.Epoch))] } };

    /// <summary>Does what is due, the earliest first.</summary>
    public static void FallDue(TurnDesk desk)
    {
        for (var done = 0; done < MostAtOnce && desk.Talk.Control.Handoff is { Timers: { IsEmpty: false } timers } handoff; done++)
        {
            var due = timers.Where(t => t.At <= desk.Now).OrderBy(t => t.At).ThenBy(t => t.Kind != ControlTimerKind.Hours).FirstOrDefault();
            if (due is null) return;
            desk.Talk = desk.Talk with { Control = desk.Talk.Control with { Handoff = handoff with { Timers = timers.Remove(due) } } };
            if (due.Epoch == desk.Talk.Control.Epoch) Fire(desk, due.Kind);
        }
    }

    private static IEnumerable<(ControlTimerKind Kind, DateTimeOffset? At)> Of(Control control, Handoff handoff, Department department, DateTimeOffset now)
    {
        var (hours, desk) = (department.Hours, department.Desk);
        switch (control.State)
        {
            case ControlState.Queued when handoff.QueuedFrom is { } from:
                if (!(handoff.NoticedAt >= from) && !handoff.KeepWaiting) yield return (ControlTimerKind.WaitingNotice, hours.After(from, desk.WaitingNotice));
                if (!(handoff.LeadToldAt >= from)) yield return (ControlTimerKind.LeadAlert, hours.After(from, desk.LeadAlert));
                yield return (ControlTimerKind.MaxWait, hours.After(from, desk.MaxWait));
                yield return (ControlTimerKind.Hours, hours.IsOpen(now) ? hours.NextClosing(now) : now);
                break;
            case ControlState.QueuedOutOfHours when department.TakesOver:
                yield return (ControlTimerKind.Hours, hours.IsOpen(now) ? now : hours.NextOpening(now));
                break;
            case ControlState.Human when handoff.UnansweredSince is { } asked:
                var since = asked > control.Since ? asked : control.Since ?? asked; // whoever took the talk has the whole time
                if (!(handoff.RemindedAt >= since)) yield return (ControlTimerKind.StaffSilentWarning, since + desk.StaffWarning);
                yield return (ControlTimerKind.StaffSilent, since + desk.StaffSilence);
                break;
            case ControlState.Human when handoff.LastStaffAt is { } said:
                if (!(handoff.RemindedAt >= said)) yield return (ControlTimerKind.ResidentReminder, said + desk.ResidentReminder);
                yield return (ControlTimerKind.ResidentSilent, said + desk.ResidentSilence);
                break;
            case ControlState.Returned or ControlState.Closed:
                yield return (ControlTimerKind.Window, (control.Since ?? now) + desk.Window);
                break;
        }
    }

    private static void Fire(TurnDesk desk, ControlTimerKind kind)
    {
        var control = desk.Talk.Control;
        var handoff = control.Handoff!;
        switch (kind)
        {
            case ControlTimerKind.WaitingNotice:
                desk.Mention(desk.Words.StaffStillBusy, TurnDesk.Word(desk.Words.KeepWaiting), TurnDesk.Word(desk.Words.BackToBot), TurnDesk.Word(desk.Words.CallLater));
                ControlMoves.Remember(desk, h => h with { NoticedAt = desk.Now });
                break;
            case ControlTimerKind.LeadAlert:
                desk.Alert("waiting-long");
                ControlMoves.Remember(desk, h => h with { LeadToldAt = desk.Now });
                break;
            case ControlTimerKind.MaxWait when handoff.KeepWaiting:
                ControlMoves.Fire(desk, ControlTrigger.MaxWait, new ControlFacts { KeepWaiting = true }, ControlMoves.System,
                    c => c with { Handoff = handoff with { KeepWaiting = false, QueuedFrom = desk.Now, NoticedAt = null } });
                break;
            case ControlTimerKind.MaxWait:
                Returns.Callback(desk, desk.Words.StaffCallback, ControlMoves.System);
                break;
            case ControlTimerKind.StaffSilentWarning:
                desk.Alert("reply-late");
                ControlMoves.Remember(desk, h => h with { RemindedAt = desk.Now });
                break;
            case ControlTimerKind.StaffSilent:
                Handoffs.Release(desk, handoff.Department, null, ControlMoves.System, new ControlFacts { IsOwnerOrLead = true });
                break;
            case ControlTimerKind.ResidentReminder:
                desk.Mention(desk.Words.StaffReminder);
                ControlMoves.Remember(desk, h => h with { RemindedAt = desk.Now });
                break;
            case ControlTimerKind.ResidentSilent:
                Returns.Idle(desk);
                break;
            case ControlTimerKind.Hours:
                Hours(desk, control, handoff);
                break;
            case ControlTimerKind.Window:
                ControlMoves.Fire(desk, ControlTrigger.Resume, new ControlFacts(), ControlMoves.System, c => c);
                break;
        }
    }

    // computed from the calendar, not from the timer: a late or doubled one is harmless
    private static void Hours(TurnDesk desk, Control control, Handoff handoff)
    {
        var open = desk.Office.Town.DepartmentOf(handoff.Department).Hours.IsOpen(desk.Now);
        if (open && control.BotContinues && desk.Talk.Active is { } run && run.LastWordAt + Pause is var paused && paused > desk.Now)
            desk.Talk = desk.Talk with { Control = control with { Handoff = handoff with { Timers = [new ControlTimer(ControlTimerKind.Hours, paused, control.Epoch)] } } };
        else if (!ControlMoves.Fire(desk, ControlTrigger.HoursChanged, new ControlFacts { InHours = open }, ControlMoves.System,
            c => c with { BotContinues = false, Handoff = handoff with { UnansweredSince = handoff.UnansweredSince ?? desk.Now } }))
            ControlMoves.Remember(desk, h => h);
    }
}
