using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using OrleansGov.Load.Checking;
using OrleansGov.Load.Measuring;
using OrleansGov.Load.Seeding;
using OrleansGov.LocalLine;
using OrleansGov.Residents;
using OrleansGov.Shared;

namespace OrleansGov.Load.Targets;

/// <summary>The office under load with its LINE: started here, or running already. What is named of it can be looked at.</summary>
public sealed class Installation : IAsyncDisposable
{
    private readonly List<OfficeProcess> _started = [];
    private readonly List<Uri> _metrics = [];
    private readonly SmallTown? _town;
    private PostgresServer? _server;

    private Installation(Target target, LineWorld world, SmallTown? town) => (Target, World, _town) = (target, world, town);

    public Target Target { get; }

    public LineWorld World { get; }

    public IReadOnlyList<Uri> Addresses { get; private set; } = [];

    /// <summary>What is on disk; null where it was not named.</summary>
    public IBooks? Books { get; private set; }

    /// <summary>In words, for the report.</summary>
    public string Mode { get; private set; } = "";

    /// <summary>Connection string of its PostgreSQL; null = none, or not named.</summary>
    public string? Database { get; private set; }

    /// <summary>Its data directory; null = none, or not named.</summary>
    public string? Data { get; private set; }

    public int? DatabasePid => _server?.ProcessId ?? Target.DatabasePid;

    public IReadOnlyList<int> Pids => _started.Count > 0 ? [.. _started.Select(o => o.Id)] : Target.Pids;

    /// <summary>Opens the LINE and starts the office, or waits until the one that was named is ready.</summary>
    /// <param name="noted">Told of everything LINE notes.</param>
    public static async Task<Installation> OpenAsync(Target target, int? placesPerDay, Ledger ledger, CancellationToken cancel)
    {
        if (target.OwnCores is { } own) Cores.Keep(own);
        var options = new LocalLineOptions { Seed = Random.Shared.Next(), JournalLength = 100, ScreenLength = 40, FindingsLength = 10_000, Noted = ledger.Note };
        var world = await LineWorld.OpenAsync(options, target.LinePorts.Api, target.LinePorts.Data);
        var installation = new Installation(target, world, target.Start ? new SmallTown(placesPerDay) : null);
        try
        {
            if (target.Start && target.Cluster) await installation.StartCluster();
            else if (target.Start) await installation.StartEmbedded();
            else await installation.Wait(cancel);
            return installation;
        }
        catch
        {
            await installation.DisposeAsync();
            throw;
        }
    }

    /// <summary>Its store, to fill while the office is stopped.</summary>
    public IResidentStore Residents() => Database is not null ? new PostgresResidents(Database)
        : Data is not null ? new SqliteResidents(Data)
        : throw new InvalidOperationException("The office's data was not named: --data or --database.");

    public async Task StartOffice() => await Task.WhenAll(_started.Select(o => o.Start()));

    /// <summary>As Ctrl+C would: everything is written.</summary>
    public async Task StopOffice()
    {
        foreach (var office in _started) await office.Stop();
    }

    public Gauges Gauges() => new(Pids, DatabasePid, _metrics);

    public async ValueTask DisposeAsync()
    {
        foreach (var office in _started) await office.DisposeAsync();
        await World.DisposeAsync();
        if (Books is IAsyncDisposable books) await books.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        _town?.Dispose();
    }

    private async Task StartEmbedded()
    {
        Mode = "embedded (SQLite)";
        var office = new OfficeProcess(Target.Program ?? OfficeProcess.BuiltBesideThis(), _town!.Data, World.Settings.Concat([new("Packs__Directory", _town.Packs), Metrics()]).ToDictionary()) { Cores = Target.OfficeCores };
        _started.Add(office);
        Data = _town.Data;
        Books = new EmbeddedBooks(_town.Data, _town.Packs);
        Call([office.Url]);
        await office.Start();
    }

    private async Task StartCluster()
    {
        Mode = "cluster (PostgreSQL)";
        _server = await PostgresServer.CreateAsync();
        if (Target.DatabaseCores is { } cores) Cores.Keep(cores, _server.ProcessId);
        Database = await _server.CreateDatabaseAsync();
        Books = new PostgresBooks(Database, _town!.Packs);
        var program = Target.Program ?? OfficeProcess.BuiltBesideThis();
        var content = Directory.CreateDirectory(Path.Combine(_town.Data, "content")).FullName;
        var shared = World.Settings.Concat(new Dictionary<string, string>
        {
            ["Packs__Directory"] = _town.Packs, ["Hosting__Mode"] = "Cluster", ["Cluster__ConnectionString"] = Database, ["Content__Directory"] = content,
            ["Privacy__PseudonymKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        }).ToDictionary();
        await Migrate(program, shared);
        var officeCores = Target.OfficeCores?.Split('/') ?? [];
        for (var n = 0; n < Target.Nodes; n++)
        {
            // each node has ports and a directory of its own; the key, the database and the pictures are everybody's
            var settings = shared.Concat([new("Cluster__SiloPort", Text(FreePorts.Next())), new("Cluster__GatewayPort", Text(FreePorts.Next())), Metrics()]).ToDictionary();
            _started.Add(new(program, Path.Combine(_town.Data, $"node{n}"), settings) { Cores = officeCores.Length == 0 ? null : officeCores[n % officeCores.Length] });
        }

        Call([.. _started.Select(o => o.Url)]);
        foreach (var office in _started) await office.Start(); // the first one installs the packs

        static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A node's figures have a listener of their own.</summary>
    private KeyValuePair<string, string> Metrics()
    {
        _metrics.Add(new Uri($"http://127.0.0.1:{FreePorts.Next()}"));
        return new("Telemetry__MetricsUrl", _metrics[^1].GetLeftPart(UriPartial.Authority));
    }

    private static async Task Migrate(string program, Dictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [program, "migrate"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        using var migrate = Process.Start(start)!;
        var (said, complained) = (migrate.StandardOutput.ReadToEndAsync(), migrate.StandardError.ReadToEndAsync());
        await migrate.WaitForExitAsync();
        if (migrate.ExitCode != 0) throw new InvalidOperationException($"migrate failed:\n{await said}{await complained}");
    }

    // Somebody starts the office by hand, with settings that are known only now.
    private async Task Wait(CancellationToken cancel)
    {
        Mode = "running already";
        Call(Target.Offices);
        (Data, Database) = (Target.Data, Target.Database);
        _metrics.AddRange(Target.Metrics);
        if (Database is not null) Books = new PostgresBooks(Database, SmallTown.CheckoutPacks());
        else if (Data is not null) Books = new EmbeddedBooks(Data, SmallTown.CheckoutPacks());
        Console.WriteLine("The office needs this LINE. Start it with these settings; the run begins when it is ready:");
        foreach (var (name, value) in World.Settings) Console.WriteLine($"  export {name}={value}");
        foreach (var address in Addresses)
            Console.WriteLine($"  export ASPNETCORE_ENVIRONMENT=Development ASPNETCORE_URLS={address.GetLeftPart(UriPartial.Authority)} Public__BaseUrl={address.GetLeftPart(UriPartial.Authority)} Residents__MessagesPerMinute=0");
        if (Addresses.Any(a => !a.IsLoopback)) Console.WriteLine("  This LINE listens on this machine only: bring its ports to the office's, for example with ssh -R, and fix them with --line-ports.");
        using var http = new HttpClient();
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        foreach (var address in Addresses)
        {
            while (!await Ready(http, address, cancel)) await again.WaitForNextTickAsync(cancel);
        }
    }

    private static async Task<bool> Ready(HttpClient http, Uri address, CancellationToken cancel)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(address, "/health/ready"), cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // not there yet
        }
    }

    private void Call(IReadOnlyList<Uri> offices)
    {
        Addresses = offices;
        World.CallOffices(offices);
    }
}
