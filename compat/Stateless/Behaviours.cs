using Stateless.Reflection;

namespace Stateless;

public partial class StateMachine<TState, TTrigger>
{
    /// <summary>A condition of a transition and what drawings call it.</summary>
    internal sealed record Guard(Func<object[], bool> Holds, InvocationInfo Description)
    {
        internal static Guard[] Of(Func<bool> guard, string description) =>
            [new(_ => guard(), InvocationInfo.Create(guard ?? throw new ArgumentNullException(nameof(guard)), description))];

        internal static Guard[] Of<TArg0>(Func<TArg0, bool> guard, string description) =>
            [new(args => guard(Parameters.Get<TArg0>(args, 0)), PackedDescription(description))];

        internal static Guard[] Of<TArg0, TArg1>(Func<TArg0, TArg1, bool> guard, string description) =>
            [new(args => guard(Parameters.Get<TArg0>(args, 0), Parameters.Get<TArg1>(args, 1)), PackedDescription(description))];

        internal static Guard[] Of(Func<object[], bool> guard, string description) =>
            [new(guard, InvocationInfo.Create(guard ?? throw new ArgumentNullException(nameof(guard)), description))];

        internal static Guard[] Of(Tuple<Func<bool>, string>[] guards) => [.. guards.SelectMany(guard => Of(guard.Item1, guard.Item2))];

        internal static Guard[] Of<TArg0>(Tuple<Func<TArg0, bool>, string>[] guards) =>
            [.. guards.SelectMany(guard => Of(guard.Item1, guard.Item2))];

        internal static Guard[] Of<TArg0, TArg1>(Tuple<Func<TArg0, TArg1, bool>, string>[] guards) =>
            [.. guards.SelectMany(guard => Of(guard.Item1, guard.Item2))];

        // The original describes the lambda it wraps such guards in, never the caller's method: without words it is a "Function".
        private static InvocationInfo PackedDescription(string description) => new("<packed>", description, InvocationInfo.Timing.Synchronous);
    }

    /// <summary>What a state does with a trigger.</summary>
    internal abstract class Behaviour(TTrigger trigger, Guard[] guards)
    {
        internal TTrigger Trigger { get; } = trigger;

        internal Guard[] Guards { get; } = guards;
    }

    internal sealed class Move(TTrigger trigger, TState destination, Guard[] guards) : Behaviour(trigger, guards)
    {
        internal TState Destination { get; } = destination;
    }

    internal sealed class Reentry(TTrigger trigger, TState destination, Guard[] guards) : Behaviour(trigger, guards)
    {
        internal TState Destination { get; } = destination;
    }

    internal sealed class Ignored(TTrigger trigger, Guard[] guards) : Behaviour(trigger, guards);

    internal sealed class Internal(TTrigger trigger, Guard[] guards, Action<Transition, object[]> action) : Behaviour(trigger, guards)
    {
        internal Action<Transition, object[]> Action { get; } = action;
    }

    /// <summary>A behaviour and the guards of it (and of its rivals) that said no.</summary>
    internal sealed record Candidate(Behaviour Behaviour, List<string> Unmet);
}
