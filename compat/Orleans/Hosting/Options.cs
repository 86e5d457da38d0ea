using System.Diagnostics;

namespace Orleans.Configuration;

/// <summary>Who the cluster is; accepted for the sake of configuration, one process needs no name.</summary>
public class ClusterOptions
{
    /// <summary>"default".</summary>
    public const string DefaultClusterId = "default";

    /// <summary>"default".</summary>
    public const string DefaultServiceId = "default";

    /// <summary>Changes with every deployment.</summary>
    public string ClusterId { get; set; } = DefaultClusterId;

    /// <summary>Never changes: part of storage keys in some providers.</summary>
    public string ServiceId { get; set; } = DefaultServiceId;
}

/// <summary>Where grains are. Accepted, without effect in compat: all are here.</summary>
public class GrainDirectoryOptions
{
    /// <summary>Most addresses of grains to remember.</summary>
    public int CacheSize { get; set; } = 1_000_000;
}

/// <summary>When idle activations end.</summary>
public class GrainCollectionOptions
{
    /// <summary>One minute.</summary>
    public static readonly TimeSpan DEFAULT_COLLECTION_QUANTUM = TimeSpan.FromMinutes(1);

    /// <summary>30 seconds.</summary>
    public static readonly TimeSpan DEFAULT_ACTIVATION_TIMEOUT = TimeSpan.FromSeconds(30);

    /// <summary>30 seconds.</summary>
    public static readonly TimeSpan DEFAULT_DEACTIVATION_TIMEOUT = TimeSpan.FromSeconds(30);

    /// <summary>How often to look.</summary>
    public TimeSpan CollectionQuantum { get; set; } = DEFAULT_COLLECTION_QUANTUM;

    /// <summary>How long an activation may idle.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The same per class, by full name.</summary>
    public Dictionary<string, TimeSpan> ClassSpecificCollectionAge { get; set; } = [];

    /// <summary>When the token of <c>OnActivateAsync</c> is cancelled.</summary>
    public TimeSpan ActivationTimeout { get; set; } = DEFAULT_ACTIVATION_TIMEOUT;

    /// <summary>When the token of <c>OnDeactivateAsync</c> is cancelled.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = DEFAULT_DEACTIVATION_TIMEOUT;

    /// <summary>Accepted, without effect in compat.</summary>
    public bool EnableActivationSheddingOnMemoryPressure { get; set; }

    /// <summary>Accepted, without effect in compat.</summary>
    public TimeSpan MemoryUsagePollingPeriod { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Accepted, without effect in compat.</summary>
    public double MemoryUsageLimitPercentage { get; set; } = 80;

    /// <summary>Accepted, without effect in compat.</summary>
    public double MemoryUsageTargetPercentage { get; set; } = 75;
}

/// <summary>How long a caller waits.</summary>
public abstract class MessagingOptions
{
    private TimeSpan responseTimeout = TimeSpan.FromSeconds(30);

    /// <summary>How long a caller waits for an answer; under a debugger <see cref="ResponseTimeoutWithDebugger"/>.</summary>
    public TimeSpan ResponseTimeout
    {
        get => Debugger.IsAttached ? ResponseTimeoutWithDebugger : responseTimeout;
        set => responseTimeout = value;
    }

    /// <summary>The same under a debugger.</summary>
    public TimeSpan ResponseTimeoutWithDebugger { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Accepted; compat always drops waiting calls whose caller has gone.</summary>
    public bool DropExpiredMessages { get; set; } = true;
}

/// <inheritdoc/>
public class SiloMessagingOptions : MessagingOptions;

/// <inheritdoc/>
public class ClientMessagingOptions : MessagingOptions;

/// <summary>The silo's name; accepted, without effect in compat.</summary>
public class SiloOptions
{
    /// <summary>The name.</summary>
    public string SiloName { get; set; } = "Silo";
}

/// <summary>Memory storage.</summary>
public class MemoryGrainStorageOptions
{
    /// <summary>Accepted, without effect in compat.</summary>
    public int NumStorageGrains { get; set; } = 10;
}
