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
        start.Environment["SignIn__AttemptsPerAddress"] = "1000"; // every officer of every test comes from this machine
        start.Environment["Data__Directory"] = Path.Combine(data, "data");
        start.Environment["Packs__Directory"] = Path.Combine(Repository.Root, "packs");
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
