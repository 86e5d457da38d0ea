using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Clustering and tracing.</summary>
public static class CoreHostingExtensions
{
    /// <summary>Accepted; in one process there is nothing to cluster. Sets the ids when they are given.</summary>
    public static ISiloBuilder UseLocalhostClustering(
        this ISiloBuilder builder,
        int siloPort = 11111,
        int gatewayPort = 30000,
        IPEndPoint? primarySiloEndpoint = null,
        string serviceId = "dev",
        string clusterId = "dev")
    {
        if (serviceId != "dev" || clusterId != "dev")
            builder.Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (serviceId, clusterId));
        return builder;
    }

    /// <summary>A call to a grain is an activity, child of the caller's.</summary>
    public static ISiloBuilder AddActivityPropagation(this ISiloBuilder builder)
    {
        builder.Services.TryAddSingleton<ActivityPropagation>();
        return builder;
    }
}

/// <summary>Work to do when the silo starts.</summary>
public static class SiloBuilderStartupExtensions
{
    /// <summary>Runs when the silo has reached the stage (default: ready for calls); failing stops the start.</summary>
    public static ISiloBuilder AddStartupTask(this ISiloBuilder builder, Func<IServiceProvider, CancellationToken, Task> startupTask, int stage = ServiceLifecycleStage.Active)
    {
        ArgumentNullException.ThrowIfNull(startupTask);
        builder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services => new Startup(services, startupTask, stage));
        return builder;
    }

    private sealed class Startup(IServiceProvider services, Func<IServiceProvider, CancellationToken, Task> task, int stage) : ILifecycleParticipant<ISiloLifecycle>
    {
        public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(Startup), stage, cancellation => task(services, cancellation));
    }
}
