using Stateless.Reflection;

namespace Stateless;

public partial class StateMachine<TState, TTrigger>
{
    /// <summary>One state: its place in the tree, what it does on entry and exit, how it answers triggers.</summary>
    internal sealed class StateRepresentation(TState state)
    {
        internal TState State { get; } = state;

        internal Dictionary<TTrigger, List<Behaviour>> Behaviours { get; } = [];

        internal List<(Action<Transition, object[]> Action, InvocationInfo Description, bool HasTrigger, TTrigger Trigger)> EntryActions { get; } = [];

        internal List<(Action<Transition> Action, InvocationInfo Description)> ExitActions { get; } = [];

        internal StateRepresentation Superstate { get; set; }

        internal List<StateRepresentation> Substates { get; } = [];

        internal bool HasInitialTransition { get; private set; }

        internal TState InitialTarget { get; private set; }

        internal void StartIn(TState substate) => (HasInitialTransition, InitialTarget) = (true, substate);

        internal void Add(Behaviour behaviour)
        {
            if (!Behaviours.TryGetValue(behaviour.Trigger, out var list))
                Behaviours.Add(behaviour.Trigger, list = []);
            list.Add(behaviour);
        }

        internal bool Includes(TState state) => State.Equals(state) || Substates.Any(substate => substate.Includes(state));

        internal bool IsIncludedIn(TState state) => State.Equals(state) || Superstate?.IsIncludedIn(state) == true;

        /// <summary>Looks here, then in the superstate; a local guard that says no lets the superstate answer.</summary>
        internal bool TryFind(TTrigger trigger, object[] args, out Candidate found)
        {
            if (TryFindHere(trigger, args, out found))
                return true;
            if (Superstate is null)
                return false;
            var handled = Superstate.TryFind(trigger, args, out var above);
            found = above ?? found;
            return handled;
        }

        internal IEnumerable<TTrigger> PermittedTriggers(object[] args)
        {
            var here = Behaviours.Where(pair => pair.Value.Any(behaviour => Unmet(behaviour, args).Count == 0)).Select(pair => pair.Key);
            return (Superstate is null ? here : here.Union(Superstate.PermittedTriggers(args))).ToArray();
        }

        internal void Enter(Transition transition, object[] args)
        {
            if (!transition.IsReentry)
            {
                if (Includes(transition.Source))
                    return;
                if (transition is not InitialTransition)
                    Superstate?.Enter(transition, args);
            }

            foreach (var entry in EntryActions)
            {
                if (!entry.HasTrigger || transition.Trigger.Equals(entry.Trigger))
                    entry.Action(transition, args);
            }
        }

        internal void Exit(Transition transition)
        {
            if (!transition.IsReentry && Includes(transition.Destination))
                return;
            foreach (var exit in ExitActions)
                exit.Action(transition);
            if (!transition.IsReentry && Superstate is not null && !Superstate.State.Equals(transition.Destination))
                Superstate.Exit(transition);
        }

        private static List<string> Unmet(Behaviour behaviour, object[] args) =>
            [.. behaviour.Guards.Where(guard => !guard.Holds(args)).Select(guard => guard.Description.Description)];

        private bool TryFindHere(TTrigger trigger, object[] args, out Candidate found)
        {
            found = null;
            if (!Behaviours.TryGetValue(trigger, out var behaviours))
                return false;
            var candidates = behaviours.ConvertAll(behaviour => new Candidate(behaviour, Unmet(behaviour, args)));
            var open = candidates.FindAll(candidate => candidate.Unmet.Count == 0);
            if (open.Count > 1)
                throw new InvalidOperationException(
                    $"Multiple permitted exit transitions are configured from state '{State}' for trigger '{trigger}'. Guard clauses must be mutually exclusive.");
            found = open.Count == 1
                ? open[0]
                : candidates[0] with { Unmet = [.. candidates.SelectMany(candidate => candidate.Unmet).Distinct()] };
            return open.Count == 1;
        }
    }
}
