using System.Diagnostics;

namespace Orleans.Diagnostics;

/// <summary>Names of the activity sources for tracing.</summary>
public static class ActivitySources
{
    /// <summary>Grain calls.</summary>
    public const string ApplicationGrainActivitySourceName = "Microsoft.Orleans.Application";

    /// <summary>Unused in compat.</summary>
    public const string RuntimeActivitySourceName = "Microsoft.Orleans.Runtime";

    /// <summary>Unused in compat.</summary>
    public const string LifecycleActivitySourceName = "Microsoft.Orleans.Lifecycle";

    /// <summary>Unused in compat.</summary>
    public const string StorageActivitySourceName = "Microsoft.Orleans.Storage";

    /// <summary>All of them.</summary>
    public const string AllActivitySourceName = "Microsoft.Orleans.*";

    internal static readonly ActivitySource ApplicationGrainSource = new(ApplicationGrainActivitySourceName);
}
