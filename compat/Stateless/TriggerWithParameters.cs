namespace Stateless;

public partial class StateMachine<TState, TTrigger>
{
    /// <summary>A trigger that carries arguments.</summary>
    public class TriggerWithParameters(TTrigger underlyingTrigger, params Type[] argumentTypes)
    {
        private readonly Type[] argumentTypes = argumentTypes ?? throw new ArgumentNullException(nameof(argumentTypes));

        /// <summary>In firing order.</summary>
        public IEnumerable<Type> ArgumentTypes => argumentTypes;

        /// <summary>The trigger itself.</summary>
        public TTrigger Trigger { get; } = underlyingTrigger;

        /// <summary>Checks number and types of arguments.</summary>
        /// <exception cref="ArgumentException">Too many, too few, or of another type.</exception>
        public void ValidateParameters(object[] args)
        {
            ArgumentNullException.ThrowIfNull(args);
            Parameters.Validate(args, argumentTypes);
        }
    }

    /// <summary>A trigger with one argument.</summary>
    public class TriggerWithParameters<TArg0>(TTrigger underlyingTrigger) : TriggerWithParameters(underlyingTrigger, typeof(TArg0));

    /// <summary>A trigger with two arguments.</summary>
    public class TriggerWithParameters<TArg0, TArg1>(TTrigger underlyingTrigger)
        : TriggerWithParameters(underlyingTrigger, typeof(TArg0), typeof(TArg1));

    /// <summary>Names the argument types of a trigger; once per trigger.</summary>
    public TriggerWithParameters SetTriggerParameters(TTrigger trigger, params Type[] argumentTypes) =>
        Remember(new TriggerWithParameters(trigger, argumentTypes));

    /// <summary>Names the argument type of a trigger; once per trigger.</summary>
    public TriggerWithParameters<TArg0> SetTriggerParameters<TArg0>(TTrigger trigger) => Remember(new TriggerWithParameters<TArg0>(trigger));

    /// <summary>Names the argument types of a trigger; once per trigger.</summary>
    public TriggerWithParameters<TArg0, TArg1> SetTriggerParameters<TArg0, TArg1>(TTrigger trigger) =>
        Remember(new TriggerWithParameters<TArg0, TArg1>(trigger));

    private T Remember<T>(T trigger) where T : TriggerWithParameters =>
        parameters.TryAdd(trigger.Trigger, trigger)
            ? trigger
            : throw new InvalidOperationException($"Parameters for the trigger '{trigger}' have already been configured.");
}

/// <summary>Arguments as they travel: untyped, checked where they are used.</summary>
internal static class Parameters
{
    internal static void Validate(object[] args, Type[] expected)
    {
        if (args.Length > expected.Length)
            throw new ArgumentException($"Too many parameters have been supplied. Expecting {expected.Length} but got {args.Length}.");
        for (var i = 0; i < expected.Length; i++)
            Check(args, expected[i], i);
    }

    internal static T Get<T>(object[] args, int index)
    {
        if (args.Length == 0)
            return default;
        Check(args, typeof(T), index);
        return (T)args[index];
    }

    private static void Check(object[] args, Type type, int index)
    {
        if (args.Length == 0)
            return;
        if (args.Length <= index)
            throw new ArgumentException($"An argument of type {type} is required in position {index}.");
        if (args[index] is { } arg && !type.IsInstanceOfType(arg))
            throw new ArgumentException($"The argument in position {index} is of type {arg.GetType()} but must be of type {type}.");
    }
}
