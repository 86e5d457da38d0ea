using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace OrleansGov.Browser.Tests;

/// <summary>The product as ./run starts it: a process of its own from the build output of the same configuration, a new data directory, a free port.</summary>
public sealed class Office : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _data;
    private readonly Queue<string> _lastLines = new();

    private Office(Process process, Uri address, string data)
    {
        _process = process;
        Address = address;
        _data = data;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public Uri Address { get; }

    public static async Task<Office> StartAsync(CancellationToken stop)
    {
        var data = Directory.CreateTempSubdirectory("orleansgov-browser-").FullName;
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [Repository.Product]) { WorkingDirectory = data, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = address.OriginalString;
        start.Environment["Public__BaseUrl"] = address.OriginalString;
        start.Environment["SignIn__AttemptsPerAddress"] = "1000"; // every officer of every test comes from this machine,
        start.Environment["SignIn__AttemptsPerAccount"] = "1000"; // and one administrator is in most of them
        start.Environment["Data__Directory"] = Path.Combine(data, "data");
        start.Environment["Packs__Directory"] = OpenAtAllHours(data);
        var office = new Office(Process.Start(start)!, address, data);
        office._process.BeginOutputReadLine();
        office._process.BeginErrorReadLine();
        await office.ReadyAsync(stop);
        return office;
    }

    private async Task ReadyAsync(CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience && !_process.HasExited; await tick.WaitForNextTickAsync(stop))
        {
            try
            {
                using var answer = await http.GetAsync("/health/ready", stop);
                if (answer.StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
                // not listening yet
            }
        }
        throw new InvalidOperationException($"The office did not become ready. Its last words:\n{LastWords}");
    }

    public string LastWords
    {
        get { lock (_lastLines) return string.Join('\n', _lastLines); }
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > 60) _lastLines.Dequeue();
        }
    }

    // The town as it is, but its desks are open whenever somebody tests.
    private static string OpenAtAllHours(string data)
    {
        var packs = Path.Combine(data, "packs");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "packs"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(packs, Path.GetRelativePath(Path.Combine(Repository.Root, "packs"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var today = DateOnly.FromDateTime(DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(9)).DateTime);
        foreach (var town in Directory.EnumerateFiles(Path.Combine(packs, "towns"), "*.yaml"))
        {
            var lines = File.ReadAllLines(town).ToList();
            var hours = lines.FindIndex(line => line == "hours:");
            if (hours < 0) throw new InvalidOperationException($"{town} says no hours to change.");
            lines.InsertRange(hours + 1, ["  days:", .. Enumerable.Range(0, 3).Select(d => $"    {today.AddDays(d):yyyy-MM-dd}: \"0:00-23:59\"")]);
            File.WriteAllLines(town, lines);
        }

        return packs;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_data, recursive: true);
    }
}
