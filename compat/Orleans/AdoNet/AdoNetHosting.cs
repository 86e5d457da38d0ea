using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.AdoNet;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;

namespace Orleans.Hosting;

/// <summary>Members of a cluster in a database.</summary>
public static class AdoNetHostingExtensions
{
    /// <summary>One process is the whole cluster: this sees to it that it is the only one on the database.</summary>
    public static ISiloBuilder UseAdoNetClustering(this ISiloBuilder builder, Action<AdoNetClusteringSiloOptions> configureOptions) => builder.ConfigureServices(services =>
    {
        services.Configure(configureOptions);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, OneProcess>();
    });

    /// <summary>Calling grains of other processes is what compat cannot do.</summary>
    /// <exception cref="PlatformNotSupportedException">Always.</exception>
    public static IClientBuilder UseAdoNetClustering(this IClientBuilder builder, Action<AdoNetClusteringClientOptions> configureOptions) =>
        throw new PlatformNotSupportedException("This build has grains in one process only: a front end of its own needs a build with Orleans (Engine=Orleans).");
}

/// <summary>States in a database.</summary>
public static class AdoNetGrainStorageSiloBuilderExtensions
{
    /// <summary>States that name this storage are kept in the database.</summary>
    public static ISiloBuilder AddAdoNetGrainStorage(this ISiloBuilder builder, string name, Action<AdoNetGrainStorageOptions> configureOptions) => builder.ConfigureServices(services =>
    {
        services.Configure(name, configureOptions);
        services.AddGrainStorage(name, (provider, key) => new AdoNetGrainStorage(
            provider.GetRequiredService<IOptionsMonitor<AdoNetGrainStorageOptions>>().Get(key), provider.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId));
    });
}

/// <summary>Reminders in a database.</summary>
public static partial class SiloBuilderReminderExtensions
{
    /// <summary>Reminders that outlive the process.</summary>
    public static ISiloBuilder UseAdoNetReminderService(this ISiloBuilder builder, Action<AdoNetReminderTableOptions> configureOptions) => builder.ConfigureServices(services =>
    {
        services.AddReminders();
        services.Configure(configureOptions);
        services.AddSingleton<IReminderTable>(provider => new AdoNetReminderTable(
            provider.GetRequiredService<IOptions<AdoNetReminderTableOptions>>().Value, provider.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId));
    });
}

/// <summary>Where others would reach this silo.</summary>
public static class EndpointOptionsExtensions
{
    /// <summary>Accepted: nobody calls the one process from outside.</summary>
    public static ISiloBuilder ConfigureEndpoints(this ISiloBuilder builder, IPAddress advertisedIP, int siloPort, int gatewayPort, bool listenOnAnyHostAddress = false) => builder;

    /// <summary>Accepted: nobody calls the one process from outside.</summary>
    public static ISiloBuilder ConfigureEndpoints(this ISiloBuilder builder, int siloPort, int gatewayPort, AddressFamily addressFamily = AddressFamily.InterNetwork, bool listenOnAnyHostAddress = false) => builder;
}
