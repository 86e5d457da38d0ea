namespace Stateless;

public partial class StateMachine<TState, TTrigger>
{
    /// <summary>Moves the machine.</summary>
    /// <exception cref="InvalidOperationException">Nobody handles the trigger here, or two guards say yes at once.</exception>
    public void Fire(TTrigger trigger) => Fire(trigger, []);

    /// <summary>Moves the machine.</summary>
    public void Fire(TriggerWithParameters trigger, params object[] args)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        Fire(trigger.Trigger, args);
    }

    /// <summary>Moves the machine.</summary>
    public void Fire<TArg0>(TriggerWithParameters<TArg0> trigger, TArg0 arg0)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        Fire(trigger.Trigger, [arg0]);
    }

    /// <summary>Moves the machine.</summary>
    public void Fire<TArg0, TArg1>(TriggerWithParameters<TArg0, TArg1> trigger, TArg0 arg0, TArg1 arg1)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        Fire(trigger.Trigger, [arg0, arg1]);
    }

    /// <summary>Whether firing would be handled.</summary>
    public bool CanFire(TTrigger trigger) => Current.TryFind(trigger, [], out _);

    /// <summary>Whether firing would be handled.</summary>
    public bool CanFire<TArg0>(TriggerWithParameters<TArg0> trigger, TArg0 arg0) => Current.TryFind(trigger.Trigger, [arg0], out _);

    /// <summary>Whether firing would be handled.</summary>
    public bool CanFire<TArg0, TArg1>(TriggerWithParameters<TArg0, TArg1> trigger, TArg0 arg0, TArg1 arg1) =>
        Current.TryFind(trigger.Trigger, [arg0, arg1], out _);

    /// <summary>Whether firing would be handled, and the descriptions of the guards that say no.</summary>
    public bool CanFire(TTrigger trigger, out ICollection<string> unmetGuards) => CanFire(trigger, [], out unmetGuards);

    /// <summary>Whether firing would be handled, and the descriptions of the guards that say no.</summary>
    public bool CanFire<TArg0>(TriggerWithParameters<TArg0> trigger, TArg0 arg0, out ICollection<string> unmetGuards) =>
        CanFire(trigger.Trigger, [arg0], out unmetGuards);

    /// <summary>Whether firing would be handled, and the descriptions of the guards that say no.</summary>
    public bool CanFire<TArg0, TArg1>(TriggerWithParameters<TArg0, TArg1> trigger, TArg0 arg0, TArg1 arg1, out ICollection<string> unmetGuards) =>
        CanFire(trigger.Trigger, [arg0, arg1], out unmetGuards);

    private bool CanFire(TTrigger trigger, object[] args, out ICollection<string> unmetGuards)
    {
        var found = Current.TryFind(trigger, args, out var candidate);
        unmetGuards = candidate?.Unmet;
        return found;
    }

    private void Fire(TTrigger trigger, object[] args)
    {
        if (firingMode == FiringMode.Immediate)
        {
            Handle(trigger, args);
            return;
        }

        waiting.Enqueue((trigger, args));
        if (firing)
            return;
        firing = true;
        try
        {
            while (waiting.TryDequeue(out var next))
                Handle(next.Trigger, next.Args);
        }
        finally
        {
            firing = false;
        }
    }

    private void Handle(TTrigger trigger, object[] args)
    {
        if (parameters.TryGetValue(trigger, out var declared))
            declared.ValidateParameters(args);

        var source = State;
        var state = Representation(source);
        if (!state.TryFind(trigger, args, out var found))
        {
            unhandled(state.State, trigger, found?.Unmet);
            return;
        }

        switch (found.Behaviour)
        {
            case Ignored:
            case Move move when source.Equals(move.Destination): // a superstate's transition back to where we are would be an unintended reentry
                return;
            case Internal inside:
                inside.Action(new Transition(source, source, trigger, args), args);
                return;
            case Reentry again:
                Reenter(state, new Transition(source, again.Destination, trigger, args), args);
                return;
            case Move move:
                MoveTo(state, new Transition(source, move.Destination, trigger, args), args);
                return;
        }
    }

    private void Reenter(StateRepresentation state, Transition transition, object[] args)
    {
        state.Exit(transition);
        var destination = Representation(transition.Destination);
        if (!transition.IsReentry)
        {
            // Configured on a superstate: that one is left and entered too.
            transition = new Transition(transition.Destination, transition.Destination, transition.Trigger, args);
            destination.Exit(transition);
        }

        transitioned?.Invoke(transition);
        var entered = Enter(destination, transition, args);
        transitionCompleted?.Invoke(transition);
        State = entered.State;
    }

    private void MoveTo(StateRepresentation state, Transition transition, object[] args)
    {
        state.Exit(transition);
        State = transition.Destination;
        transitioned?.Invoke(transition);
        var entered = Enter(Representation(transition.Destination), transition, args);
        if (!entered.State.Equals(State))
            State = entered.State;
        transitionCompleted?.Invoke(new Transition(transition.Source, State, transition.Trigger, transition.Parameters));
    }

    private StateRepresentation Enter(StateRepresentation state, Transition transition, object[] args)
    {
        state.Enter(transition, args);
        if (firingMode == FiringMode.Immediate && !State.Equals(transition.Destination))
        {
            // An entry action has fired and moved on.
            state = Representation(State);
            transition = new Transition(transition.Source, State, transition.Trigger, args);
        }

        if (!state.HasInitialTransition)
            return state;
        var target = state.InitialTarget;
        if (!state.Substates.Any(substate => substate.State.Equals(target)))
            throw new InvalidOperationException($"The target ({target}) for the initial transition is not a substate.");
        transitioned?.Invoke(new Transition(transition.Destination, target, transition.Trigger, transition.Parameters));
        return Enter(Representation(target), new InitialTransition(transition.Source, target, transition.Trigger, args), args);
    }
}
