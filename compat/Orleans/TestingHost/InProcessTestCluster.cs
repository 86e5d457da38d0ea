using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A silo and a client for tests. Compat starts one silo however many are asked for.</summary>
public sealed class InProcessTestCluster : IDisposable, IAsyncDisposable
{
    private readonly List<InProcessSiloHandle> silos = [];
    private IHost? clientHost;

    internal InProcessTestCluster(InProcessTestClusterOptions options) => Options = options;

    /// <summary>What the builder was told.</summary>
    public InProcessTestClusterOptions Options { get; }

    /// <summary>The living silos.</summary>
    public ReadOnlyCollection<InProcessSiloHandle> Silos
    {
        get
        {
            lock (silos)
                return silos.ToList().AsReadOnly();
        }
    }

    /// <summary>Calls from outside.</summary>
    /// <exception cref="InvalidOperationException">Not deployed, or stopped.</exception>
    public IClusterClient Client => clientHost?.Services.GetRequiredService<IClusterClient>()
        ?? throw new InvalidOperationException("The test cluster client is unavailable because the cluster has not been deployed or has been stopped.");

    /// <summary>Starts silo and client.</summary>
    public async Task DeployAsync()
    {
        if (Silos.Count > 0)
            throw new InvalidOperationException("Cluster host already deployed.");
        await StartAdditionalSiloAsync();
        if (Options.InitializeClientOnDeploy)
            await InitializeClientAsync();
    }

    /// <summary>Starts a silo; compat refuses a second one beside a living one.</summary>
    public async Task<InProcessSiloHandle> StartAdditionalSiloAsync()
    {
        if (Silos.Count > 0)
            throw new NotSupportedException("Compat is one process with one silo: what needs several silos runs on real Orleans only.");
        var options = new InProcessTestSiloSpecificOptions { SiloName = "Silo_0" };
        var builder = NewHost(options.SiloName);
        foreach (var configure in Options.SiloHostConfigurationDelegates)
            configure(options, builder);
        builder.UseOrleans(silo => silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (Options.ClusterId, Options.ServiceId)));
        var host = builder.Build();
        try
        {
            await Task.Run(() => host.StartAsync());
        }
        catch
        {
            host.Dispose();
            throw;
        }

        var handle = new InProcessSiloHandle { Name = options.SiloName, SiloHost = host };
        lock (silos)
            silos.Add(handle);
        return handle;
    }

    /// <summary>Starts a client of the living silo.</summary>
    public async Task InitializeClientAsync()
    {
        var runtime = Silos[0].ServiceProvider.GetRequiredService<GrainRuntime>();
        var builder = NewHost("TestClusterClient");
        foreach (var configure in Options.ClientHostConfigurationDelegates)
            configure(builder);
        builder.Services.AddSingleton<IClusterClient>(services => new ClusterClient(runtime, services));
        builder.Services.AddSingleton<IGrainFactory>(services => services.GetRequiredService<IClusterClient>());
        Serialization.ServiceCollectionExtensions.AddSerializer(builder.Services);
        clientHost = builder.Build();
        await clientHost.StartAsync();
    }

    /// <summary>Stops a silo: drained, deactivated.</summary>
    public async Task StopSiloAsync(InProcessSiloHandle instance)
    {
        await instance.StopSiloAsync(true);
        await Remove(instance);
    }

    /// <summary>Ends a silo without draining.</summary>
    public async Task KillSiloAsync(InProcessSiloHandle instance)
    {
        await instance.StopSiloAsync(false);
        await Remove(instance);
    }

    /// <summary>Stops a silo and starts one with the same configuration; the client goes on with the new one.</summary>
    public async Task<InProcessSiloHandle?> RestartSiloAsync(InProcessSiloHandle instance)
    {
        await StopSiloAsync(instance);
        var started = await StartAdditionalSiloAsync();
        if (clientHost is not null)
        {
            await StopClusterClientAsync();
            await InitializeClientAsync();
        }

        return started;
    }

    /// <summary>Stops the client.</summary>
    public async Task StopClusterClientAsync()
    {
        if (clientHost is not { } host)
            return;
        clientHost = null;
        await host.StopAsync();
        host.Dispose();
    }

    /// <summary>Stops client and silos.</summary>
    public async Task StopAllSilosAsync()
    {
        await StopClusterClientAsync();
        foreach (var silo in Silos)
            await StopSiloAsync(silo);
    }

    /// <summary>Stops client and silos.</summary>
    public void StopAllSilos() => Task.Run(StopAllSilosAsync).GetAwaiter().GetResult();

    /// <summary>The living silos.</summary>
    public IEnumerable<InProcessSiloHandle> GetActiveSilos() => Silos.Where(silo => silo.IsActive);

    /// <summary>The services of the silo.</summary>
    public IServiceProvider GetSiloServiceProvider() => Silos[0].ServiceProvider;

    /// <summary>The activation of a grain, when it is alive.</summary>
    public bool TryGetGrainContext(GrainId grainId, [NotNullWhen(true)] out IGrainContext? grainContext)
    {
        grainContext = Silos.Select(silo => silo.ServiceProvider.GetRequiredService<GrainRuntime>().Catalog.Find(grainId)).OfType<Activation>().FirstOrDefault();
        return grainContext is not null;
    }

    /// <summary>Ends a grain's activation and waits until it has ended.</summary>
    public async Task DeactivateAsync(GrainId grainId)
    {
        if (!TryGetGrainContext(grainId, out var context))
            return;
        context.Deactivate(new(DeactivationReasonCode.ApplicationRequested, $"{nameof(DeactivateAsync)} was called."));
        await context.Deactivated;
    }

    /// <summary>Ends a grain's activation and waits until it has ended.</summary>
    public Task DeactivateAsync(IAddressable grain) => DeactivateAsync(grain.GetGrainId());

    /// <summary>Waits until a grain's activation has ended; at once when there is none.</summary>
    public Task WaitForDeactivationAsync(GrainId grainId) => TryGetGrainContext(grainId, out var context) ? context.Deactivated : Task.CompletedTask;

    /// <summary>Waits until a grain's activation has ended; at once when there is none.</summary>
    public Task WaitForDeactivationAsync(IAddressable grain) => WaitForDeactivationAsync(grain.GetGrainId());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAllSilosAsync();

    /// <inheritdoc/>
    public void Dispose() => StopAllSilos();

    private static HostApplicationBuilder NewHost(string name) => Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
    {
        ApplicationName = name,
        EnvironmentName = Environments.Development,
        DisableDefaults = true,
    });

    private async Task Remove(InProcessSiloHandle instance)
    {
        lock (silos)
            silos.Remove(instance);
        await instance.DisposeAsync();
    }
}
