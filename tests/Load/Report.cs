using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OrleansGov.Load;

/// <summary>What a run showed. What could not be measured is null.</summary>
/// <param name="Turns">Things said, tapped and sent in, including the follow of each phone.</param>
/// <param name="ReplyMs">From a webhook to the first word on the phone.</param>
/// <param name="AcknowledgementMs">From a webhook to the office's 200.</param>
/// <param name="Repeats">Words said again because nothing came: 0 unless something is wrong.</param>
/// <param name="OfficeCpuMsPerTurn">Processor time of the office's process, user and system.</param>
/// <param name="ToolCpuMsPerTurn">The same of this tool, its local LINE included: it takes the machine from the office.</param>
/// <param name="OfficeMegabytes">Resident memory at the end.</param>
/// <param name="WritesPerTurn">Writes of grain states per turn, by state.</param>
/// <param name="BytesPerResident">Average stored state of a resident.</param>
/// <param name="MegabytesPer10000Seen">Growth of the office's memory, as long as the residents' grains are active.</param>
/// <param name="MachineLoad">Load average when the run began: above the number of processors, the times say little.</param>
public sealed record Report(
    int ResidentsAtOnce, int Bookings, int Turns, double Seconds, Percentiles ReplyMs, Percentiles AcknowledgementMs, int Repeats, double? OfficeCpuMsPerTurn,
    double ToolCpuMsPerTurn, double? OfficeMegabytes, IReadOnlyDictionary<string, double>? WritesPerTurn, double? BytesPerResident, double? MegabytesPer10000Seen, double MachineLoad)
{
    public static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public double TurnsPerSecond => Turns / Seconds;

    public override string ToString()
    {
        var text = new StringBuilder();
        void Line(string what, string? value) => text.Append(CultureInfo.InvariantCulture, $"{what,-36}{value ?? "not measured"}\n");
        Line("residents at once", $"{ResidentsAtOnce}");
        Line("bookings, turns, seconds", Invariant($"{Bookings}, {Turns}, {Seconds:0.0}"));
        Line("turns/s", Invariant($"{TurnsPerSecond:0}"));
        Line("webhook → reply", ReplyMs.ToString());
        Line("webhook → 200", AcknowledgementMs.ToString());
        Line("words said again", $"{Repeats}");
        Line("office CPU per turn", OfficeCpuMsPerTurn is { } cpu ? Invariant($"{cpu:0.00} ms") : null);
        Line("this tool's CPU per turn", Invariant($"{ToolCpuMsPerTurn:0.00} ms"));
        Line("office memory", OfficeMegabytes is { } mb ? Invariant($"{mb:0} MB") : null);
        Line("writes per turn", WritesPerTurn is null ? null : string.Join(", ", WritesPerTurn.Select(w => Invariant($"{w.Key} {w.Value:0.00}"))));
        Line("stored bytes per resident", BytesPerResident is { } bytes ? Invariant($"{bytes:0}") : null);
        if (MegabytesPer10000Seen is { } seen) Line("memory per 10,000 residents seen", Invariant($"{seen:0} MB"));
        Line("load average at the start", Invariant($"{MachineLoad:0.0} on {Environment.ProcessorCount} processors"));
        return text.ToString();
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

/// <summary>Of times in milliseconds.</summary>
public sealed record Percentiles(double P50, double P99, double Most)
{
    public static Percentiles Of(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Select(t => t.TotalMilliseconds).Order().ToArray();
        double At(double share) => sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
        return new(At(0.5), At(0.99), At(1));
    }

    public override string ToString() => FormattableString.Invariant($"p50 {P50:0.0} ms, p99 {P99:0.0} ms, most {Most:0.0} ms");
}
