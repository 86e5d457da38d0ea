using Npgsql;
using OrleansGov.Shared;
using OrleansGov.Silo.Cluster;

namespace OrleansGov.Silo.Tests.Cluster;

/// <summary>A migrated database of its own on a real PostgreSQL; skips the test where there is none.</summary>
public sealed class TemporaryCluster : IAsyncDisposable
{
    private readonly List<ClusterDatabase> _nodes = [];

    private TemporaryCluster(ClusterSettings settings) => Settings = settings;

    public ClusterSettings Settings { get; }

    /// <param name="server">Null = the one that all tests share.</param>
    public static async Task<TemporaryCluster> CreateAsync(PostgresServer? server = null, StateStorage hot = StateStorage.GroupCommit)
    {
        var cluster = await EmptyAsync(server, hot);
        await cluster.MigrateAsync();
        return cluster;
    }

    /// <summary>The same before anybody migrated it.</summary>
    public static async Task<TemporaryCluster> EmptyAsync(PostgresServer? server = null, StateStorage hot = StateStorage.GroupCommit)
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        server ??= await PostgresServer.SharedAsync();
        return new TemporaryCluster(new() { ConnectionString = await server.CreateDatabaseAsync(), HotStorage = hot, AdvertisedAddress = System.Net.IPAddress.Loopback });
    }

    public async Task<List<string>> MigrateAsync()
    {
        var said = new List<string>();
        await ClusterSchema.MigrateAsync(Settings.ConnectionString, said.Add);
        return said;
    }

    /// <summary>What a node opens before its host.</summary>
    public async Task<ClusterDatabase> OpenAsync()
    {
        var node = await ClusterDatabase.OpenAsync(Settings, probeEvery: TimeSpan.FromMilliseconds(50));
        _nodes.Add(node);
        return node;
    }

    public async Task<object?> RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Settings.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Keeps a statement from writing a row until it is disposed.</summary>
    public async Task<IAsyncDisposable> HoldAsync(string grainId)
    {
        var connection = new NpgsqlConnection(Settings.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"BEGIN; SELECT 1 FROM grain_state WHERE grain_id = '{grainId}' FOR UPDATE", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
    }
}
