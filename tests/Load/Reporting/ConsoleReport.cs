using System.Globalization;
using System.Text;
using OrleansGov.Load.Checking;

namespace OrleansGov.Load.Reporting;

/// <summary>The report in plain lines.</summary>
internal static class ConsoleReport
{
    public static string Of(RunReport report)
    {
        var text = new StringBuilder();
        void Line(string what, string? value) => text.Append(CultureInfo.InvariantCulture, $"{what,-34}{value ?? "not measured"}\n");
        Line("scenario", $"{report.Scenario} ({report.Machine.Mode}, {report.Machine.Engine}, {report.Machine.Nodes} node(s))");
        Line("dialogues, turns, seconds", Invariant($"{report.Counts.Dialogues}, {report.Turns}, {report.Seconds:0.0}"));
        Line("turns/s", Invariant($"{report.TurnsPerSecond:0.0}"));
        Line("webhook → reply", report.ReplyMs.ToString());
        Line("webhook → 200", report.AcknowledgementMs.ToString());
        Line("office CPU per turn", report.Costs.OfficeMs is { } office ? Invariant($"{office:0.000} ms") : null);
        if (report.Costs.DatabaseMs is { } database) Line("database CPU per turn", Invariant($"{database:0.000} ms"));
        Line("this tool's CPU per turn", Invariant($"{report.Costs.ToolMs:0.000} ms"));
        Line("office memory", report.Costs.OfficeMegabytesMost is { } most ? Invariant($"{most:0} MB at most, {report.Costs.OfficeMegabytesEnd:0} MB at the end") : null);
        if (report.Costs.DatabaseMegabytes is { } mb) Line("database memory", Invariant($"{mb:0} MB"));
        if (report.Memory is { } memory) Line("memory over the last 3/4", Invariant($"{memory.From:0.0} → {memory.To:0.0} MB, {memory.MegabytesPerHour:+0.0;-0.0} MB/h (limit {memory.LimitPerHour:0}): {(memory.Flat ? "flat" : "NOT FLAT")}{(memory.HeapMegabytesPerHour is { } heap ? Invariant($"; heap {heap:+0.0;-0.0} MB/h") : "")}"));
        if (report.Costs.WritesPerTurn is { } writes) Line("writes per turn", string.Join(", ", writes.Select(w => Invariant($"{w.Key} {w.Value:0.00}"))));
        if (report.Costs.BytesPerResident is { } bytes) Line("stored bytes per resident", Invariant($"{bytes:0}"));
        Line("silent, repeats, redeliveries", Invariant($"{report.Counts.Silent}, {report.Counts.Repeats}, {report.Counts.Redeliveries}"));
        if (report.Counts.FailedWebhooks.Count > 0) Line("failed webhooks", string.Join(", ", report.Counts.FailedWebhooks.Select(f => $"{f.Key} {f.Value}")));
        if (report.Counts.RefusedCalls.Count > 0) Line("calls LINE refused", string.Join(", ", report.Counts.RefusedCalls.Select(f => $"{f.Key} {f.Value}")));
        Line("load average at the start", Invariant($"{report.Machine.Load:0.0} on {report.Machine.Cores} cores"));
        text.Append("\nstep             kind       turns   reply p50     p90     p99    most | 200 p50     p99\n");
        foreach (var s in report.Steps)
            text.Append(CultureInfo.InvariantCulture, $"{s.Step,-16} {s.Kind,-8} {s.ReplyMs.Count + s.Silent,7}   {s.ReplyMs.P50,9:0.0} {s.ReplyMs.P90,7:0.0} {s.ReplyMs.P99,7:0.0} {s.ReplyMs.Most,7:0.0} | {(s.AcknowledgementMs.Count == 0 ? "" : Invariant($"{s.AcknowledgementMs.P50,7:0.0} {s.AcknowledgementMs.P99,7:0.0}"))}\n");
        text.Append("\nends\n");
        foreach (var e in report.Ends) text.Append(CultureInfo.InvariantCulture, $"  {e.Persona,-16} {e.Ending,-10} {e.Count,6}{(e.Wrong > 0 ? $"   {e.Wrong} of them WRONG" : "")}\n");
        text.Append("\nchecks\n");
        foreach (var c in report.Checks)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {c.Verdict switch { Verdict.Passed => "ok     ", Verdict.Failed => "FAILED ", _ => "skipped" }} {c.What}: {c.Found}{(c.Limit.Length > 0 ? $" ({c.Limit})" : "")}\n");
            if (c.Verdict != Verdict.Passed && c.Why.Length > 0) text.Append(CultureInfo.InvariantCulture, $"          {c.Why.ReplaceLineEndings("\n          ")}\n");
        }

        return text.ToString().TrimEnd();
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
