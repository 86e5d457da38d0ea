using Stateless;

namespace OrleansGov.Procedures;

/// <summary>The life of a broadcast: draft → freezing → sending → done, with a way to stop from everywhere in between. Drawn in docs/machines.md.</summary>
public static class BroadcastLifecycle
{
    public enum Trigger { Start, Frozen, Hold, LookAgain, Stop, Settled, Finish, Fail }

    /// <summary>The stage after <paramref name="trigger"/>; throws when the rules do not allow it, since only what has been checked is fired.</summary>
    public static BroadcastStage After(BroadcastStage stage, Trigger trigger)
    {
        if (!Allows(stage, trigger)) throw new InvalidOperationException($"A broadcast that is {stage} cannot take {trigger}.");
        var next = stage;
        Machine(() => next, s => next = s).Fire(trigger);
        return next;
    }

    /// <summary>Whether the rules allow <paramref name="trigger"/> now.</summary>
    public static bool Allows(BroadcastStage stage, Trigger trigger) => Machine(() => stage, _ => { }).CanFire(trigger);

    /// <summary>Nothing happens to it any more.</summary>
    public static bool IsOver(BroadcastStage stage) => stage is BroadcastStage.Done or BroadcastStage.Stopped or BroadcastStage.Failed;

    public static StateMachine<BroadcastStage, Trigger> Machine(Func<BroadcastStage> read, Action<BroadcastStage> write)
    {
        var machine = new StateMachine<BroadcastStage, Trigger>(read, write);
        machine.Configure(BroadcastStage.Draft)
            .Permit(Trigger.Start, BroadcastStage.Freezing);
        machine.Configure(BroadcastStage.Freezing)
            .Permit(Trigger.Frozen, BroadcastStage.Sending)
            .Permit(Trigger.Stop, BroadcastStage.Stopped) // nobody has been written to yet
            .Permit(Trigger.Fail, BroadcastStage.Failed);
        machine.Configure(BroadcastStage.Sending)
            .Permit(Trigger.Finish, BroadcastStage.Done)
            .Permit(Trigger.Hold, BroadcastStage.Held)
            .Permit(Trigger.Stop, BroadcastStage.Stopping)
            .Permit(Trigger.Fail, BroadcastStage.Failed);
        machine.Configure(BroadcastStage.Held)
            .Permit(Trigger.LookAgain, BroadcastStage.Sending)
            .Permit(Trigger.Stop, BroadcastStage.Stopping);
        machine.Configure(BroadcastStage.Stopping)
            .Permit(Trigger.Settled, BroadcastStage.Stopped);
        return machine;
    }
}
