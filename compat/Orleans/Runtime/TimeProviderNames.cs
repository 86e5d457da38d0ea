namespace Orleans.Runtime;

/// <summary>Keys of the <see cref="TimeProvider"/> services the runtime uses; without a keyed one, the plain service is used.</summary>
public static class TimeProviderNames
{
    /// <summary>Grain timers.</summary>
    public const string Grains = "Orleans.Grains";

    /// <summary>Response time-outs; in compat always real time.</summary>
    public const string Messaging = "Orleans.Messaging";

    /// <summary>Unused in compat.</summary>
    public const string SystemTimers = "Orleans.SystemTimers";

    /// <summary>Unused in compat.</summary>
    public const string Membership = "Orleans.Membership";

    /// <summary>Collection of idle activations.</summary>
    public const string ActivationManagement = "Orleans.ActivationManagement";

    /// <summary>Unused in compat.</summary>
    public const string GrainDirectory = "Orleans.GrainDirectory";
}
