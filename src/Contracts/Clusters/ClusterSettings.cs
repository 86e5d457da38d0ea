using System.Net;

namespace OrleansGov.Contracts;

/// <summary>A node's place in its cluster, and what it stores on.</summary>
public sealed record ClusterSettings
{
    /// <summary>PostgreSQL; shared by all nodes. Holds a password: never shown.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Nodes with the same id are one cluster.</summary>
    public string ClusterId { get; init; } = "office";

    /// <summary>Where other silos call this one.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>Where clients (front ends without grains) call this silo.</summary>
    public int GatewayPort { get; init; } = 30000;

    /// <summary>The address others reach this silo at; null = the first that this machine has.</summary>
    public IPAddress? AdvertisedAddress { get; init; }

    /// <summary>Keeps the states named <see cref="StorageNames.Hot"/>.</summary>
    public StateStorage HotStorage { get; init; } = StateStorage.GroupCommit;

    /// <summary>Keeps the states named <see cref="StorageNames.Other"/>.</summary>
    public StateStorage OtherStorage { get; init; } = StateStorage.AdoNet;

    /// <summary>Never shows the connection string.</summary>
    public override string ToString() => $"{ClusterId} ({HotStorage}, {OtherStorage})";
}

/// <summary>What keeps states in a cluster.</summary>
public enum StateStorage
{
    /// <summary>Ours: the writes of many grains share a commit.</summary>
    GroupCommit,

    /// <summary>Orleans' own (Microsoft.Orleans.Persistence.AdoNet): a commit for each write.</summary>
    AdoNet,
}
