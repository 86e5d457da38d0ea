using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using OrleansGov.Silo.States;

namespace OrleansGov.Silo.Cluster;

/// <summary>Makes a host a node of a cluster: a silo with grains, or a front end that only calls them.</summary>
public static class ClusterHosting
{
    private const string Npgsql = "Npgsql";

    /// <summary>A silo: takes its share of the grains, and calls the others'. The caller opens and disposes the database.</summary>
    public static IHostApplicationBuilder AddClusterSilo(this IHostApplicationBuilder builder, ClusterDatabase database) => builder.UseOrleans(orleans => orleans
        .Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (SiloHosting.ServiceId, database.Settings.ClusterId))
        .ListenAt(database.Settings)
        .UseAdoNetClustering(options => (options.Invariant, options.DataSource) = (Npgsql, database.Membership))
        .UseAdoNetReminderService(options => (options.Invariant, options.DataSource) = (Npgsql, database.Membership))
        .Configure<ClusterMembershipOptions>(QuickToNotice)
        .UseOffice()
        .UseClusterStorage(database));

    /// <summary>A front end: no grains, it calls those of the silos.</summary>
    public static IHostApplicationBuilder AddClusterClient(this IHostApplicationBuilder builder, ClusterDatabase database)
    {
        builder.Services.AddReadiness(database);
        return builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (SiloHosting.ServiceId, database.Settings.ClusterId))
            .UseAdoNetClustering(options => (options.Invariant, options.DataSource) = (Npgsql, database.Membership))
            .Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(10))
            .Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(10))
            .UseConnectionRetryFilter(async (_, stopping) => // started before its silos, it waits for them
            {
                await Task.Delay(TimeSpan.FromSeconds(1), stopping);
                return true;
            }));
    }

    /// <summary>What one node has sealed the others open: the keys of data protection lie in the database.</summary>
    public static IDataProtectionBuilder PersistKeysToCluster(this IDataProtectionBuilder builder, ClusterDatabase database)
    {
        builder.Services.Configure<KeyManagementOptions>(options => options.XmlRepository = new DataKeys(database));
        return builder;
    }

    /// <summary>Grain states, the due index, addresses and their readiness check in the cluster's database.</summary>
    internal static ISiloBuilder UseClusterStorage(this ISiloBuilder silo, ClusterDatabase database)
    {
        silo.AddStates(StorageNames.Hot, database.Settings.HotStorage, database);
        silo.AddStates(StorageNames.Other, database.Settings.OtherStorage, database);
        silo.Services.AddSingleton<IDueIndex>(new PostgresDueIndex(database));
        silo.Services.AddSingleton<IAddressBook>(new PostgresAddressBook(database));
        silo.Services.AddReadiness(database);
        silo.Services.Configure<SweepingOptions>(options => options.Sweepers = 4);
        return silo;
    }

    // Lives: three missed answers within six seconds and two votes; a frozen node is out within ten.
    private static void QuickToNotice(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(2);
        options.NumMissedProbesLimit = 3;
        options.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
    }

    private static ISiloBuilder ListenAt(this ISiloBuilder silo, ClusterSettings settings) => settings.AdvertisedAddress is { } address
        ? silo.ConfigureEndpoints(address, settings.SiloPort, settings.GatewayPort, listenOnAnyHostAddress: !IPAddress.IsLoopback(address))
        : silo.ConfigureEndpoints(settings.SiloPort, settings.GatewayPort, listenOnAnyHostAddress: true);

    private static void AddStates(this ISiloBuilder silo, string name, StateStorage storage, ClusterDatabase database)
    {
        if (storage == StateStorage.GroupCommit)
        {
            silo.Services.AddGrainStorage(name, (_, _) => new PostgresGrainStorage(database));
            return;
        }

        var rows = $"{name}-rows";
        silo.AddAdoNetGrainStorage(rows, options =>
        {
            (options.Invariant, options.DataSource) = (Npgsql, database.Rows);
            options.GrainStorageSerializer = new StateSerializer();
        });
        silo.Services.AddGrainStorage(name, (services, _) => new DueRows(services.GetRequiredKeyedService<IGrainStorage>(rows), database));
    }

    private static void AddReadiness(this IServiceCollection services, ClusterDatabase database)
    {
        services.AddSingleton(database.Health);
        services.AddHealthChecks().AddCheck<StoreReadiness>("storage", tags: ["ready"]);
    }
}
