using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace Orleans.TestingHost;

/// <summary>Configures a test cluster.</summary>
public sealed class InProcessTestClusterBuilder
{
    /// <summary>Two silos on real Orleans, one on compat.</summary>
    public InProcessTestClusterBuilder() : this(2)
    {
    }

    /// <summary>This many silos on real Orleans, one on compat.</summary>
    public InProcessTestClusterBuilder(short initialSilosCount) => Options = new()
    {
        InitialSilosCount = initialSilosCount,
        ClusterId = $"testcluster-{Guid.NewGuid():N}",
        ServiceId = Guid.NewGuid().ToString("N"),
        InitializeClientOnDeploy = true,
    };

    /// <summary>What has been configured.</summary>
    public InProcessTestClusterOptions Options { get; }

    /// <summary>Configures silo and client hosts.</summary>
    public InProcessTestClusterBuilder ConfigureHost(Action<IHostApplicationBuilder> configureDelegate)
    {
        Options.SiloHostConfigurationDelegates.Add((_, host) => configureDelegate(host));
        Options.ClientHostConfigurationDelegates.Add(configureDelegate);
        return this;
    }

    /// <summary>Configures the silo.</summary>
    public InProcessTestClusterBuilder ConfigureSilo(Action<InProcessTestSiloSpecificOptions, ISiloBuilder> configureSiloDelegate)
    {
        Options.SiloHostConfigurationDelegates.Add((options, host) => host.UseOrleans(silo => configureSiloDelegate(options, silo)));
        return this;
    }

    /// <summary>Configures the silo's host.</summary>
    public InProcessTestClusterBuilder ConfigureSiloHost(Action<InProcessTestSiloSpecificOptions, IHostApplicationBuilder> configureSiloHostDelegate)
    {
        Options.SiloHostConfigurationDelegates.Add(configureSiloHostDelegate);
        return this;
    }

    /// <summary>Configures the client.</summary>
    public InProcessTestClusterBuilder ConfigureClient(Action<IClientBuilder> configureClientDelegate)
    {
        Options.ClientHostConfigurationDelegates.Add(host => host.UseOrleansClient(configureClientDelegate));
        return this;
    }

    /// <summary>Configures the client's host.</summary>
    public InProcessTestClusterBuilder ConfigureClientHost(Action<IHostApplicationBuilder> configureHostDelegate)
    {
        Options.ClientHostConfigurationDelegates.Add(configureHostDelegate);
        return this;
    }

    /// <summary>The cluster, to be deployed.</summary>
    public InProcessTestCluster Build() => new(Options);
}

/// <summary>What a test cluster is made of.</summary>
public sealed class InProcessTestClusterOptions
{
    /// <summary>See <see cref="Configuration.ClusterOptions"/>.</summary>
    public string ClusterId { get; set; } = null!;

    /// <summary>See <see cref="Configuration.ClusterOptions"/>.</summary>
    public string ServiceId { get; set; } = null!;

    /// <summary>Compat starts one in any case.</summary>
    public short InitialSilosCount { get; set; }

    /// <summary>Whether there is a client after the start.</summary>
    public bool InitializeClientOnDeploy { get; set; }

    /// <summary>Accepted, without effect in compat.</summary>
    public bool ConfigureFileLogging { get; set; } = true;

    /// <summary>Accepted, without effect in compat.</summary>
    public bool UseRealEnvironmentStatistics { get; set; }

    /// <summary>Accepted, without effect in compat.</summary>
    public bool AssumeHomogenousSilosForTesting { get; set; }

    /// <summary>Accepted, without effect in compat.</summary>
    public bool GatewayPerSilo { get; set; } = true;

    /// <summary>Run on every silo host, in order.</summary>
    public List<Action<InProcessTestSiloSpecificOptions, IHostApplicationBuilder>> SiloHostConfigurationDelegates { get; } = [];

    /// <summary>Run on the client host, in order.</summary>
    public List<Action<IHostApplicationBuilder>> ClientHostConfigurationDelegates { get; } = [];
}

/// <summary>What is particular to one silo.</summary>
public sealed class InProcessTestSiloSpecificOptions
{
    /// <summary>0 in compat.</summary>
    public int SiloPort { get; set; }

    /// <summary>0 in compat.</summary>
    public int GatewayPort { get; set; }

    /// <summary>Its name.</summary>
    public string SiloName { get; set; } = null!;
}
