using OrleansGov.Load.Checking;
using OrleansGov.Load.Measuring;
using OrleansGov.LocalLine;
using OrleansGov.Residents;

namespace OrleansGov.Load.Targets;

/// <summary>The office under load with its LINE: started here, or running already. What is named of it can be looked at.</summary>
public sealed class Installation : IAsyncDisposable
{
    private readonly List<OfficeProcess> _started = [];
    private readonly SmallTown? _town;

    private Installation(Target target, LineWorld world, SmallTown? town) => (Target, World, _town) = (target, world, town);

    public Target Target { get; }

    public LineWorld World { get; }

    public IReadOnlyList<Uri> Addresses { get; private set; } = [];

    /// <summary>What is on disk; null where it was not named.</summary>
    public IBooks? Books { get; private set; }

    /// <summary>In words, for the report.</summary>
    public string Mode { get; private set; } = "";

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
            if (target.Start) await installation.StartEmbedded();
            else await installation.Wait(cancel);
            return installation;
        }
        catch
        {
            await installation.DisposeAsync();
            throw;
        }
    }

    public async Task StartOffice() => await Task.WhenAll(_started.Select(o => o.Start()));

    /// <summary>As Ctrl+C would: everything is written.</summary>
    public async Task StopOffice()
    {
        foreach (var office in _started) await office.Stop();
    }

    public Gauges Gauges() => new(Pids, Target.DatabasePid, Addresses);

    public async ValueTask DisposeAsync()
    {
        foreach (var office in _started) await office.DisposeAsync();
        await World.DisposeAsync();
        _town?.Dispose();
    }

    private async Task StartEmbedded()
    {
        Mode = "embedded (SQLite)";
        var office = new OfficeProcess(Target.Program ?? OfficeProcess.BuiltBesideThis(), _town!.Data, World.Settings.Append(new("Packs__Directory", _town.Packs)).ToDictionary()) { Cores = Target.OfficeCores };
        _started.Add(office);
        Books = new EmbeddedBooks(_town.Data, _town.Packs);
        Call([office.Url]);
        await office.Start();
    }

    // Somebody starts the office by hand, with settings that are known only now.
    private async Task Wait(CancellationToken cancel)
    {
        Mode = "running already";
        Call(Target.Offices);
        if (Target.Data is { } data) Books = new EmbeddedBooks(data, SmallTown.CheckoutPacks());
        Console.WriteLine("The office needs this LINE. Start it with these settings; the run begins when it is ready:");
        foreach (var (name, value) in World.Settings) Console.WriteLine($"  export {name}={value}");
        foreach (var address in Addresses)
            Console.WriteLine($"  export ASPNETCORE_ENVIRONMENT=Development ASPNETCORE_URLS={address.GetLeftPart(UriPartial.Authority)} Public__BaseUrl={address.GetLeftPart(UriPartial.Authority)}");
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
