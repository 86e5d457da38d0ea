using Stateless;

namespace OrleansGov.Procedures;

/// <summary>The life of a run: asking → reviewing → submitting → done, or given up on the way. Drawn in docs/machines.md.</summary>
public static class RunLifecycle
{
    public enum Trigger { EverythingAnswered, Correct, Confirm, Completed, SlotLost, GiveUp, TimeOut }

    /// <summary>The stage after <paramref name="trigger"/>; throws when the rules do not allow it, since the dialogue only fires what it has checked.</summary>
    public static RunStage After(RunStage stage, Trigger trigger)
    {
        if (!Allows(stage, trigger)) throw new InvalidOperationException($"A run that is {stage} cannot take {trigger}.");
        var next = stage;
        Machine(() => next, s => next = s).Fire(trigger);
        return next;
    }

    /// <summary>Whether the rules allow <paramref name="trigger"/> now.</summary>
    public static bool Allows(RunStage stage, Trigger trigger) => Machine(() => stage, _ => { }).CanFire(trigger);

    public static StateMachine<RunStage, Trigger> Machine(Func<RunStage> read, Action<RunStage> write)
    {
        var machine = new StateMachine<RunStage, Trigger>(read, write);
        machine.Configure(RunStage.Asking)
            .Permit(Trigger.EverythingAnswered, RunStage.Reviewing)
            .PermitReentry(Trigger.Correct)
            .Permit(Trigger.GiveUp, RunStage.Cancelled)
            .Permit(Trigger.TimeOut, RunStage.Expired);
        machine.Configure(RunStage.Reviewing)
            .Permit(Trigger.Correct, RunStage.Asking)
            .PermitReentry(Trigger.EverythingAnswered)
            .Permit(Trigger.Confirm, RunStage.Submitting)
            .Permit(Trigger.GiveUp, RunStage.Cancelled)
            .Permit(Trigger.TimeOut, RunStage.Expired);
        machine.Configure(RunStage.Submitting)
            .Permit(Trigger.Completed, RunStage.Done)
            .Permit(Trigger.SlotLost, RunStage.Asking)
            .Permit(Trigger.GiveUp, RunStage.Cancelled);
        return machine;
    }
}
