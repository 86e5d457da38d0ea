namespace Stateless.Reflection;

/// <summary>What a state does with a trigger, as data.</summary>
public abstract class TransitionInfo
{
    /// <summary>The guards, in order of configuration.</summary>
    public IEnumerable<InvocationInfo> GuardConditionsMethodDescriptions;

    /// <summary>What makes the machine move.</summary>
    public TriggerInfo Trigger { get; protected set; }

    /// <summary>Whether entry and exit actions stay asleep.</summary>
    public bool IsInternalTransition { get; protected set; }
}

/// <summary>A transition whose destination is known beforehand (moves, reentries, internal ones).</summary>
public class FixedTransitionInfo : TransitionInfo
{
    internal FixedTransitionInfo(object trigger, StateInfo destination, IEnumerable<InvocationInfo> guards, bool isInternal)
    {
        Trigger = new TriggerInfo(trigger);
        DestinationState = destination;
        GuardConditionsMethodDescriptions = guards;
        IsInternalTransition = isInternal;
    }

    /// <summary>Where it leads.</summary>
    public StateInfo DestinationState { get; }
}

/// <summary>A trigger that is accepted and does nothing.</summary>
public class IgnoredTransitionInfo : TransitionInfo
{
    internal IgnoredTransitionInfo(object trigger, IEnumerable<InvocationInfo> guards)
    {
        Trigger = new TriggerInfo(trigger);
        GuardConditionsMethodDescriptions = guards;
    }
}
