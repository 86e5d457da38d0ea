namespace Stateless.Reflection;

/// <summary>A guard or an action as drawings and errors name it.</summary>
public class InvocationInfo(string methodName, string description, InvocationInfo.Timing timing)
{
    /// <summary>Whether the method is awaited.</summary>
    public enum Timing
    {
        /// <summary>Runs to its end.</summary>
        Synchronous,

        /// <summary>Is awaited.</summary>
        Asynchronous,
    }

    /// <summary>What lambdas without words are called.</summary>
    public static string DefaultFunctionDescription { get; set; } = "Function";

    /// <summary>The CLR method.</summary>
    public string MethodName { get; } = methodName;

    /// <summary>The caller's words, else the method's name, else <see cref="DefaultFunctionDescription"/>.</summary>
    public string Description =>
        description ?? (MethodName is null ? "<null>" : MethodName.IndexOfAny(['<', '>', '`']) >= 0 ? DefaultFunctionDescription : MethodName);

    /// <summary>Whether the method is awaited.</summary>
    public bool IsAsync => timing == Timing.Asynchronous;

    internal static InvocationInfo Create(Delegate method, string description) => new(method?.Method.Name, description, Timing.Synchronous);
}

/// <summary>An entry action, and the only trigger it runs for (or null: every trigger).</summary>
public class ActionInfo(InvocationInfo method, string fromTrigger)
{
    /// <summary>What runs.</summary>
    public InvocationInfo Method { get; internal set; } = method;

    /// <summary>The only trigger it runs for, or null.</summary>
    public string FromTrigger { get; internal set; } = fromTrigger;
}

/// <summary>A trigger as data.</summary>
public class TriggerInfo
{
    internal TriggerInfo(object underlyingTrigger) => UnderlyingTrigger = underlyingTrigger;

    /// <summary>The trigger itself.</summary>
    public object UnderlyingTrigger { get; }

    /// <inheritdoc/>
    public override string ToString() => UnderlyingTrigger?.ToString() ?? "<null>";
}
