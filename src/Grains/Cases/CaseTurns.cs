using System.Globalization;

namespace OrleansGov.Grains;

/// <summary>What happens to a case, as its next state: status by <see cref="CaseMachine"/>, a line of history, a fact for Records. Pure.</summary>
internal static class CaseTurns
{
    private const int MostHistory = 200; // Records has all of it
    private const int MostDone = 100; // a repeat comes within hours, not after a hundred changes

    /// <summary>A change of control, seen from the case. Moves that mean nothing to it (opening hours, windows) or that the rules do not allow only count as known.</summary>
    public static CaseState Follow(this CaseState state, string key, CaseMove move, DateTimeOffset now)
    {
        var intent = $"{move.Conversation}#{move.Epoch}";
        var known = state with { Done = Newest(state.Done.Add(intent), MostDone) };
        if (TriggerOf(move) is not { } trigger || state.Fire(trigger, now) is not { } next) return known;

        var happened = trigger switch
        {
            CaseTrigger.Queue => "waiting",
            CaseTrigger.Assign => "assigned",
            CaseTrigger.Release => "released",
            CaseTrigger.PromiseCallback => "callbackPromised",
            CaseTrigger.Reopen => "reopened",
            _ => next.Status,
        };
        var department = move.Department.Length > 0 ? move.Department : state.DepartmentNow();
        var moved = department != state.DepartmentNow();
        next = next with
        {
            Done = known.Done,
            Department = department,
            Owner = trigger is CaseTrigger.Assign ? move.Owner : trigger is CaseTrigger.Queue or CaseTrigger.Release or CaseTrigger.Reopen ? null : next.Owner,
            OwnerName = trigger is CaseTrigger.Assign ? move.OwnerName : trigger is CaseTrigger.Queue or CaseTrigger.Release or CaseTrigger.Reopen ? null : next.OwnerName,
            Result = trigger is CaseTrigger.Resolve ? move.Result : trigger is CaseTrigger.Reopen ? null : next.Result,
            Tags = trigger is CaseTrigger.Resolve ? move.Tags : trigger is CaseTrigger.Reopen ? [] : next.Tags,
            CallbackBy = trigger is CaseTrigger.PromiseCallback ? move.CallbackBy : trigger is CaseTrigger.Resolve or CaseTrigger.Withdraw ? null : next.CallbackBy,
            AtWork = next.Status is "waiting" or "assigned" && trigger is not CaseTrigger.PromiseCallback,
        };
        return next.Note(key, move.At, moved ? "moved" : happened, move.By, move.OwnerName,
            moved ? $"{state.DepartmentNow()} → {department}" : trigger switch
            {
                CaseTrigger.Resolve => move.Result,
                CaseTrigger.PromiseCallback => move.CallbackBy?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                _ => move.Reason,
            }, formerDepartment: moved ? state.DepartmentNow() : null);
    }

    /// <summary>The status after a trigger, and what follows from it alone; null when the rules do not allow it.</summary>
    public static CaseState? Fire(this CaseState state, CaseTrigger trigger, DateTimeOffset now)
    {
        var facts = new CaseFacts { InQueue = state.AtWork, WithinReopenWindow = state.ReopenUntil > now };
        if (CaseMachine.After(CaseMachine.Parse(state.Status), trigger, facts) is not { } status) return null;
        return state with
        {
            Status = CaseMachine.NameOf(status),
            OverSince = status is CaseStatus.Resolved or CaseStatus.Withdrawn or CaseStatus.Cancelled ? now : CaseMachine.IsOpen(status) ? null : state.OverSince,
        };
    }

    /// <summary>With a line of history and the fact that tells of it, one revision on.</summary>
    /// <param name="detail">No personal text.</param>
    public static CaseState Note(this CaseState next, string key, DateTimeOffset at, string what, string by, string? byName = null, string? detail = null, string? formerDepartment = null)
    {
        var noted = next with
        {
            Revision = next.Revision + 1,
            History = Newest(next.History.Add(new CaseEvent(at, what, by) { ByName = byName, Detail = detail }), MostHistory),
        };
        return noted with { Facts = noted.Facts.Add(key, at, noted.Changed(key, what, by, byName, detail, formerDepartment)) };
    }

    public static CaseState Knowing(this CaseState state, string intent) => state with { Done = Newest(state.Done.Add(intent), MostDone) };

    public static string DepartmentNow(this CaseState state) => state.Department ?? state.Opening?.Department ?? "";

    public static StaffCase ForStaff(this CaseState state, string key)
    {
        var ((town, number), opening) = (CaseKey.Split(key), state.Opening!);
        return new StaffCase(number, town, opening with { Slot = state.Slot, Fee = state.Fee, Answers = state.Answers }, state.Status, state.History)
        {
            Revision = state.Revision,
            Department = state.DepartmentNow(),
            Owner = state.Owner,
            OwnerName = state.OwnerName,
            Labels = state.Labels,
            Result = state.Result,
            Tags = state.Tags,
            CallbackBy = state.CallbackBy,
            ReopenUntil = state.ReopenUntil,
            Hold = state.Hold,
            AtWork = state.AtWork,
        };
    }

    private static FactBody.CaseChanged Changed(this CaseState state, string key, string what, string by, string? byName, string? detail, string? formerDepartment) =>
        new(CaseKey.Split(key).Number, state.Status, state.Slot?.Resource, state.Slot?.Date, state.Fee, AnswerText.Summary(state.Answers), what, by)
        {
            Department = state.DepartmentNow(),
            FormerDepartment = formerDepartment,
            ByName = byName,
            Detail = detail,
            Owner = state.Owner,
            OwnerName = state.OwnerName,
            Labels = state.Labels,
            Result = state.Result,
            Tags = state.Tags,
            CallbackBy = state.CallbackBy,
            Hold = state.Hold,
            Revision = state.Revision,
            OverSince = state.OverSince,
        };

    private static CaseTrigger? TriggerOf(CaseMove move) => move.Trigger switch
    {
        ControlTrigger.RequestStaff or ControlTrigger.RequestStaffOutOfHours or ControlTrigger.EngineFailure => CaseTrigger.Queue,
        ControlTrigger.Take or ControlTrigger.Intervene or ControlTrigger.Transfer => CaseTrigger.Assign,
        ControlTrigger.Release => CaseTrigger.Release,
        ControlTrigger.ReturnToBot => move.WorkLeft ? CaseTrigger.AwaitOffice : CaseTrigger.Resolve,
        ControlTrigger.Close => CaseTrigger.Resolve,
        ControlTrigger.ResidentIdle => CaseTrigger.AwaitResident,
        ControlTrigger.Withdraw => CaseTrigger.Withdraw,
        ControlTrigger.MaxWait when move.CallbackBy is not null => CaseTrigger.PromiseCallback,
        ControlTrigger.Reopen => CaseTrigger.Reopen,
        _ => null,
    };

    private static ImmutableList<T> Newest<T>(ImmutableList<T> list, int most) => list.Count > most ? list.RemoveRange(0, list.Count - most) : list;
}
