namespace Orleans.Runtime;

/// <summary>One activation of a grain: identity, instance, services, scheduler.</summary>
public interface IGrainContext : IEquatable<IGrainContext>
{
    /// <summary>A reference to the grain.</summary>
    GrainReference GrainReference { get; }

    /// <summary>Who it is.</summary>
    GrainId GrainId { get; }

    /// <summary>The object of the grain class; null until it has been made.</summary>
    object? GrainInstance { get; }

    /// <summary>Services, scoped to the activation.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Completes when the activation has ended.</summary>
    Task Deactivated { get; }

    /// <summary>Ends the activation once the running calls are done; waiting calls move to a new one.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}

/// <summary>The activation whose code is running.</summary>
public interface IGrainContextAccessor
{
    /// <summary>Null outside grains.</summary>
    IGrainContext GrainContext { get; }
}

/// <summary>The activation whose code is running: known by the scheduler, so gone after <c>ConfigureAwait(false)</c> and <c>Task.Run</c>.</summary>
internal static class RuntimeContext
{
    internal static IGrainContext? Current => (TaskScheduler.Current as ActivationScheduler)?.Activation;

    /// <summary>Grain facilities may only be touched by grain code on its own scheduler.</summary>
    internal static void Check()
    {
        if (TaskScheduler.Current is not ActivationScheduler)
            throw new InvalidOperationException(
                "Activation access violation. A non-activation thread attempted to access activation services. (Was it after ConfigureAwait(false) or inside Task.Run?)");
    }
}

internal sealed class GrainContextAccessor : IGrainContextAccessor
{
    public IGrainContext GrainContext => RuntimeContext.Current!;
}
