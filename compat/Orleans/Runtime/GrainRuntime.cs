using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Orleans.Runtime;

/// <summary>The silo: everything grains share in this process.</summary>
internal sealed class GrainRuntime : IDisposable
{
    private readonly SiloServices registered;
    private ITimer? collector;
    private volatile bool stopping;

    public GrainRuntime(
        IServiceProvider services,
        SiloServices registered,
        IOptions<GrainCollectionOptions> collection,
        IOptionsMonitor<SiloMessagingOptions> messaging,
        ILogger<GrainRuntime> logger,
        [FromKeyedServices(TimeProviderNames.Grains)] TimeProvider grainClock,
        [FromKeyedServices(TimeProviderNames.ActivationManagement)] TimeProvider collectionClock)
    {
        (Services, this.registered, Collection, Logger, GrainClock, CollectionClock) = (services, registered, collection.Value, logger, grainClock, collectionClock);
        if (Collection.CollectionAge <= Collection.CollectionQuantum)
            throw new OrleansConfigurationException(
                $"{nameof(GrainCollectionOptions)}.{nameof(GrainCollectionOptions.CollectionAge)} ({Collection.CollectionAge}) must be greater than {nameof(GrainCollectionOptions.CollectionQuantum)} ({Collection.CollectionQuantum}).");
        PropagatesActivities = services.GetService<ActivityPropagation>() is not null;
        Pending = new(() => messaging.CurrentValue.ResponseTimeout);
        Classes = new(this);
        References = new(this);
        Catalog = new(this);
    }

    internal IServiceProvider Services { get; }

    internal GrainCollectionOptions Collection { get; }

    internal ILogger Logger { get; }

    internal TimeProvider GrainClock { get; }

    internal TimeProvider CollectionClock { get; }

    internal bool PropagatesActivities { get; }

    internal PendingCalls Pending { get; }

    internal GrainClasses Classes { get; }

    internal GrainReferences References { get; }

    internal Catalog Catalog { get; }

    internal TimeSpan ActivationTimeout => Collection.ActivationTimeout;

    internal TimeSpan DeactivationTimeout => Collection.DeactivationTimeout;

    public void Dispose()
    {
        stopping = true;
        collector?.Dispose();
        Pending.Dispose();
    }

    /// <summary>Whether one object serves every activation.</summary>
    internal bool IsSingleton(Type type, object? key) => registered.IsSingleton(type, key);

    internal void Start() =>
        collector = CollectionClock.CreateTimer(static self => ((GrainRuntime)self!).Collect(), this, Collection.CollectionQuantum, Collection.CollectionQuantum);

    /// <summary>Delivers a call to the only activation of its grain, waking it when it sleeps. On errors the call is answered, not thrown.</summary>
    internal void Send(Request request)
    {
        // While the process stops, grains may still call each other to finish what they do; nobody else may begin.
        if (stopping && RuntimeContext.Current is null)
        {
            request.Fail(new SiloUnavailableException($"The silo is stopping: {request.Shape.Name} to {request.Target} was not sent."));
            return;
        }

        try
        {
            while (!Catalog.Get(request.Target).TryReceive(request))
                Thread.Yield();
        }
        catch (Exception exception)
        {
            request.Fail(exception);
        }
    }

    /// <summary>No new calls from outside, running and waiting calls end, then every activation is deactivated.</summary>
    internal async Task Stop(CancellationToken cancellation)
    {
        stopping = true;
        collector?.Dispose();
        try
        {
            while (Catalog.Activations.Any(activation => !activation.IsIdle))
                await Task.Delay(5, cancellation);
            while (Catalog.Activations.ToArray() is { Length: > 0 } living)
            {
                foreach (var activation in living)
                    activation.Deactivate(new(DeactivationReasonCode.ShuttingDown, "This process is terminating."));
                await Task.WhenAll(living.Select(activation => activation.Deactivated)).WaitAsync(cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            Logger.LogWarning("The silo was told to stop at once: {Count} grains were not deactivated", Catalog.Activations.Count());
        }
    }

    private void Collect()
    {
        var now = CollectionClock.GetTimestamp();
        foreach (var activation in Catalog.Activations)
            activation.CollectIfIdle(now);
    }
}

/// <summary>Present when activities flow along grain calls.</summary>
internal sealed class ActivityPropagation;
