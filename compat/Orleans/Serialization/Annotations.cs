namespace Orleans;

/// <summary>Marks a type whose values may cross a grain call or be stored; only its <see cref="IdAttribute"/> members travel.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute
{
    /// <summary>Whether primary constructor parameters are members; default: true for records, false for classes.</summary>
    public bool IncludePrimaryConstructorParameters { get; init; }

    /// <summary>Whether public properties get ids of their own when the type has no <see cref="IdAttribute"/> at all.</summary>
    public GenerateFieldIds GenerateFieldIds { get; init; } = GenerateFieldIds.None;
}

/// <summary>Where implicit member ids come from.</summary>
public enum GenerateFieldIds
{
    /// <summary>Only <see cref="IdAttribute"/> members travel.</summary>
    None,

    /// <summary>Public properties travel, identified by a hash of type and name.</summary>
    PublicProperties,
}

/// <summary>The number of a member inside its type; never renumbered.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Class
    | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method)]
public sealed class IdAttribute(uint id) : Attribute
{
    /// <summary>Unique inside the declaring type (a base class has its own numbers).</summary>
    public uint Id { get; } = id;
}

/// <summary>The name under which a type or method travels, so that the CLR name may change.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method, AllowMultiple = true)]
public sealed class AliasAttribute(string alias) : Attribute
{
    /// <summary>Unique in the application.</summary>
    public string Alias { get; } = alias;
}

/// <summary>Promises that a value is never changed after construction: it is passed without a copy.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Field | AttributeTargets.Property
    | AttributeTargets.Parameter | AttributeTargets.ReturnValue, Inherited = false)]
public sealed class ImmutableAttribute : Attribute;

/// <summary>Asks the real code generator to look into the assembly of a type; compat needs no hint and only accepts it.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class GenerateCodeForDeclaringAssemblyAttribute(Type type) : Attribute
{
    /// <summary>Any type of the assembly.</summary>
    public Type Type { get; } = type;
}

/// <summary>Overrides the response time-out of one method.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ResponseTimeoutAttribute(string timeout) : Attribute
{
    /// <summary>Parsed as a <see cref="TimeSpan"/>.</summary>
    public TimeSpan? Timeout { get; init; } = TimeSpan.Parse(timeout, System.Globalization.CultureInfo.InvariantCulture);
}
