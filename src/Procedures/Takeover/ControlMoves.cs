namespace OrleansGov.Procedures;

/// <summary>
/// Changes of control within a turn. Whatever follows from one (timers of the state it leads to, the case, the desk, the fact) is written down here, once, and leaves
/// with the turn's one write.
/// </summary>
internal static class ControlMoves
{
    public const string Resident = "resident", System = "system";

    /// <summary>Fires a transition.</summary>
    /// <param name="then">What else changes; the state and the epoch are the machine's.</param>
    /// <param name="word">What the case is told besides.</param>
    /// <returns>False: the state does not allow it, and nothing changed.</returns>
    public static bool Fire(TurnDesk desk, ControlTrigger trigger, ControlFacts facts, string by, Func<Control, Control> then, Func<Intent.FollowCase, Intent.FollowCase>? word = null)
    {
        var before = desk.Talk.Control;
        if (ControlMachine.Fire(before, trigger, facts, desk.Now) is not Verdict.Moved moved) return false;
        Set(desk, trigger, before, then(moved.Control), by, word);
        return true;
    }

    /// <summary>A change that is no transition: it raises the epoch all the same.</summary>
    public static void Change(TurnDesk desk, ControlTrigger about, string by, Func<Control, Control> then)
    {
        var before = desk.Talk.Control;
        Set(desk, about, before, then(before with { Epoch = before.Epoch + 1 }), by, word: null);
    }

    /// <summary>What the desk's side remembers of a word, without a change of control: the timers follow.</summary>
    public static void Remember(TurnDesk desk, Func<Handoff, Handoff> then)
    {
        if (desk.Talk.Control.Handoff is not { } handoff) return;
        var control = desk.Talk.Control with { Handoff = then(handoff) };
        desk.Talk = desk.Talk with { Control = DeskTimers.Arm(control, desk.Office.Town.DepartmentOf(handoff.Department), desk.Now) };
    }

    private static void Set(TurnDesk desk, ControlTrigger trigger, Control before, Control after, string by, Func<Intent.FollowCase, Intent.FollowCase>? word)
    {
        if (after is { Owner: null, Handoff.OwnerName: not null }) after = after with { Handoff = after.Handoff! with { OwnerName = null } };
        if (after.Handoff is { } handoff) after = DeskTimers.Arm(after, desk.Office.Town.DepartmentOf(handoff.Department), desk.Now);
        desk.Talk = desk.Talk with { Control = after };
        desk.Note(new ControlChange(trigger, before.State, after, by, before.Owner, before.Handoff?.Department));
        desk.Happen("control", desk.Talk.Active, desk.Talk.Active?.AskedStep, detail: after.State switch
        {
            ControlState.Queued or ControlState.QueuedOutOfHours => "queued",
            var state => state.ToString().ToLowerInvariant(),
        });
        TellDesk(desk, before, after);
        if (after.CaseNumber is { } number && after.Handoff is { } side && Concerns(trigger, before, after))
        {
            var follow = new Intent.FollowCase(number, trigger, after.Epoch, desk.Now, by, side.Department)
            {
                Id = $"case.{after.Epoch}",
                Owner = after.Owner,
                OwnerName = side.OwnerName,
                Reason = after.Reason,
                CallbackBy = side.CallbackBy,
            };
            desk.Do(word is null ? follow : word(follow));
        }
    }

    // a case that has just been opened for a request knows of it; hours and windows are no news to it
    private static bool Concerns(ControlTrigger trigger, Control before, Control after) => trigger switch
    {
        ControlTrigger.RequestStaff or ControlTrigger.RequestStaffOutOfHours or ControlTrigger.EngineFailure => before.CaseNumber == after.CaseNumber,
        ControlTrigger.HoursChanged or ControlTrigger.Resume or ControlTrigger.Reachability => false,
        _ => true,
    };

    private static void TellDesk(TurnDesk desk, Control before, Control after)
    {
        var (was, now) = (PlaceOf(before), PlaceOf(after));
        var moved = before.Handoff is { } old && old.Department != after.Handoff?.Department;
        if (moved && was != DeskPlace.Gone) desk.Do(News(before.Handoff!.Department, DeskPlace.Gone));
        if (after.Handoff is { } side && (now != was || (moved && now != DeskPlace.Gone) || (now == DeskPlace.Served && before.Owner != after.Owner)))
            desk.Do(News(side.Department, now));

        Intent.TellDesk News(string department, DeskPlace place) =>
            new(department, after.Epoch, place, desk.Now, after.Handoff?.WaitingSince, after.CaseNumber, after.Owner) { Id = $"desk.{department}.{after.Epoch}" };
    }

    private static DeskPlace PlaceOf(Control control) => control.State switch
    {
        ControlState.Queued => DeskPlace.Waiting,
        ControlState.Human => DeskPlace.Served,
        _ => DeskPlace.Gone,
    };
}
