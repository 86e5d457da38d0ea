using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using OrleansGov.Residents;
using OrleansGov.Shared;

namespace OrleansGov.Drills;

/// <summary>Nodes on a PostgreSQL of the drill's own, migrated as an operator migrates it.</summary>
internal sealed class ClusterGround : Ground
{
    private readonly string _data;
    private readonly string _database;

    private ClusterGround(PostgresServer server, string data, string database)
    {
        (Server, _data, _database, Books) = (server, data, database, new PostgresBooks(database));
        Directory.CreateDirectory(Pictures);
    }

    public override PostgresServer Server { get; }

    public override Books Books { get; }

    private string Pictures => Path.Combine(_data, "pictures");

    public static string? Missing(int nodes) => PostgresServer.Missing ??
        (nodes > 1 && !File.Exists(Path.Combine(Path.GetDirectoryName(OfficeProcess.BuiltBesideThis())!, "Orleans.Runtime.dll"))
            ? "this build has grains in one process only: several nodes need the Orleans packages (-p:Engine=Orleans), or --nodes 1." : null);

    public static async Task<ClusterGround> OpenAsync(string data)
    {
        var server = await PostgresServer.CreateAsync(maxConnections: 100);
        return new ClusterGround(server, data, await server.CreateDatabaseAsync());
    }

    public override string DataOf(int node) => Path.Combine(_data, $"node{node}");

    public override IReadOnlyDictionary<string, string> SettingsOf(int node) => new Dictionary<string, string>
    {
        ["Hosting__Mode"] = "Cluster", ["Cluster__ConnectionString"] = _database, ["Content__Directory"] = Pictures, ["Privacy__PseudonymKey"] = new('a', 64),
        ["Cluster__SiloPort"] = $"{FreePort()}", ["Cluster__GatewayPort"] = $"{FreePort()}",
    };

    public override ValueTask DisposeAsync() => Server.DisposeAsync();

    public override async Task Migrate(string program)
    {
        var start = new ProcessStartInfo("dotnet", [program, "migrate"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Cluster__ConnectionString"] = _database;
        using var migrate = Process.Start(start)!;
        var (said, complained) = (migrate.StandardOutput.ReadToEndAsync(), migrate.StandardError.ReadToEndAsync());
        await migrate.WaitForExitAsync();
        if (migrate.ExitCode != 0) throw new DrillFailedException($"migrate: {await said}\n{await complained}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
