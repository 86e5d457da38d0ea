using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace OrleansGov.Load.Measuring;

/// <summary>One look at the machine. Processor in cores (1 = one core busy) since the look before; null = not seen.</summary>
/// <param name="At">Seconds since the clock started.</param>
/// <param name="HeapMegabytes">Managed heap, where the office tells it at /metrics.</param>
public sealed record Look(double At, double? OfficeCores, double? OfficeMegabytes, double? DatabaseCores, double? DatabaseMegabytes, double ToolCores, double? HeapMegabytes);

/// <summary>Looks at the processes once a second while a run lasts.</summary>
/// <param name="offices">Process ids of the office's nodes; none = they run elsewhere.</param>
/// <param name="database">Process id of the database's first process; null = none, or elsewhere.</param>
/// <param name="metrics">Where the nodes serve their figures.</param>
public sealed partial class Gauges(IReadOnlyList<int> offices, int? database, IReadOnlyList<Uri> metrics) : IDisposable
{
    private readonly ProcessGauge[] _offices = [.. offices.Select(id => new ProcessGauge(id))];
    private readonly ProcessGauge? _database = database is { } id ? new(id, withChildren: true) : null;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(2) };
    private readonly List<Look> _looks = [];
    private bool _hasMetrics = true;

    /// <summary>Processor seconds of all nodes so far; null where none can be seen.</summary>
    public double? OfficeCpu => Sum(_offices.Select(g => g.CpuSeconds));

    public double? DatabaseCpu => _database?.CpuSeconds;

    public double? OfficeMegabytes => Sum(_offices.Select(g => g.Megabytes));

    public double? DatabaseMegabytes => _database?.Megabytes;

    public static double ToolCpu => Environment.CpuUsage.TotalTime.TotalSeconds;

    public IReadOnlyList<Look> Looks
    {
        get
        {
            lock (_looks) return [.. _looks];
        }
    }

    public Look? Latest
    {
        get
        {
            lock (_looks) return _looks.Count > 0 ? _looks[^1] : null;
        }
    }

    public static double MachineLoad() => File.Exists("/proc/loadavg") ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) : 0;

    /// <summary>Looks until cancelled.</summary>
    public async Task Watch(CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        var (office, db, tool, at) = (OfficeCpu, DatabaseCpu, ToolCpu, 0.0);
        double? heap = null;
        try
        {
            while (await second.WaitForNextTickAsync(stop))
            {
                if (_looks.Count % 10 == 0) heap = await Heap(stop);
                var (officeNow, dbNow, toolNow, now) = (OfficeCpu, DatabaseCpu, ToolCpu, clock.Elapsed.TotalSeconds);
                var look = new Look(now, (officeNow - office) / (now - at), OfficeMegabytes, (dbNow - db) / (now - at), DatabaseMegabytes, (toolNow - tool) / (now - at), heap);
                lock (_looks) _looks.Add(look);
                (office, db, tool, at) = (officeNow, dbNow, toolNow, now);
            }
        }
        catch (OperationCanceledException)
        {
            // the run is over
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The managed heap of all nodes, if they tell it.</summary>
    private async Task<double?> Heap(CancellationToken stop)
    {
        if (!_hasMetrics || metrics.Count == 0) return null;
        var sum = 0.0;
        foreach (var address in metrics)
        {
            try
            {
                var text = await _http.GetStringAsync(new Uri(address, "/metrics"), stop);
                var sizes = HeapSize().Matches(text);
                if (sizes.Count == 0) return null;
                sum += sizes.Sum(m => double.Parse(m.Groups["bytes"].Value, CultureInfo.InvariantCulture));
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
            {
                _hasMetrics = false; // not offered, or not to us
                return null;
            }
        }

        return sum / (1024 * 1024);
    }

    private static double? Sum(IEnumerable<double?> parts)
    {
        var all = parts.ToList();
        return all.Count == 0 || all.Contains(null) ? null : all.Sum();
    }

    [GeneratedRegex(@"^dotnet_gc_last_collection_heap_size[a-z_]*(\{[^}]*\})? (?<bytes>[0-9.eE+]+)", RegexOptions.Multiline)]
    private static partial Regex HeapSize();
}
