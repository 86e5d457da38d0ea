namespace Stateless.Reflection;

/// <summary>A whole configuration as data: what drawings are made of.</summary>
public class StateMachineInfo
{
    private StateMachineInfo(IEnumerable<StateInfo> states, Type stateType, Type triggerType, StateInfo initialState) =>
        (States, StateType, TriggerType, InitialState) = (states, stateType, triggerType, initialState);

    /// <summary>Where the machine stood when it was made.</summary>
    public StateInfo InitialState { get; }

    /// <summary>Configured states in order of configuration, then states that are only led to.</summary>
    public IEnumerable<StateInfo> States { get; }

    /// <summary>The type of states.</summary>
    public Type StateType { get; }

    /// <summary>The type of triggers.</summary>
    public Type TriggerType { get; }

    internal static StateMachineInfo Of<TState, TTrigger>(
        IReadOnlyDictionary<TState, StateMachine<TState, TTrigger>.StateRepresentation> configured,
        TState initialState,
        Func<TState, StateMachine<TState, TTrigger>.StateRepresentation> create)
    {
        var all = configured.Values.ToList();
        var moves = all.SelectMany(state => Behaviours(state)).OfType<StateMachine<TState, TTrigger>.Move>().Select(move => move.Destination);
        var reentries = all.SelectMany(state => Behaviours(state)).OfType<StateMachine<TState, TTrigger>.Reentry>().Select(again => again.Destination);
        all.AddRange(moves.Concat(reentries).Distinct().Except(configured.Keys).Select(create).ToArray());

        var infos = all.ToDictionary(state => state.State, Describe);
        foreach (var state in all)
        {
            infos[state.State].Relate(
                state.Superstate is null ? null : infos[state.Superstate.State],
                [.. state.Substates.Select(substate => infos[substate.State])],
                [.. state.Behaviours.Values.SelectMany(behaviours => Transitions(state.State, behaviours, infos))]);
        }

        return new StateMachineInfo([.. infos.Values], typeof(TState), typeof(TTrigger), Describe(create(initialState)));
    }

    private static IEnumerable<StateMachine<TState, TTrigger>.Behaviour> Behaviours<TState, TTrigger>(StateMachine<TState, TTrigger>.StateRepresentation state) =>
        state.Behaviours.Values.SelectMany(behaviours => behaviours);

    private static StateInfo Describe<TState, TTrigger>(StateMachine<TState, TTrigger>.StateRepresentation state) => new(
        state.State,
        [.. Behaviours(state).OfType<StateMachine<TState, TTrigger>.Ignored>().Select(ignored => new IgnoredTransitionInfo(ignored.Trigger, Guards(ignored)))],
        [.. state.EntryActions.Select(entry => new ActionInfo(entry.Description, entry.HasTrigger ? entry.Trigger.ToString() : null))],
        [.. state.ExitActions.Select(exit => exit.Description)]);

    // Per trigger: moves, then reentries, then internal ones - the order in which drawings list them.
    private static IEnumerable<FixedTransitionInfo> Transitions<TState, TTrigger>(
        TState source, List<StateMachine<TState, TTrigger>.Behaviour> behaviours, Dictionary<TState, StateInfo> infos) =>
        behaviours.OfType<StateMachine<TState, TTrigger>.Move>().Select(move => new FixedTransitionInfo(move.Trigger, infos[move.Destination], Guards(move), false))
            .Concat(behaviours.OfType<StateMachine<TState, TTrigger>.Reentry>().Select(again => new FixedTransitionInfo(again.Trigger, infos[again.Destination], Guards(again), false)))
            .Concat(behaviours.OfType<StateMachine<TState, TTrigger>.Internal>().Select(inside => new FixedTransitionInfo(inside.Trigger, infos[source], Guards(inside), true)));

    private static InvocationInfo[] Guards<TState, TTrigger>(StateMachine<TState, TTrigger>.Behaviour behaviour) =>
        [.. behaviour.Guards.Select(guard => guard.Description)];
}
