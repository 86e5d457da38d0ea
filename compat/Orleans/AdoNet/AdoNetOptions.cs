using System.Data.Common;
using Orleans.Storage;

namespace Orleans.Configuration;

/// <summary>Where the cluster's members are written down.</summary>
public class AdoNetClusteringSiloOptions
{
    /// <summary>Compat takes a <see cref="DataSource"/> only.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Opens connections; owned by the caller.</summary>
    public DbDataSource? DataSource { get; set; }

    /// <summary>The provider's name; compat knows PostgreSQL ("Npgsql").</summary>
    public string Invariant { get; set; } = null!;
}

/// <summary>Where a client finds the silos; accepted, compat has no clients of its own (<see cref="Orleans.Hosting.AdoNetHostingExtensions"/>).</summary>
public class AdoNetClusteringClientOptions
{
    /// <summary>Without effect in compat.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Without effect in compat.</summary>
    public DbDataSource? DataSource { get; set; }

    /// <summary>Without effect in compat.</summary>
    public string Invariant { get; set; } = null!;
}

/// <summary>Where states are kept.</summary>
public class AdoNetGrainStorageOptions : IStorageProviderSerializerOptions
{
    /// <summary>Compat takes a <see cref="DataSource"/> only.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Opens connections; owned by the caller.</summary>
    public DbDataSource? DataSource { get; set; }

    /// <summary>The provider's name; compat knows PostgreSQL ("Npgsql").</summary>
    public string Invariant { get; set; } = null!;

    /// <inheritdoc/>
    public IGrainStorageSerializer GrainStorageSerializer { get; set; } = null!;

    /// <summary>Whether clearing removes the row; otherwise it stays, without a body.</summary>
    public bool DeleteStateOnClear { get; set; }
}

/// <summary>Where reminders are kept.</summary>
public class AdoNetReminderTableOptions
{
    /// <summary>Compat takes a <see cref="DataSource"/> only.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Opens connections; owned by the caller.</summary>
    public DbDataSource? DataSource { get; set; }

    /// <summary>The provider's name; compat knows PostgreSQL ("Npgsql").</summary>
    public string Invariant { get; set; } = null!;
}

/// <summary>How members watch each other; accepted, without effect in one process.</summary>
public class ClusterMembershipOptions
{
    /// <summary>Accepted, without effect in compat.</summary>
    public int NumMissedProbesLimit { get; set; } = 3;

    /// <summary>Accepted, without effect in compat.</summary>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Accepted, without effect in compat.</summary>
    public TimeSpan TableRefreshTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Accepted, without effect in compat.</summary>
    public TimeSpan IAmAliveTablePublishTimeout { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>How a client looks for silos; accepted, without effect in compat.</summary>
public class GatewayOptions
{
    /// <summary>Accepted, without effect in compat.</summary>
    public TimeSpan GatewayListRefreshPeriod { get; set; } = TimeSpan.FromMinutes(1);
}
