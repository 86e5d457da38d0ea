using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Npgsql;
using OrleansGov.LocalLine;
using OrleansGov.Drills;
using OrleansGov.Residents;
using OrleansGov.Shared;

namespace OrleansGov.EndToEnd.Tests.Cluster;

/// <summary>An office of several processes on a PostgreSQL of its own, with a LINE that calls the doors of all of them.</summary>
public sealed class ClusterOffice : IAsyncDisposable
{
    private readonly SmallTown _town = new(placesPerDay: 4);
    private readonly Dictionary<string, string> _settings;

    private ClusterOffice(PostgresServer server, LineWorld world, string connectionString, string hotStorage)
    {
        (Server, World, ConnectionString) = (server, world, connectionString);
        Directory.CreateDirectory(Pictures);
        _settings = new(world.Settings)
        {
            ["Hosting__Mode"] = "Cluster", ["Cluster__ConnectionString"] = connectionString, ["Cluster__HotStorage"] = hotStorage, ["Content__Directory"] = Pictures,
            ["Privacy__PseudonymKey"] = new string('a', 64), ["Packs__Directory"] = _town.Packs,
        };
    }

    /// <summary>Why there can be one process only: the engine of this build.</summary>
    public static string? OneProcessOnly { get; } =
        File.Exists(Path.Combine(Path.GetDirectoryName(OfficeProcess.BuiltBesideThis())!, "Orleans.Runtime.dll")) ? null : "This build has grains in one process only (Engine=Compat): several nodes need Engine=Orleans.";

    public PostgresServer Server { get; }

    public LineWorld World { get; }

    public string ConnectionString { get; }

    public List<OfficeProcess> Nodes { get; } = [];

    public List<DateTimeOffset> Kills { get; } = [];

    private string Pictures => Path.Combine(_town.Data, "pictures");

    public static async Task<ClusterOffice> OpenAsync(string hotStorage = "GroupCommit", IReadOnlyDictionary<string, string>? settings = null)
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        double[] delays = [0.25, 0.5, 1, 1, .. Enumerable.Repeat(2.0, 60)]; // as LINE comes again, only sooner
        var world = await LineWorld.OpenAsync(new LocalLineOptions { RedeliveryDelays = [.. delays.Select(TimeSpan.FromSeconds)], JournalLength = 1_000_000, RateLimits = false });
        var server = await PostgresServer.CreateAsync(maxConnections: 80);
        var office = new ClusterOffice(server, world, await server.CreateDatabaseAsync(), hotStorage);
        foreach (var (name, value) in settings ?? new Dictionary<string, string>()) office._settings[name] = value;
        await office.MigrateAsync();
        return office;
    }

    /// <summary>Adds a node and returns when it serves.</summary>
    /// <param name="role">Both, Silo or Web.</param>
    /// <param name="front">Where residents find pages, when not at this node.</param>
    public async Task<OfficeProcess> StartNodeAsync(string role = "Both", Uri? front = null)
    {
        var settings = new Dictionary<string, string>(_settings) { ["Hosting__Role"] = role, ["Cluster__SiloPort"] = $"{FreePort()}", ["Cluster__GatewayPort"] = $"{FreePort()}" };
        if (front is not null) settings["Public__BaseUrl"] = front.ToString();
        var node = new OfficeProcess(OfficeProcess.BuiltBesideThis(), Path.Combine(_town.Data, $"node{Nodes.Count}"), settings);
        Nodes.Add(node);
        await node.Start();
        return node;
    }

    /// <summary>Residents who book, so many at a time.</summary>
    public async Task<List<Booking>> BookAsync(int dialogues, Action<int>? acting = null, CancellationToken cancel = default)
    {
        var turns = 0;
        var bookings = new Booking?[dialogues];
        await Parallel.ForAsync(0, dialogues, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancel }, async (n, stop) => bookings[n] = await
            new VirtualResident(World, Errand.Number(n), TimeSpan.FromSeconds(5), n) { Acting = () => acting?.Invoke(Interlocked.Increment(ref turns)) }.Book(stop));
        return [.. bookings.OfType<Booking>()];
    }

    public async Task KillAsync(OfficeProcess node)
    {
        await node.Kill();
        Kills.Add(DateTimeOffset.UtcNow);
    }

    /// <summary>What must hold whatever was done to the nodes: one case and one place for each booking, and nobody was told twice beyond the documented window.</summary>
    public async Task AuditAsync(List<Booking> bookings)
    {
        var states = await StatesAsync();
        Assert.Equal(bookings.Select(b => b.ReceiptNumber).Order(StringComparer.Ordinal), states.Where(s => s.Name == "case").Select(s => s.Key[(s.Key.LastIndexOf('/') + 1)..]).Order(StringComparer.Ordinal));
        Assert.Equal(bookings.Count, bookings.Select(b => b.ReceiptNumber).Distinct().Count());
        Assert.Equal(bookings.Count, states.Where(s => s.Name == "slot-day").Sum(s => s.Body["confirmed"]!.AsArray().Count));
        Assert.All(states.Where(s => s.Name == "slot-day"), s => Assert.InRange(s.Body["confirmed"]!.AsArray().Count, 0, _town.PlacesPerDay));
        var said = new PostgresBooks(ConnectionString).Lines();
        var calls = World.Platform.Journal.Where(SaidTwice.IsSend).ToLookup(c => c.Resident);
        foreach (var (_, key, body) in states.Where(s => s.Name == "resident"))
        {
            var phone = (string)body["lineUserId"]!;
            var twice = SaidTwice.In(phone, [.. calls[phone]], said[key[(key.LastIndexOf('/') + 1)..]].Where(l => !l.Heard).Select(l => l.What), [.. Kills.Select(k => new Trouble("kill -9", k))]);
            Assert.All(twice, t => Assert.True(t.Window is not null, t.Story));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes) await node.DisposeAsync();
        await World.DisposeAsync();
        await Server.DisposeAsync();
        _town.Dispose();
    }

    private async Task<List<(string Name, string Key, JsonNode Body)>> StatesAsync()
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("""
            SELECT state_name, grain_id, body FROM grain_state
            UNION ALL SELECT GrainTypeString, GrainIdExtensionString, PayloadBinary FROM OrleansStorage
            """, connection);
        await using var reader = await command.ExecuteReaderAsync();
        List<(string, string, JsonNode)> states = [];
        while (await reader.ReadAsync()) states.Add((reader.GetString(0), reader.GetString(1), JsonNode.Parse(reader.GetFieldValue<byte[]>(2))!));
        return states;
    }

    private async Task MigrateAsync()
    {
        var start = new ProcessStartInfo("dotnet", [OfficeProcess.BuiltBesideThis(), "migrate"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Cluster__ConnectionString"] = ConnectionString;
        using var migrate = Process.Start(start)!;
        var (said, complained) = (migrate.StandardOutput.ReadToEndAsync(), migrate.StandardError.ReadToEndAsync());
        await migrate.WaitForExitAsync();
        Assert.True(migrate.ExitCode == 0, $"{await said}\n{await complained}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
