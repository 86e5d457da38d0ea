using System.Globalization;

namespace OrleansGov.Grains;

/// <summary>Commands of staff on a case: who may, whether it can be, and the next state. Pure.</summary>
internal static class CaseCommands
{
    private const int MostLabels = 20, LongestLabel = 40, LongestNote = 5000, LongestReason = 500, LongestCode = 60;

    /// <returns>The next state when the verdict is Done; otherwise null.</returns>
    public static (CaseVerdict Verdict, CaseState? Next, string? Missing) Decide(CaseState state, string key, CaseCommand command, DateTimeOffset now)
    {
        var by = command.By;
        if (state.Opening is null || by.Town != CaseKey.Split(key).Town || !by.Sees(state.DepartmentNow())) return (CaseVerdict.NotVisible, null, null);
        if (!by.May(command is CaseCommand.Hold ? StaffRights.Lead : StaffRights.Reply)) return (CaseVerdict.Forbidden, null, null);
        if (command is CaseCommand.Note repeated && state.Done.Contains(IntentOf(repeated))) return (CaseVerdict.Unchanged, null, null);
        if (Missing(command) is { } missing) return (CaseVerdict.Incomplete, null, missing);
        if (state.Status is "skeleton") return (CaseVerdict.Illegal, null, null);
        if (command is not CaseCommand.Note)
        {
            if (command.IfRevision is not { } revision) return (CaseVerdict.PreconditionRequired, null, null);
            if (state.AtWork && command is CaseCommand.AwaitResident or CaseCommand.AwaitOffice or CaseCommand.Resolve or CaseCommand.Assign or CaseCommand.Move) return (CaseVerdict.AtWork, null, null);
            if (revision != state.Revision) return (CaseVerdict.Stale, null, null);
        }

        return command switch
        {
            CaseCommand.AwaitResident => Move(CaseTrigger.AwaitResident, s => s, "pendingResident", null),
            CaseCommand.AwaitOffice => Move(CaseTrigger.AwaitOffice, s => s, "pendingInternal", null),
            CaseCommand.Resolve resolve => Move(CaseTrigger.Resolve, s => s with { Result = resolve.Result, Tags = resolve.Tags, CallbackBy = null }, "resolved", resolve.Result),
            CaseCommand.Assign assign when state.Status == "assigned" && state.Owner == assign.Owner => (CaseVerdict.Unchanged, null, null),
            CaseCommand.Assign assign => Move(CaseTrigger.Assign, s => s with { Owner = assign.Owner, OwnerName = assign.OwnerName }, "assigned", assign.OwnerName),
            CaseCommand.Move move when move.Department == state.DepartmentNow() => (CaseVerdict.Unchanged, null, null),
            CaseCommand.Move move => Done((state.Fire(CaseTrigger.Release, now) ?? state) with { Department = move.Department, Owner = null, OwnerName = null }, "moved", $"{state.DepartmentNow()} → {move.Department}", state.DepartmentNow()),
            CaseCommand.PromiseCallback promise when promise.Until == state.CallbackBy => (CaseVerdict.Unchanged, null, null),
            CaseCommand.PromiseCallback when !CaseMachine.IsOpen(CaseMachine.Parse(state.Status)) => (CaseVerdict.Illegal, null, null),
            CaseCommand.PromiseCallback promise => Done(state with { CallbackBy = promise.Until }, "callbackPromised", promise.Until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            CaseCommand.Label label when label.Labels.SequenceEqual(state.Labels) => (CaseVerdict.Unchanged, null, null),
            CaseCommand.Label label => Done(state with { Labels = [.. label.Labels.Distinct()] }, "labelled", string.Join('、', label.Labels)),
            CaseCommand.Hold hold when hold.Reason == state.Hold => (CaseVerdict.Unchanged, null, null),
            CaseCommand.Hold hold => Done(state with { Hold = hold.Reason }, "held", hold.Reason),
            CaseCommand.Note note => Written(note),
            _ => throw new InvalidOperationException($"{command.GetType().Name} is no command on a case."),
        };

        (CaseVerdict, CaseState?, string?) Move(CaseTrigger trigger, Func<CaseState, CaseState> then, string what, string? detail) =>
            state.Fire(trigger, now) is { } next ? Done(then(next), what, detail) : (CaseVerdict.Illegal, null, null);

        (CaseVerdict, CaseState?, string?) Done(CaseState next, string what, string? detail, string? former = null) =>
            (CaseVerdict.Done, next.Note(key, now, what, by.Id, by.Name, detail, former), null);

        (CaseVerdict, CaseState?, string?) Written(CaseCommand.Note note)
        {
            var next = state.Knowing(IntentOf(note)).Note(key, now, "noted", by.Id, by.Name);
            var fact = new FactBody.CaseNoted(CaseKey.Split(key).Number, note.Key.ToString(), ResidentKey.Split(state.Opening!.Resident).Pseudonym, by.Id, by.Name, note.Text);
            return (CaseVerdict.Done, next with { Facts = next.Facts.Add(key, now, fact) }, null);
        }
    }

    private static string IntentOf(CaseCommand.Note note) => $"note:{note.Key}";

    private static string? Missing(CaseCommand command) => command switch
    {
        CaseCommand.Resolve { Result: var result } when string.IsNullOrWhiteSpace(result) || result.Length > LongestCode => "result",
        CaseCommand.Resolve { Tags: var tags } when tags.Count > MostLabels || tags.Exists(t => string.IsNullOrWhiteSpace(t) || t.Length > LongestLabel) => "tags",
        CaseCommand.Assign { Owner: var owner } when string.IsNullOrWhiteSpace(owner) => "owner",
        CaseCommand.Move { Department: var department } when string.IsNullOrWhiteSpace(department) => "department",
        CaseCommand.Move { Reason.Length: > LongestReason } => "reason",
        CaseCommand.Label { Labels: var labels } when labels.Count > MostLabels || labels.Exists(l => string.IsNullOrWhiteSpace(l) || l.Length > LongestLabel) => "labels",
        CaseCommand.Note { Text: var text } when string.IsNullOrWhiteSpace(text) || text.Length > LongestNote => "text",
        CaseCommand.Hold { Reason: { } reason } when string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason => "reason",
        _ => null,
    };
}
