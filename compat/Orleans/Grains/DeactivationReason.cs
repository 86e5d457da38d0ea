namespace Orleans;

/// <summary>Why an activation ends.</summary>
public readonly struct DeactivationReason
{
    /// <summary>Ends without an error.</summary>
    public DeactivationReason(DeactivationReasonCode code, string text) : this(code, null, text)
    {
    }

    /// <summary>Ends because of an error.</summary>
    public DeactivationReason(DeactivationReasonCode code, Exception? exception, string text) =>
        (ReasonCode, Exception, Description) = (code, exception, text);

    /// <summary>In words.</summary>
    public string Description { get; }

    /// <summary>As a code.</summary>
    public DeactivationReasonCode ReasonCode { get; }

    /// <summary>The error, if any.</summary>
    public Exception? Exception { get; }

    /// <inheritdoc/>
    public override string ToString() => Exception is null ? $"{ReasonCode}: {Description}" : $"{ReasonCode}: {Description}. Exception: {Exception}";
}

/// <summary>Why an activation ends.</summary>
[GenerateSerializer]
public enum DeactivationReasonCode : byte
{
    /// <summary>Not said.</summary>
    None,

    /// <summary>The process stops.</summary>
    ShuttingDown,

    /// <summary>It could not be activated.</summary>
    ActivationFailed,

    /// <summary>Never in compat.</summary>
    DirectoryFailure,

    /// <summary>Nobody called for longer than the collection age.</summary>
    ActivationIdle,

    /// <summary>Never in compat.</summary>
    ActivationUnresponsive,

    /// <summary>Never in compat.</summary>
    DuplicateActivation,

    /// <summary>Never in compat.</summary>
    IncompatibleRequest,

    /// <summary>The grain failed in a way that makes its memory worthless.</summary>
    ApplicationError,

    /// <summary>The grain or its caller asked for it.</summary>
    ApplicationRequested,

    /// <summary>Never in compat.</summary>
    Migrating,

    /// <summary>The runtime asked for it.</summary>
    RuntimeRequested,

    /// <summary>Never in compat.</summary>
    HighMemoryPressure,
}
