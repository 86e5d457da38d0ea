using System.Diagnostics;
using Npgsql;
using OrleansGov.Residents;
using OrleansGov.Shared;

namespace OrleansGov.EndToEnd.Tests.Cluster;

/// <summary>A dump of the database made while a node serves is an office: the commands of docs/operations.md, as they stand there.</summary>
public sealed class ClusterBackupTests
{
    [Fact]
    public async Task Restore_OfADumpMadeInTheMiddleOfABooking_GoesOnAtTheSameQuestion()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(300)); // new nodes look for the dead one first
        using var town = new SmallTown(placesPerDay: 4);
        await using var world = await LineWorld.OpenAsync();
        await using var server = await PostgresServer.CreateAsync(maxConnections: 80);
        var (database, other) = (await server.CreateDatabaseAsync(), await server.CreateDatabaseAsync());
        var dump = Path.Combine(Path.GetDirectoryName(town.Packs)!, "office.dump");
        Assert.Equal(0, await Run("dotnet", [OfficeProcess.BuiltBesideThis(), "migrate"], new() { ["Cluster__ConnectionString"] = database }, limit.Token));

        await using var node = Node(town, world, database, "node1");
        world.CallOffice(node.Url);
        await node.Start();
        var resident = new VirtualResident(world, Errand.Number(0), TimeSpan.FromSeconds(5), seed: 0);
        await resident.Book(limit.Token, until: "いつ取りに行きますか");
        Assert.Equal(0, await Run("pg_dump", ["-Fc", "-f", dump], Place(database), limit.Token));
        await node.Kill();

        Assert.Equal(0, await Run("pg_restore", ["--no-owner", "--exit-on-error", "-d", new NpgsqlConnectionStringBuilder(other).Database!, dump], Place(other), limit.Token));
        await using var restored = Node(town, world, other, "node2");
        world.CallOffice(restored.Url);
        await restored.Start();
        var booking = await resident.GoOn(limit.Token);

        Assert.Matches("^[A-Z0-9]+-[0-9]{5}$", booking.ReceiptNumber);
        Assert.Single(world.Platform.Screen(resident.Phone!).Messages, m => m.FromBot && m.Text.Contains("何を捨てますか", StringComparison.Ordinal));
    }

    private static OfficeProcess Node(SmallTown town, LineWorld world, string database, string name) => new(OfficeProcess.BuiltBesideThis(), Path.Combine(town.Data, name), new Dictionary<string, string>(world.Settings)
    {
        ["Hosting__Mode"] = "Cluster", ["Cluster__ConnectionString"] = database, ["Content__Directory"] = Directory.CreateDirectory(Path.Combine(town.Data, "pictures")).FullName,
        ["Cluster__SiloPort"] = $"{FreePort()}", ["Cluster__GatewayPort"] = $"{FreePort()}", ["Privacy__PseudonymKey"] = new string('a', 64), ["Packs__Directory"] = town.Packs,
    });

    private static Dictionary<string, string> Place(string connectionString)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        return new() { ["PGHOST"] = parts.Host!, ["PGPORT"] = $"{parts.Port}", ["PGUSER"] = parts.Username!, ["PGDATABASE"] = parts.Database!, ["PGPASSWORD"] = parts.Password ?? "" };
    }

    private static async Task<int> Run(string program, string[] words, Dictionary<string, string> environment, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(program, words);
        foreach (var (key, value) in environment) start.Environment[key] = value;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(cancel);
        return process.ExitCode;
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
