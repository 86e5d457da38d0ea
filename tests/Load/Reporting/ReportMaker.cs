using System.Runtime.InteropServices;
using OrleansGov.Load.Checking;
using OrleansGov.Load.Measuring;
using OrleansGov.Load.Scripting;
using OrleansGov.Load.Targets;
using OrleansGov.LocalLine.Journal;

namespace OrleansGov.Load.Reporting;

/// <summary>From what was collected to the report.</summary>
internal static class ReportMaker
{
    private const int MostSlices = 240;

    /// <summary>A run that ends before this says nothing about growth.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);

    public static Machine Machine(Installation installation, double load) => new(
        Environment.ProcessorCount, RuntimeInformation.OSDescription, Processor(), RuntimeInformation.FrameworkDescription, Engine(), installation.Mode, installation.Addresses.Count,
        installation.Target.OfficeCores, installation.Target.DatabaseCores, installation.Target.OwnCores, load);

    public static IReadOnlyList<StepTimes> Steps(IReadOnlyCollection<Sample> samples) =>
    [
        .. samples.GroupBy(s => (s.Step, s.Kind)).OrderBy(g => g.Min(s => s.At)).Select(g =>
        {
            var replies = g.Select(s => s.Reply).Where(double.IsFinite).Order().ToArray();
            return new StepTimes(g.Key.Step, g.Key.Kind, Percentiles.Of(replies), Percentiles.Of(g.Select(s => s.Acknowledged).Where(double.IsFinite)), g.Count(s => double.IsNaN(s.Reply)),
                replies.Length == 0 ? [] : [.. StepTimes.Shares.Select(share => Percentiles.At(replies, share))]);
        })
    ];

    public static IReadOnlyList<Slice> Slices(IReadOnlyCollection<Sample> samples, double seconds)
    {
        var width = Math.Max(1, Math.Ceiling(seconds / MostSlices));
        var slices = samples.ToLookup(s => (int)(s.At / width));
        return
        [
            .. Enumerable.Range(0, samples.Count == 0 ? 0 : slices.Max(g => g.Key) + 1).Select(n =>
            {
                var times = Percentiles.Of(slices[n].Select(s => s.Reply).Where(double.IsFinite));
                var length = Math.Clamp(seconds - n * width, 0.2, width);
                return new Slice((n + 0.5) * width, slices[n].Count() / length, times);
            })
        ];
    }

    public static IReadOnlyList<EndCount> Ends(IEnumerable<DialogueEnd> ends) =>
        [.. ends.GroupBy(e => (e.Persona, Ending: e.Ending.ToString())).OrderBy(g => g.Key.Persona, StringComparer.Ordinal).ThenBy(g => g.Key.Ending, StringComparer.Ordinal).Select(g => new EndCount(g.Key.Persona, g.Key.Ending, g.Count(), g.Count(e => e.Wrong is not null)))];

    /// <param name="redelivered">Before the clock started: a cold office may be slow.</param>
    public static Counts Counts(Recorder recorder, Ledger ledger, long redelivered, IReadOnlyList<Finding> findings) => new(
        recorder.Begun, recorder.Silent, recorder.Repeats, ledger.Webhooks, ledger.Redeliveries - redelivered, ledger.FailedWebhooks, ledger.Replies, ledger.Pushes, ledger.Refused,
        findings.GroupBy(f => f.Code).ToDictionary(g => g.Key, g => g.Count()));

    /// <summary>How memory grew over the last three quarters; the first one fills caches.</summary>
    /// <returns>Null where the office was not seen, or too shortly.</returns>
    public static MemoryTrend? Memory(IReadOnlyList<Look> looks, double limitPerHour)
    {
        var later = looks.Where(l => l.OfficeMegabytes is not null && l.At >= looks[^1].At / 4).ToList();
        if (later.Count == 0 || looks[^1].At < Shortest.TotalSeconds || Trend.Through([.. later.Select(l => (l.At, l.OfficeMegabytes!.Value))]) is not { } trend) return null;
        var heap = Trend.Through([.. later.Where(l => l.HeapMegabytes is not null).Select(l => (l.At, l.HeapMegabytes!.Value))]);
        return new(trend.Slope * 3600, trend.Start + trend.Slope * later[0].At, trend.Start + trend.Slope * later[^1].At, limitPerHour, trend.Slope * 3600 <= limitPerHour, heap?.Slope * 3600);
    }

    /// <summary>The values that limits may be set for.</summary>
    public static Dictionary<string, double> Values(RunReport report)
    {
        var found = new Dictionary<string, double>
        {
            ["reply-p50"] = report.ReplyMs.P50, ["reply-p90"] = report.ReplyMs.P90, ["reply-p99"] = report.ReplyMs.P99,
            ["acknowledged-p50"] = report.AcknowledgementMs.P50, ["acknowledged-p90"] = report.AcknowledgementMs.P90, ["acknowledged-p99"] = report.AcknowledgementMs.P99,
            ["turns-per-second"] = report.TurnsPerSecond, ["repeats"] = report.Counts.Repeats, ["redeliveries"] = report.Counts.Redeliveries,
        };
        if (report.Costs.OfficeMs is { } office) found["office-cpu-per-turn"] = office;
        if (report.Costs.DatabaseMs is { } database) found["database-cpu-per-turn"] = database;
        if (report.Costs.OfficeMegabytesMost is { } memory) found["office-memory"] = memory;
        if (report.Memory is { } trend) found["memory-slope"] = trend.MegabytesPerHour;
        return found;
    }

    private static string Processor() => File.Exists("/proc/cpuinfo") && File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) is { } line ? line.Split(':', 2)[1].Trim() : RuntimeInformation.ProcessArchitecture.ToString();

    // artifacts/<engine>/bin/Load/<configuration>
    private static string Engine() => new DirectoryInfo(AppContext.BaseDirectory).Parent?.Parent?.Parent?.Name switch { "orleans" => "Orleans", "compat" => "Compat", var other => other ?? "" };
}
