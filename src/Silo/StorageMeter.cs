using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OrleansGov.Silo;

/// <summary>How storage keeps up, whatever it is made of: writes as grains wait for them, commits as the disk or the database takes them.</summary>
internal static class StorageMeter
{
    private const string Name = "OrleansGov.Storage";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Writes = Meter.CreateHistogram("orleansgov.storage.write.duration", "s", "A grain's write, until it is durable.",
        advice: Bounds(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10));

    private static readonly Histogram<double> Reads = Meter.CreateHistogram("orleansgov.storage.read.duration", "s", "A grain's read.",
        advice: Bounds(0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1));

    private static readonly Histogram<double> Commits = Meter.CreateHistogram("orleansgov.storage.commit.duration", "s", "One group of writes, with its fsync.",
        advice: Bounds(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10));

    private static readonly Histogram<int> Batches = Meter.CreateHistogram("orleansgov.storage.batch.size", "{write}", "Writes in one group.",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] });

    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("orleansgov.storage.failures", "{commit}", "Groups that were not stored.");

    private static readonly UpDownCounter<int> Waiting = Meter.CreateUpDownCounter<int>("orleansgov.storage.waiting", "{write}", "Writes on their way: queued, or in the group that is being committed.");

    /// <summary>A write begins; its end is <see cref="Wrote"/>, whatever came of it.</summary>
    public static (Activity? Span, long Started) Write(string state)
    {
        Waiting.Add(1);
        return (Source.StartActivity("storage write")?.SetTag("state", state), Stopwatch.GetTimestamp());
    }

    public static void Wrote((Activity? Span, long Started) write)
    {
        Waiting.Add(-1);
        Writes.Record(Stopwatch.GetElapsedTime(write.Started).TotalSeconds);
        write.Span?.Dispose();
    }

    public static void Read(long started) => Reads.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);

    public static void Committed(int writes, long started)
    {
        Batches.Record(writes);
        Commits.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    public static void Failed(StorageFailure failure) => Failures.Add(1, new KeyValuePair<string, object?>("failure", Words[(int)failure]));

    private static readonly string[] Words = [.. Enum.GetNames<StorageFailure>().Select(w => w.ToLowerInvariant())];

    private static InstrumentAdvice<double> Bounds(params double[] bounds) => new() { HistogramBucketBoundaries = bounds };
}
