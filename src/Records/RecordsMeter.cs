using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OrleansGov.Records;

/// <summary>How the read models keep up with what happens.</summary>
internal static class RecordsMeter
{
    private static readonly Meter Meter = new("OrleansGov.Records");

    private static readonly Histogram<double> Appends = Meter.CreateHistogram("orleansgov.records.append.duration", "s", "Facts handed over by a grain, until they are durable.",
        advice: Bounds(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10));

    private static readonly Histogram<double> Lags = Meter.CreateHistogram("orleansgov.records.lag", "s", "From what happened until lists and statistics show it.",
        advice: Bounds(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600));

    private static readonly UpDownCounter<int> Waiting = Meter.CreateUpDownCounter<int>("orleansgov.records.waiting", "{append}", "Hand-overs on their way.");

    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("orleansgov.records.failures", "{append}", "Hand-overs that were not stored and will be repeated.");

    static RecordsMeter() => Meter.CreateObservableGauge("orleansgov.audit.broken",
        () => AuditTrails.Select(t => new Measurement<int>(t.IsBroken ? 1 : 0, new KeyValuePair<string, object?>("town", t.Town))), "", "1 while the town's audit trail does not fit together.");

    /// <summary>Trails that have been walked along, and how they were.</summary>
    public static ImmutableArray<(string Town, bool IsBroken)> AuditTrails { get; set; } = [];

    /// <summary>Runs a hand-over and notes how it went.</summary>
    public static async Task Append(Task append, IReadOnlyList<Fact> facts)
    {
        var started = Stopwatch.GetTimestamp();
        Waiting.Add(1);
        try
        {
            await append.ConfigureAwait(false);
            Appends.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
            Lags.Record(Math.Max(0, (DateTimeOffset.UtcNow - facts[0].At).TotalSeconds));
        }
        catch
        {
            Failures.Add(1);
            throw;
        }
        finally
        {
            Waiting.Add(-1);
        }
    }

    private static InstrumentAdvice<double> Bounds(params double[] bounds) => new() { HistogramBucketBoundaries = bounds };
}
