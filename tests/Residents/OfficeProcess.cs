using System.Diagnostics;
using System.Globalization;

namespace OrleansGov.Residents;

/// <summary>The product as a process of its own, on a loopback port of its own, that may be killed and started again on the same data.</summary>
/// <param name="program">OrleansGov.Api.dll.</param>
/// <param name="data">Data directory.</param>
/// <param name="settings">Further settings, as environment variables spell them.</param>
public sealed class OfficeProcess(string program, string data, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    private readonly Queue<string> _lastWords = new();
    private Process? _process;
    private TaskCompletionSource _serving = new();

    public Uri Url { get; } = new($"http://127.0.0.1:{FreePorts.Next()}");

    /// <summary>Of the running process.</summary>
    public int Id => _process?.Id ?? throw new InvalidOperationException("The office is not running.");

    /// <summary>It was started and has not ended, by whomever.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>True from the start until it serves.</summary>
    public bool IsStarting => _process is { HasExited: false } && !_serving.Task.IsCompleted;

    /// <summary>Told every line of the program's output.</summary>
    public Action<string> Overheard { get; init; } = _ => { };

    /// <summary>The program's newest lines of output: for the message of a failing test.</summary>
    public string LastWords
    {
        get
        {
            lock (_lastWords) return string.Join('\n', _lastWords);
        }
    }

    /// <summary>The product that was built together with the calling program, for the same engine and configuration.</summary>
    public static string BuiltBesideThis()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory); // artifacts/<engine>/bin/<project>/<configuration>
        return Path.Combine(here.Parent!.Parent!.FullName, "Api", here.Name, "OrleansGov.Api.dll");
    }

    /// <summary>Processors it may use, as taskset spells them ("0", "0-2"); null = all.</summary>
    public string? Cores { get; init; }

    /// <summary>Starts the process; it serves when the returned task's task is complete.</summary>
    public Task Start()
    {
        // taskset becomes the process it starts: the id stays
        var start = new ProcessStartInfo(Cores is null ? "dotnet" : "taskset", Cores is null ? [program] : ["-c", Cores, "dotnet", program]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(program)! };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = Url.ToString();
        start.Environment["Data__Directory"] = data;
        start.Environment["Residents__MessagesPerMinute"] = "0"; // virtual residents need no time to read
        start.Environment["Public__BaseUrl"] = Url.ToString();
        foreach (var (name, value) in settings) start.Environment[name] = value;

        var serving = _serving = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = _process = Process.Start(start)!;
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => serving.TrySetException(new InvalidOperationException($"The office ended before it served:\n{LastWords}"));
        process.OutputDataReceived += (_, line) => Hear(line.Data, serving);
        process.ErrorDataReceived += (_, line) => Hear(line.Data, serving);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _ = serving.Task.Exception; // a kill while it starts is nobody's failure
        return serving.Task;
    }

    /// <summary>kill -9: nothing in the process hears of it.</summary>
    public async Task Kill()
    {
        using var process = _process!;
        _serving.TrySetCanceled();
        process.Kill();
        await process.WaitForExitAsync();
        _process = null;
    }

    /// <summary>SIGTERM, as Ctrl+C, systemd and containers send it.</summary>
    /// <returns>Exit code and how long the stop took.</returns>
    public async Task<(int ExitCode, TimeSpan Took)> Stop()
    {
        using var process = _process!;
        var clock = Stopwatch.StartNew();
        await Signal("TERM");
        await process.WaitForExitAsync();
        _process = null;
        return (process.ExitCode, clock.Elapsed);
    }

    /// <param name="name">Such as <c>STOP</c> and <c>CONT</c>.</param>
    public async Task Signal(string name)
    {
        using var signal = Process.Start("kill", [$"-{name}", Id.ToString(CultureInfo.InvariantCulture)]);
        await signal.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false }) await Kill();
    }

    private void Hear(string? line, TaskCompletionSource serving)
    {
        if (line is null) return;
        Overheard(line);
        lock (_lastWords)
        {
            _lastWords.Enqueue(line);
            while (_lastWords.Count > 60) _lastWords.Dequeue();
        }

        if (line.Contains("Application started", StringComparison.Ordinal)) serving.TrySetResult(); // the host's own word
    }
}
