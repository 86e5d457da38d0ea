namespace Stateless;

public partial class StateMachine<TState, TTrigger>
{
    /// <summary>One move of the machine, as entry and exit actions see it.</summary>
    public class Transition(TState source, TState destination, TTrigger trigger, object[] parameters = null)
    {
        /// <summary>Where the machine stood.</summary>
        public TState Source { get; } = source;

        /// <summary>Where it goes.</summary>
        public TState Destination { get; } = destination;

        /// <summary>What made it move.</summary>
        public TTrigger Trigger { get; } = trigger;

        /// <summary>Whether it stays where it was (exit and entry actions run all the same).</summary>
        public bool IsReentry => Source.Equals(Destination);

        /// <summary>What was fired with the trigger.</summary>
        public object[] Parameters { get; } = parameters ?? [];
    }

    /// <summary>The move from a superstate into its initial substate.</summary>
    public class InitialTransition(TState source, TState destination, TTrigger trigger, object[] parameters = null)
        : Transition(source, destination, trigger, parameters);
}
