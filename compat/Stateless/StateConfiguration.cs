using Stateless.Reflection;

namespace Stateless;

public partial class StateMachine<TState, TTrigger>
{
    /// <summary>Says what one state does; every method returns the same configuration. Guards come with words for drawings and errors.</summary>
    public partial class StateConfiguration
    {
        private static readonly Guard[] NoGuard = [];

        private readonly StateRepresentation state;
        private readonly Func<TState, StateRepresentation> lookup;

        internal StateConfiguration(StateMachine<TState, TTrigger> machine, StateRepresentation state, Func<TState, StateRepresentation> lookup) =>
            (Machine, this.state, this.lookup) = (machine, state, lookup);

        /// <summary>The state being configured.</summary>
        public TState State => state.State;

        /// <summary>The machine it belongs to.</summary>
        public StateMachine<TState, TTrigger> Machine { get; }

        /// <summary>Puts the state under another: it answers triggers this one does not, and is entered before and left after it.</summary>
        /// <exception cref="ArgumentException">The states would contain each other.</exception>
        public StateConfiguration SubstateOf(TState superstate)
        {
            if (State.Equals(superstate))
                throw new ArgumentException($"Configuring {State} as a substate of {superstate} creates an illegal cyclic configuration.");
            var above = new HashSet<TState> { State };
            for (var active = lookup(superstate); active.Superstate is { } next; active = next)
            {
                if (!above.Add(next.State))
                    throw new ArgumentException($"Configuring {State} as a substate of {superstate} creates an illegal nested cyclic configuration.");
            }

            state.Superstate = lookup(superstate);
            state.Superstate.Substates.Add(state);
            return this;
        }

        /// <summary>The substate a machine goes to when it enters this state.</summary>
        public StateConfiguration InitialTransition(TState targetState)
        {
            if (state.HasInitialTransition)
                throw new InvalidOperationException($"This state has already been configured with an initial transition ({state.InitialTarget}).");
            if (targetState.Equals(State))
                throw new ArgumentException("Setting the current state as the target destination state is not allowed.", nameof(targetState));
            state.StartIn(targetState);
            return this;
        }

        /// <summary>Runs when the state is entered.</summary>
        public StateConfiguration OnEntry(Action entryAction, string entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(entryAction);
            return Entry((_, _) => entryAction(), entryAction, entryActionDescription);
        }

        /// <summary>Runs when the state is entered.</summary>
        public StateConfiguration OnEntry(Action<Transition> entryAction, string entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(entryAction);
            return Entry((transition, _) => entryAction(transition), entryAction, entryActionDescription);
        }

        /// <summary>Runs when the state is entered by one trigger.</summary>
        public StateConfiguration OnEntryFrom(TTrigger trigger, Action entryAction, string entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(entryAction);
            return EntryFrom(trigger, (_, _) => entryAction(), entryAction, entryActionDescription);
        }

        /// <summary>Runs when the state is entered by one trigger.</summary>
        public StateConfiguration OnEntryFrom(TTrigger trigger, Action<Transition> entryAction, string entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(entryAction);
            return EntryFrom(trigger, (transition, _) => entryAction(transition), entryAction, entryActionDescription);
        }

        /// <summary>Runs when the state is entered by one trigger.</summary>
        public StateConfiguration OnEntryFrom(TriggerWithParameters trigger, Action<Transition> entryAction, string entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            return OnEntryFrom(trigger.Trigger, entryAction, entryActionDescription);
        }

        /// <summary>Runs when the state is entered by one trigger.</summary>
        public StateConfiguration OnEntryFrom<TArg0>(TriggerWithParameters<TArg0> trigger, Action<TArg0> entryAction, string entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(entryAction);
            return EntryFrom(trigger.Trigger, (_, args) => entryAction(Parameters.Get<TArg0>(args, 0)), entryAction, entryActionDescription);
        }

        /// <summary>Runs when the state is entered by one trigger.</summary>
        public StateConfiguration OnEntryFrom<TArg0>(TriggerWithParameters<TArg0> trigger, Action<TArg0, Transition> entryAction, string entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(entryAction);
            return EntryFrom(trigger.Trigger, (transition, args) => entryAction(Parameters.Get<TArg0>(args, 0), transition), entryAction, entryActionDescription);
        }

        /// <summary>Runs when the state is entered by one trigger.</summary>
        public StateConfiguration OnEntryFrom<TArg0, TArg1>(TriggerWithParameters<TArg0, TArg1> trigger, Action<TArg0, TArg1> entryAction, string entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(entryAction);
            return EntryFrom(
                trigger.Trigger, (_, args) => entryAction(Parameters.Get<TArg0>(args, 0), Parameters.Get<TArg1>(args, 1)), entryAction, entryActionDescription);
        }

        /// <summary>Runs when the state is entered by one trigger.</summary>
        public StateConfiguration OnEntryFrom<TArg0, TArg1>(TriggerWithParameters<TArg0, TArg1> trigger, Action<TArg0, TArg1, Transition> entryAction, string entryActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            ArgumentNullException.ThrowIfNull(entryAction);
            return EntryFrom(
                trigger.Trigger, (transition, args) => entryAction(Parameters.Get<TArg0>(args, 0), Parameters.Get<TArg1>(args, 1), transition), entryAction, entryActionDescription);
        }

        /// <summary>Runs when the state is left.</summary>
        public StateConfiguration OnExit(Action exitAction, string exitActionDescription = null)
        {
            ArgumentNullException.ThrowIfNull(exitAction);
            state.ExitActions.Add((_ => exitAction(), InvocationInfo.Create(exitAction, exitActionDescription)));
            return this;
        }

        /// <summary>Runs when the state is left.</summary>
        public StateConfiguration OnExit(Action<Transition> exitAction, string exitActionDescription = null)
        {
            state.ExitActions.Add((exitAction, InvocationInfo.Create(exitAction, exitActionDescription)));
            return this;
        }

        private StateConfiguration Entry(Action<Transition, object[]> run, Delegate named, string description)
        {
            state.EntryActions.Add((run, InvocationInfo.Create(named, description), false, default));
            return this;
        }

        private StateConfiguration EntryFrom(TTrigger trigger, Action<Transition, object[]> run, Delegate named, string description)
        {
            state.EntryActions.Add((run, InvocationInfo.Create(named, description), true, trigger));
            return this;
        }

        private StateConfiguration With(Behaviour behaviour)
        {
            state.Add(behaviour);
            return this;
        }
    }
}
