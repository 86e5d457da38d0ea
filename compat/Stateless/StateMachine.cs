using Stateless.Reflection;

namespace Stateless;

/// <summary>
/// A machine of states and triggers. It is configured once (<see cref="Configure"/>), then driven by <c>Fire</c>;
/// a trigger nobody handles throws unless <c>OnUnhandledTrigger</c> says otherwise.
/// </summary>
/// <typeparam name="TState">States, compared by <see cref="object.Equals(object)"/>.</typeparam>
/// <typeparam name="TTrigger">Triggers, compared by <see cref="object.Equals(object)"/>.</typeparam>
public partial class StateMachine<TState, TTrigger>
{
    private readonly Dictionary<TState, StateRepresentation> states = [];
    private readonly Dictionary<TTrigger, TriggerWithParameters> parameters = [];
    private readonly Queue<(TTrigger Trigger, object[] Args)> waiting = new();
    private readonly Func<TState> read;
    private readonly Action<TState> write;
    private readonly TState initialState;
    private readonly FiringMode firingMode;
    private Action<TState, TTrigger, ICollection<string>> unhandled = ThrowUnhandled;
    private Action<Transition> transitioned;
    private Action<Transition> transitionCompleted;
    private bool firing;

    /// <summary>A machine whose state lives elsewhere.</summary>
    public StateMachine(Func<TState> stateAccessor, Action<TState> stateMutator) : this(stateAccessor, stateMutator, FiringMode.Queued)
    {
    }

    /// <summary>A machine that keeps its own state.</summary>
    public StateMachine(TState initialState) : this(initialState, FiringMode.Queued)
    {
    }

    /// <summary>A machine whose state lives elsewhere.</summary>
    public StateMachine(Func<TState> stateAccessor, Action<TState> stateMutator, FiringMode firingMode)
    {
        read = stateAccessor ?? throw new ArgumentNullException(nameof(stateAccessor));
        write = stateMutator ?? throw new ArgumentNullException(nameof(stateMutator));
        initialState = stateAccessor();
        this.firingMode = firingMode;
    }

    /// <summary>A machine that keeps its own state.</summary>
    public StateMachine(TState initialState, FiringMode firingMode)
    {
        var own = initialState;
        read = () => own;
        write = state => own = state;
        this.initialState = initialState;
        this.firingMode = firingMode;
    }

    /// <summary>Where the machine stands.</summary>
    public TState State
    {
        get => read();
        private set => write(value);
    }

    /// <summary>Triggers with at least one fulfilled guard here, superstates included.</summary>
    [Obsolete("Kept for compatibility purposes. Recommended to use PermittedTriggersAsync instead")]
    public IEnumerable<TTrigger> PermittedTriggers => Current.PermittedTriggers([]);

    private StateRepresentation Current => Representation(State);

    /// <summary>As <see cref="PermittedTriggers"/>, with arguments for guards that want them.</summary>
    [Obsolete("Kept for compatibility purposes. Recommended to use GetPermittedTriggersAsync instead")]
    public IEnumerable<TTrigger> GetPermittedTriggers(params object[] args) => Current.PermittedTriggers(args);

    /// <summary>As <see cref="PermittedTriggers"/>.</summary>
    public Task<IEnumerable<TTrigger>> GetPermittedTriggersAsync(params object[] args) => Task.FromResult(Current.PermittedTriggers(args));

    /// <summary>Starts or continues the configuration of one state.</summary>
    public StateConfiguration Configure(TState state) => new(this, Representation(state), Representation);

    /// <summary>Whether the machine stands in the state or in one of its substates.</summary>
    public bool IsInState(TState state) => Current.IsIncludedIn(state);

    /// <summary>Called instead of throwing when nobody handles a trigger.</summary>
    public void OnUnhandledTrigger(Action<TState, TTrigger> unhandledTriggerAction)
    {
        ArgumentNullException.ThrowIfNull(unhandledTriggerAction);
        unhandled = (state, trigger, _) => unhandledTriggerAction(state, trigger);
    }

    /// <summary>Called instead of throwing when nobody handles a trigger, with the descriptions of the guards that said no (or null).</summary>
    public void OnUnhandledTrigger(Action<TState, TTrigger, ICollection<string>> unhandledTriggerAction)
    {
        ArgumentNullException.ThrowIfNull(unhandledTriggerAction);
        unhandled = unhandledTriggerAction;
    }

    /// <summary>Called after the state has changed and before entry actions run.</summary>
    public void OnTransitioned(Action<Transition> onTransitionAction)
    {
        ArgumentNullException.ThrowIfNull(onTransitionAction);
        transitioned += onTransitionAction;
    }

    /// <summary>Called after entry actions have run.</summary>
    public void OnTransitionCompleted(Action<Transition> onTransitionAction)
    {
        ArgumentNullException.ThrowIfNull(onTransitionAction);
        transitionCompleted += onTransitionAction;
    }

    /// <summary>The configuration as data, for drawings and tests.</summary>
    public StateMachineInfo GetInfo() => StateMachineInfo.Of(states, initialState, state => new StateRepresentation(state));

    /// <inheritdoc/>
    public override string ToString() =>
        $"StateMachine {{ State = {State}, PermittedTriggers = {{ {string.Join(", ", Current.PermittedTriggers([]))} }}}}";

    private static void ThrowUnhandled(TState state, TTrigger trigger, ICollection<string> unmetGuards) =>
        throw new InvalidOperationException(unmetGuards is { Count: > 0 }
            ? $"Trigger '{trigger}' is valid for transition from state '{state}' but a guard conditions are not met. Guard descriptions: '{string.Join(", ", unmetGuards)}'."
            : $"No valid leaving transitions are permitted from state '{state}' for trigger '{trigger}'. Consider ignoring the trigger.");

    private StateRepresentation Representation(TState state)
    {
        if (!states.TryGetValue(state, out var known))
            states.Add(state, known = new StateRepresentation(state));
        return known;
    }
}
