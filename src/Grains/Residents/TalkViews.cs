namespace OrleansGov.Grains;

/// <summary>A resident's state as staff may see it: pure.</summary>
internal static class TalkViews
{
    public static TalkView Of(ResidentState state, string key, string town, Office office, DateTimeOffset? attendedUntil, DateTimeOffset now)
    {
        var (channel, conversation) = ResidentKey.Split(key);
        var talk = state.Talk;
        var control = talk.Control;
        var departments = RunStanding.Departments(talk, office);
        var department = control.Handoff?.Department ?? departments.FirstOrDefault();
        var described = department is null ? null : office.Town.DepartmentOf(department);
        return new TalkView(town, channel, conversation,
            new ControlView(control.State, control.Epoch, control.Since, control.Owner, control.Handoff?.OwnerName, control.Owner is not null && !(attendedUntil > now), control.CaseNumber,
                control.Handoff?.CaseOpen ?? false, control.Reason, control.Handoff?.WaitingSince, control.Handoff?.UnansweredSince, control.BotContinues, control.Handoff?.CallbackBy),
            department, Procedure(talk, office), state.Facts.Seq, state.LastHeard, talk.LastWordAt, talk.Reachable)
        {
            Departments = departments,
            TakesOver = described?.TakesOver ?? true,
            InHours = described?.Hours.IsOpen(now) ?? false,
        };
    }

    private static SuspendedView? Procedure(Conversation talk, Office office)
    {
        if (talk.Active is not { } run || office.Version(run.ProcedureId, run.Version) is not { } procedure) return null;
        var step = RunStanding.InHand(procedure, run);
        return new SuspendedView(run.Id, run.ProcedureId, run.Version, procedure.Title.Japanese, step?.Id, step?.Ask.Japanese,
            [.. RunStanding.Answered(procedure, run).Select(a => new AnswerView(a.Step.Id, (a.Step.Label ?? a.Step.Id).Japanese, IsPersonal(a.Answer) ? null : AnswerText.Of(a.Answer)))], run.LastWordAt);
    }

    private static bool IsPersonal(Answer answer) => answer is Answer.Words or Answer.Fields or Answer.Place or Answer.Address { Rest: not null };
}
