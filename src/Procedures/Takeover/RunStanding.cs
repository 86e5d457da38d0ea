namespace OrleansGov.Procedures;

/// <summary>Where a run stands, for staff.</summary>
public static class RunStanding
{
    /// <summary>The question in hand; null = everything is answered.</summary>
    public static Step? InHand(Procedure procedure, Run run) => ProcedureMachine.CurrentStep(procedure, run);

    /// <summary>What was answered, in asking order.</summary>
    public static IEnumerable<(Step Step, Answer Answer)> Answered(Procedure procedure, Run run) => ProcedureMachine.Answered(procedure, run);

    /// <summary>Departments that have to do with the resident, the desk's first.</summary>
    public static ImmutableList<string> Departments(Conversation talk, Office office)
    {
        var all = ImmutableList.CreateBuilder<string>();
        if (talk.Control.Handoff is { } handoff && (handoff.CaseOpen || talk.Control.State is not ControlState.Bot)) Add(handoff.Department);
        if (talk.Active is { } run) Add(office.Version(run.ProcedureId, run.Version)?.Department);
        foreach (var open in talk.Cases)
            if (open.Status is "accepted" or "changed" or "waiting") Add(office.Version(open.ProcedureId, open.Version)?.Department ?? office.Published.GetValueOrDefault(open.ProcedureId)?.Department);
        return all.ToImmutable();

        void Add(string? department)
        {
            if (department is not null && !all.Contains(department)) all.Add(department);
        }
    }
}
