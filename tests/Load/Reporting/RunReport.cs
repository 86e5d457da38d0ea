using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansGov.Load.Checking;
using OrleansGov.Load.Measuring;

namespace OrleansGov.Load.Reporting;

/// <summary>What a run showed. What could not be measured is null. Written as JSON, as a page, and in short on the console.</summary>
/// <param name="Turns">Things said, tapped and sent in while the clock ran, each follow included.</param>
public sealed record RunReport(
    string Scenario, string Title, string About, DateTimeOffset StartedAt, double Seconds, Machine Machine, int Turns, Percentiles ReplyMs, Percentiles AcknowledgementMs,
    IReadOnlyList<StepTimes> Steps, IReadOnlyList<Slice> Slices, IReadOnlyList<Look> Looks, Costs Costs, Counts Counts, IReadOnlyList<EndCount> Ends, MemoryTrend? Memory, IReadOnlyList<Check> Checks)
{
    public static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public double TurnsPerSecond => Seconds > 0 ? Turns / Seconds : 0;

    public bool Passed => Checks.All(c => c.Verdict != Verdict.Failed);
}

/// <param name="Load">Load average when the run began: above the number of cores, times say little.</param>
/// <param name="Mode">embedded, cluster …</param>
public sealed record Machine(int Cores, string Kernel, string Processor, string Runtime, string Engine, string Mode, int Nodes, string? OfficeCores, string? DatabaseCores, string? ToolCores, double Load);

/// <summary>Times of the turns that answer one question in one way.</summary>
/// <param name="Curve">Reply in ms at each of <see cref="Shares"/>.</param>
public sealed record StepTimes(string Step, string Kind, Percentiles ReplyMs, Percentiles AcknowledgementMs, int Silent, IReadOnlyList<double> Curve)
{
    /// <summary>Shares of the percentile curve.</summary>
    public static readonly IReadOnlyList<double> Shares = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9995, 0.9999];
}

/// <summary>A stretch of the run; maybe without a turn.</summary>
/// <param name="At">Its middle, in seconds since the clock started.</param>
public sealed record Slice(double At, double TurnsPerSecond, Percentiles ReplyMs);

/// <summary>Processor time per turn in ms, and memory.</summary>
/// <param name="ToolMs">Of this tool with its LINE and all residents: it takes the machine from the office.</param>
/// <param name="WritesPerTurn">Writes of grain states per turn, by state.</param>
public sealed record Costs(
    double? OfficeMs, double? DatabaseMs, double ToolMs, double? OfficeMegabytesMost, double? OfficeMegabytesEnd, double? DatabaseMegabytes,
    IReadOnlyDictionary<string, double>? WritesPerTurn, double? BytesPerResident);

public sealed record Counts(
    long Dialogues, int Silent, int Repeats, long Webhooks, long Redeliveries, IReadOnlyDictionary<string, long> FailedWebhooks, long Replies, long Pushes, IReadOnlyDictionary<int, long> RefusedCalls, IReadOnlyDictionary<string, int> Findings);

/// <summary>How many dialogues of a persona ended so.</summary>
public sealed record EndCount(string Persona, string Ending, int Count, int Wrong);

/// <summary>A straight line through the office's memory over the last three quarters of the run.</summary>
/// <param name="Flat">Within the limit.</param>
public sealed record MemoryTrend(double MegabytesPerHour, double From, double To, double LimitPerHour, bool Flat, double? HeapMegabytesPerHour);
