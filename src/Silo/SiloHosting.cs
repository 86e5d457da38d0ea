using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;
using OrleansGov.Silo.Embedded;
using OrleansGov.Silo.Reminders;
using OrleansGov.Silo.States;
using OrleansGov.Silo.Sweeping;

namespace OrleansGov.Silo;

/// <summary>
/// Makes a host a silo of the office. What every silo shares is <see cref="UseOffice"/>; a mode adds where it stores and how silos find each other.
/// Embedded: <see cref="UseEmbeddedStore"/> and a cluster of one.
/// </summary>
public static class SiloHosting
{
    /// <summary>Identity of stored reminders and states; never changes.</summary>
    public const string ServiceId = "orleansgov";

    /// <summary>Embedded: silo, gateway and storage in this process. The caller opens and disposes the store.</summary>
    public static IHostApplicationBuilder AddOrleansGovSilo(this IHostApplicationBuilder builder, EmbeddedStore store)
    {
        var (silo, gateway) = FreePorts();
        return builder.UseOrleans(orleans => orleans
            .UseLocalhostClustering(silo, gateway, serviceId: ServiceId, clusterId: "embedded")
            .UseOffice()
            .UseEmbeddedStore(store));
    }

    /// <summary>What every silo of the office has, whatever it is stored on.</summary>
    public static ISiloBuilder UseOffice(this ISiloBuilder silo)
    {
        silo.Services.TryAddSingleton(TimeProvider.System);
        var steady = new SteadyClock();
        foreach (var area in (string[])[TimeProviderNames.ActivationManagement, TimeProviderNames.Membership, TimeProviderNames.SystemTimers]) silo.Services.TryAddKeyedSingleton<TimeProvider>(area, steady);
        silo.Services.AddHostedService<SweeperStart>();
        silo.Services.AddSingleton(services => new LiveNodes(() => services.GetRequiredService<ISiloStatusOracle>().GetActiveSilos().Length, TimeProvider.System));
        return silo
            .Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(10))
            .Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(10))
            .Configure<GrainDirectoryOptions>(options => options.CacheSize = 100_000) // its table is made at once: a million would take 18 MB before anybody speaks
            .Configure<GrainCollectionOptions>(options => (options.CollectionAge, options.EnableActivationSheddingOnMemoryPressure) = (TimeSpan.FromMinutes(5), true));
    }

    /// <summary>Grain states, the due index and reminders in the embedded store, and its readiness check (tag "ready").</summary>
    public static ISiloBuilder UseEmbeddedStore(this ISiloBuilder silo, EmbeddedStore store)
    {
        silo.Services.AddSingleton(store);
        silo.Services.AddSingleton(store.Health);
        foreach (var name in new[] { StorageNames.Hot, StorageNames.Other }) silo.Services.AddGrainStorage(name, (_, _) => new SqliteGrainStorage(store));
        silo.Services.AddSingleton<IDueIndex>(new SqliteDueIndex(store));
        silo.Services.AddSingleton<IAddressBook>(new SqliteAddressBook(store));
        silo.Services.AddSingleton<IReminderTable>(new SqliteReminderTable(store));
        silo.Services.AddHealthChecks().AddCheck<StoreReadiness>("storage", tags: ["ready"]);
        return silo.AddReminders();
    }

    // Two offices on one machine must not meet: each takes ports that are free now, both held until both are known.
    internal static (int Silo, int Gateway) FreePorts()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}
