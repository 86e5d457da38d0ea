namespace Stateless.Reflection;

/// <summary>A state as data.</summary>
public class StateInfo
{
    internal StateInfo(object state, IEnumerable<IgnoredTransitionInfo> ignored, IEnumerable<ActionInfo> entries, IEnumerable<InvocationInfo> exits) =>
        (UnderlyingState, IgnoredTriggers, EntryActions, ExitActions) = (state, ignored, entries, exits);

    /// <summary>The state itself.</summary>
    public object UnderlyingState { get; }

    /// <summary>States directly below.</summary>
    public IEnumerable<StateInfo> Substates { get; private set; }

    /// <summary>The state directly above, or null.</summary>
    public StateInfo Superstate { get; private set; }

    /// <summary>What runs on entry.</summary>
    public IEnumerable<ActionInfo> EntryActions { get; }

    /// <summary>What runs on exit.</summary>
    public IEnumerable<InvocationInfo> ExitActions { get; }

    /// <summary>Every transition that starts here.</summary>
    public IEnumerable<TransitionInfo> Transitions => FixedTransitions;

    /// <summary>Transitions whose destination is known beforehand.</summary>
    public IEnumerable<FixedTransitionInfo> FixedTransitions { get; private set; }

    /// <summary>Triggers that do nothing here.</summary>
    public IEnumerable<IgnoredTransitionInfo> IgnoredTriggers { get; }

    /// <inheritdoc/>
    public override string ToString() => UnderlyingState?.ToString() ?? "<null>";

    internal void Relate(StateInfo superstate, IEnumerable<StateInfo> substates, IEnumerable<FixedTransitionInfo> transitions) =>
        (Superstate, Substates, FixedTransitions) = (superstate, substates, transitions);
}
