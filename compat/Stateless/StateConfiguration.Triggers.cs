namespace Stateless;

public partial class StateMachine<TState, TTrigger>
{
    public partial class StateConfiguration
    {
        /// <summary>The trigger leads to another state.</summary>
        public StateConfiguration Permit(TTrigger trigger, TState destinationState) => Moves(trigger, destinationState, NoGuard);

        /// <summary>The trigger leads to another state while the guard says yes.</summary>
        public StateConfiguration PermitIf(TTrigger trigger, TState destinationState, Func<bool> guard, string guardDescription = null) =>
            Moves(trigger, destinationState, Guard.Of(guard, guardDescription));

        /// <summary>The trigger leads to another state while all guards say yes.</summary>
        public StateConfiguration PermitIf(TTrigger trigger, TState destinationState, params Tuple<Func<bool>, string>[] guards) =>
            Moves(trigger, destinationState, Guard.Of(guards));

        /// <summary>The trigger leads to another state while the guard says yes to its argument.</summary>
        public StateConfiguration PermitIf<TArg0>(TriggerWithParameters<TArg0> trigger, TState destinationState, Func<TArg0, bool> guard, string guardDescription = null) =>
            Moves(Of(trigger), destinationState, Guard.Of(guard, guardDescription));

        /// <summary>The trigger leads to another state while all guards say yes to its argument.</summary>
        public StateConfiguration PermitIf<TArg0>(TriggerWithParameters<TArg0> trigger, TState destinationState, params Tuple<Func<TArg0, bool>, string>[] guards) =>
            Moves(Of(trigger), destinationState, Guard.Of(guards));

        /// <summary>The trigger leads to another state while the guard says yes to its arguments.</summary>
        public StateConfiguration PermitIf<TArg0, TArg1>(TriggerWithParameters<TArg0, TArg1> trigger, TState destinationState, Func<TArg0, TArg1, bool> guard, string guardDescription = null) =>
            Moves(Of(trigger), destinationState, Guard.Of(guard, guardDescription));

        /// <summary>The trigger leads to another state while all guards say yes to its arguments.</summary>
        public StateConfiguration PermitIf<TArg0, TArg1>(TriggerWithParameters<TArg0, TArg1> trigger, TState destinationState, params Tuple<Func<TArg0, TArg1, bool>, string>[] guards) =>
            Moves(Of(trigger), destinationState, Guard.Of(guards));

        /// <summary>The trigger leaves and enters the same state.</summary>
        public StateConfiguration PermitReentry(TTrigger trigger) => With(new Reentry(trigger, State, NoGuard));

        /// <summary>The trigger leaves and enters the same state while the guard says yes.</summary>
        public StateConfiguration PermitReentryIf(TTrigger trigger, Func<bool> guard, string guardDescription = null) =>
            With(new Reentry(trigger, State, Guard.Of(guard, guardDescription)));

        /// <summary>The trigger leaves and enters the same state while all guards say yes.</summary>
        public StateConfiguration PermitReentryIf(TTrigger trigger, params Tuple<Func<bool>, string>[] guards) =>
            With(new Reentry(trigger, State, Guard.Of(guards)));

        /// <summary>The trigger leaves and enters the same state while the guard says yes to its argument.</summary>
        public StateConfiguration PermitReentryIf<TArg0>(TriggerWithParameters<TArg0> trigger, Func<TArg0, bool> guard, string guardDescription = null) =>
            With(new Reentry(Of(trigger), State, Guard.Of(guard, guardDescription)));

        /// <summary>The trigger leaves and enters the same state while the guard says yes to its arguments.</summary>
        public StateConfiguration PermitReentryIf<TArg0, TArg1>(TriggerWithParameters<TArg0, TArg1> trigger, Func<TArg0, TArg1, bool> guard, string guardDescription = null) =>
            With(new Reentry(Of(trigger), State, Guard.Of(guard, guardDescription)));

        /// <summary>The trigger is accepted and does nothing.</summary>
        public StateConfiguration Ignore(TTrigger trigger) => With(new Ignored(trigger, NoGuard));

        /// <summary>The trigger is accepted and does nothing while the guard says yes.</summary>
        public StateConfiguration IgnoreIf(TTrigger trigger, Func<bool> guard, string guardDescription = null) =>
            With(new Ignored(trigger, Guard.Of(guard, guardDescription)));

        /// <summary>The trigger is accepted and does nothing while all guards say yes.</summary>
        public StateConfiguration IgnoreIf(TTrigger trigger, params Tuple<Func<bool>, string>[] guards) => With(new Ignored(trigger, Guard.Of(guards)));

        /// <summary>The trigger is accepted and does nothing while the guard says yes to its argument.</summary>
        public StateConfiguration IgnoreIf<TArg0>(TriggerWithParameters<TArg0> trigger, Func<TArg0, bool> guard, string guardDescription = null) =>
            With(new Ignored(Of(trigger), Guard.Of(guard, guardDescription)));

        /// <summary>The trigger does something and neither leaves nor enters the state.</summary>
        public StateConfiguration InternalTransition(TTrigger trigger, Action<Transition> entryAction) =>
            InternalTransitionIf(trigger, _ => true, entryAction);

        /// <summary>The trigger does something and neither leaves nor enters the state.</summary>
        public StateConfiguration InternalTransition(TTrigger trigger, Action internalAction) =>
            InternalTransitionIf(trigger, _ => true, internalAction);

        /// <summary>The trigger does something and neither leaves nor enters the state.</summary>
        public StateConfiguration InternalTransition<TArg0>(TriggerWithParameters<TArg0> trigger, Action<TArg0, Transition> internalAction) =>
            InternalTransitionIf(trigger, _ => true, internalAction);

        /// <summary>The trigger does something and neither leaves nor enters the state.</summary>
        public StateConfiguration InternalTransition<TArg0, TArg1>(TriggerWithParameters<TArg0, TArg1> trigger, Action<TArg0, TArg1, Transition> internalAction) =>
            InternalTransitionIf(trigger, (_, _) => true, internalAction);

        /// <summary>The trigger does something while the guard says yes, and neither leaves nor enters the state.</summary>
        public StateConfiguration InternalTransitionIf(TTrigger trigger, Func<object[], bool> guard, Action<Transition> entryAction, string guardDescription = null)
        {
            ArgumentNullException.ThrowIfNull(entryAction);
            return With(new Internal(trigger, Guard.Of(guard, guardDescription), (transition, _) => entryAction(transition)));
        }

        /// <summary>The trigger does something while the guard says yes, and neither leaves nor enters the state.</summary>
        public StateConfiguration InternalTransitionIf(TTrigger trigger, Func<object[], bool> guard, Action internalAction, string guardDescription = null)
        {
            ArgumentNullException.ThrowIfNull(internalAction);
            return With(new Internal(trigger, Guard.Of(guard, guardDescription), (_, _) => internalAction()));
        }

        /// <summary>The trigger does something while the guard says yes to its argument, and neither leaves nor enters the state.</summary>
        public StateConfiguration InternalTransitionIf<TArg0>(TriggerWithParameters<TArg0> trigger, Func<TArg0, bool> guard, Action<TArg0, Transition> internalAction, string guardDescription = null)
        {
            ArgumentNullException.ThrowIfNull(internalAction);
            return With(new Internal(
                Of(trigger), Guard.Of(guard, guardDescription), (transition, args) => internalAction(Parameters.Get<TArg0>(args, 0), transition)));
        }

        /// <summary>The trigger does something while the guard says yes to its arguments, and neither leaves nor enters the state.</summary>
        public StateConfiguration InternalTransitionIf<TArg0, TArg1>(TriggerWithParameters<TArg0, TArg1> trigger, Func<TArg0, TArg1, bool> guard, Action<TArg0, TArg1, Transition> internalAction, string guardDescription = null)
        {
            ArgumentNullException.ThrowIfNull(internalAction);
            return With(new Internal(
                Of(trigger),
                Guard.Of(guard, guardDescription),
                (transition, args) => internalAction(Parameters.Get<TArg0>(args, 0), Parameters.Get<TArg1>(args, 1), transition)));
        }

        private static TTrigger Of(TriggerWithParameters trigger)
        {
            ArgumentNullException.ThrowIfNull(trigger);
            return trigger.Trigger;
        }

        private StateConfiguration Moves(TTrigger trigger, TState destination, Guard[] guards)
        {
            if (destination.Equals(State))
                throw new ArgumentException(
                    "Permit() (and PermitIf()) require that the destination state is not equal to the source state. "
                    + "To accept a trigger without changing state, use either Ignore() or PermitReentry().");
            return With(new Move(trigger, destination, guards));
        }
    }
}
