using System.Globalization;
using System.Text;
using OrleansGov.Load.Checking;
using OrleansGov.Load.Measuring;

namespace OrleansGov.Load.Reporting;

/// <summary>The report as one page that needs nothing beside itself.</summary>
internal static class HtmlReport
{
    private static readonly string[] Colours = ["--c1", "--c2", "--c3", "--c4", "--c5", "--c6", "--c7", "--c8"];

    public static string Of(RunReport report)
    {
        var page = new StringBuilder();
        var failed = report.Checks.Count(c => c.Verdict == Verdict.Failed);
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html><html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Html.Text(report.Title)} — OrleansGov</title><style>{Style}</style></head><body><main>
            <header><div><p class="brand">OrleansGov 負荷試験 <span>load test</span></p><h1>{Html.Text(report.Title)}</h1><p class="about">{Html.Text(report.About)}</p></div>
            <div class="verdict {(report.Passed ? "good" : "bad")}"><b>{(report.Passed ? "合格" : "不合格")}</b><span>{(report.Passed ? "passed" : $"{failed} failed")}</span></div></header>
            """);
        page.Append("<section class=\"tiles\">");
        Tile("やりとり / turns", N(report.Turns), Invariant($"{report.Counts.Dialogues:#,0} dialogues, {Length(report.Seconds)}"));
        Tile("処理量 / throughput", Invariant($"{report.TurnsPerSecond:0.0}"), "turns / s");
        Tile("返信 / webhook → reply", Ms(report.ReplyMs.P50), Invariant($"p90 {Ms(report.ReplyMs.P90)} · p99 {Ms(report.ReplyMs.P99)} · max {Ms(report.ReplyMs.Most)}"));
        Tile("受領 / webhook → 200", Ms(report.AcknowledgementMs.P50), Invariant($"p90 {Ms(report.AcknowledgementMs.P90)} · p99 {Ms(report.AcknowledgementMs.P99)}"));
        Tile("CPU / turn", report.Costs.OfficeMs is { } office ? Invariant($"{office:0.000} ms") : "—", Invariant($"office{(report.Costs.DatabaseMs is { } db ? Invariant($" · database {db:0.000} ms") : "")} · tool {report.Costs.ToolMs:0.000} ms"));
        Tile("メモリ / office memory", report.Costs.OfficeMegabytesMost is { } mb ? Invariant($"{mb:0} MB") : "—",
            report.Memory is { } memory ? Invariant($"{memory.MegabytesPerHour:+0.0;−0.0} MB/h over the last ¾: {(memory.Flat ? "flat 横ばい" : "not flat")}") : "most");
        page.Append("</section><section class=\"charts\">");
        page.Append(new Chart("処理量 / Throughput", "turns/s", [new("turns/s", "--c1", [.. report.Slices.Select(s => (s.At, s.TurnsPerSecond))]) { Filled = true }]));
        page.Append(new Chart("返信までの時間 / Reply latency", "ms", [new("p50", "--c1", Times(p => p.P50)), new("p90", "--c3", Times(p => p.P90)), new("p99", "--c4", Times(p => p.P99))]) { Logarithmic = true });
        page.Append(Curve(report));
        page.Append(new Chart("CPU", "cores", [.. Seen("窓口 office", "--c1", l => l.OfficeCores), .. Seen("DB database", "--c2", l => l.DatabaseCores), .. Seen("試験器 tool", "--c6", l => l.ToolCores)]));
        page.Append(new Chart("メモリ / Memory", "MB", [.. Seen("窓口 office", "--c1", l => l.OfficeMegabytes), .. Seen("DB database", "--c2", l => l.DatabaseMegabytes), .. Seen("ヒープ managed heap", "--c5", l => l.HeapMegabytes), .. Fit()]));
        page.Append(Share(report));
        page.Append("</section>");

        page.Append("<section><h2>確認 <span>checks</span></h2><table class=\"checks\"><thead><tr><th></th><th>内容 / what must hold</th><th>結果 / found</th><th>上限 / limit</th></tr></thead><tbody>");
        foreach (var c in report.Checks)
            page.Append(CultureInfo.InvariantCulture, $"<tr class=\"{c.Verdict.ToString().ToLowerInvariant()}\"><td>{c.Verdict switch { Verdict.Passed => "✓", Verdict.Failed => "✗", _ => "–" }}</td><td>{Html.Text(c.What)}{(c.Why.Length > 0 ? $"<div class=\"why\">{Html.Text(c.Why)}</div>" : "")}</td><td>{Html.Text(c.Found)}</td><td>{Html.Text(c.Limit)}</td></tr>");
        page.Append("</tbody></table></section>");

        page.Append("<section><h2>質問ごとの時間 <span>times by step, ms</span></h2><div class=\"wide\"><table class=\"numbers\"><thead><tr><th>step</th><th>kind</th><th>turns</th><th>reply p50</th><th>p90</th><th>p99</th><th>max</th><th>200 p50</th><th>p90</th><th>p99</th><th>max</th><th>silent</th></tr></thead><tbody>");
        foreach (var s in report.Steps)
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html.Text(s.Step)}</td><td>{Html.Text(s.Kind)}</td><td>{N(s.ReplyMs.Count + s.Silent)}</td>{Cells(s.ReplyMs)}{Cells(s.AcknowledgementMs)}<td>{(s.Silent == 0 ? "" : s.Silent)}</td></tr>");
        page.Append("</tbody></table></div></section><section class=\"two\"><div><h2>住民と結末 <span>personas and ends</span></h2><table class=\"numbers\"><thead><tr><th>persona</th><th>end</th><th>count</th><th>wrong</th></tr></thead><tbody>");
        foreach (var e in report.Ends) page.Append(CultureInfo.InvariantCulture, $"<tr class=\"{(e.Wrong > 0 ? "failed" : "")}\"><td>{Html.Text(e.Persona)}</td><td>{Html.Text(e.Ending)}</td><td>{N(e.Count)}</td><td>{(e.Wrong > 0 ? N(e.Wrong) : "")}</td></tr>");
        page.Append("</tbody></table></div><div><h2>内訳 <span>counts and machine</span></h2><dl>");
        foreach (var (name, value) in Facts(report)) page.Append(CultureInfo.InvariantCulture, $"<dt>{Html.Text(name)}</dt><dd>{Html.Text(value)}</dd>");
        page.Append(CultureInfo.InvariantCulture, $"</dl></div></section><footer>{report.StartedAt:yyyy-MM-dd HH:mm} UTC · {Html.Text(report.Scenario)}</footer></main></body></html>\n");
        return page.ToString();

        void Tile(string label, string value, string below) => page.Append(CultureInfo.InvariantCulture, $"<div class=\"tile\"><p>{Html.Text(label)}</p><b>{Html.Text(value)}</b><span>{Html.Text(below)}</span></div>");

        (double, double)[] Times(Func<Percentiles, double> value) => [.. report.Slices.Where(s => s.ReplyMs.Count > 0).Select(s => (s.At, value(s.ReplyMs)))];

        IEnumerable<Series> Seen(string label, string colour, Func<Look, double?> value) =>
            report.Looks.Any(l => value(l) is not null) ? [new(label, colour, Thinned(report.Looks.Where(l => value(l) is not null).Select(l => (l.At, value(l)!.Value))))] : [];

        IEnumerable<Series> Fit() => report.Memory is { } m && report.Looks.Count > 0 ? [new(Invariant($"{m.MegabytesPerHour:+0.0;−0.0} MB/h"), "--c4", [(report.Looks[^1].At / 4, m.From), (report.Looks[^1].At, m.To)])] : [];
    }

    // The higher the share, the rarer: each nine takes the same room.
    private static Chart Curve(RunReport report)
    {
        static double At(double share) => -Math.Log10(1 - share);
        var steps = report.Steps.Where(s => s.ReplyMs.Count >= 20).OrderByDescending(s => s.ReplyMs.Count).Take(Colours.Length).ToList();
        if (steps.Count == 0) steps = [.. report.Steps.OrderByDescending(s => s.ReplyMs.Count).Take(Colours.Length)];
        return new Chart("返信の分布 / Reply by percentile and step", "ms", [.. steps.Select((s, i) => new Series($"{s.Step} ({s.Kind})", Colours[i], [.. StepTimes.Shares.Zip(s.Curve).Where(p => s.ReplyMs.Count * (1 - p.First) >= 1).Select(p => (At(p.First), p.Second))]))])
        {
            Logarithmic = true, Ticks = [(0, "0"), (At(0.5), "50%"), (At(0.9), "90%"), (At(0.99), "99%"), (At(0.999), "99.9%"), (At(0.9999), "99.99%")],
        };
    }

    /// <summary>Where a turn's processor time goes, as one bar.</summary>
    private static string Share(RunReport report)
    {
        (string Label, string Colour, double? Value)[] parts = [("窓口 office", "--c1", report.Costs.OfficeMs), ("DB database", "--c2", report.Costs.DatabaseMs), ("試験器 tool + LINE", "--c6", report.Costs.ToolMs)];
        var total = parts.Sum(p => p.Value ?? 0);
        var bar = string.Concat(parts.Where(p => p.Value > 0).Select(p => Invariant($"<i style=\"flex:{p.Value / total:0.0000};background:var({p.Colour})\"></i>")));
        var rows = string.Concat(parts.Select(p => $"<tr><td><i style=\"background:var({p.Colour})\"></i>{Html.Text(p.Label)}</td><td>{(p.Value is { } v ? Invariant($"{v:0.000} ms") : "—")}</td></tr>"));
        var writes = report.Costs.WritesPerTurn is { } w ? string.Concat(w.Select(p => $"<tr><td>writes: {Html.Text(p.Key)}</td><td>{Invariant($"{p.Value:0.00}")} / turn</td></tr>")) : "";
        var bytes = report.Costs.BytesPerResident is { } b ? $"<tr><td>stored per resident</td><td>{N((long)b)} B</td></tr>" : "";
        return $"<figure class=\"chart\"><figcaption>1回のやりとりの費用 / Cost of a turn <span>CPU ms</span></figcaption><div class=\"bar\">{bar}</div><table class=\"cost\">{rows}{writes}{bytes}</table></figure>";
    }

    private static IEnumerable<(string, string)> Facts(RunReport report)
    {
        yield return ("webhooks", Invariant($"{report.Counts.Webhooks:#,0}, {report.Counts.Redeliveries} redeliveries"));
        if (report.Counts.FailedWebhooks.Count > 0) yield return ("failed webhooks", string.Join(", ", report.Counts.FailedWebhooks.Select(f => $"{f.Key} {f.Value}")));
        yield return ("replies, pushes", Invariant($"{report.Counts.Replies:#,0}, {report.Counts.Pushes:#,0}"));
        if (report.Counts.RefusedCalls.Count > 0) yield return ("calls LINE refused", string.Join(", ", report.Counts.RefusedCalls.Select(f => $"{f.Key}: {f.Value}")));
        yield return ("words said again", N(report.Counts.Repeats));
        yield return ("findings of LINE", report.Counts.Findings.Count == 0 ? "none" : string.Join(", ", report.Counts.Findings.Select(f => $"{f.Key} {f.Value}")));
        yield return ("office", $"{report.Machine.Mode}, {report.Machine.Engine}, {report.Machine.Nodes} node(s)");
        yield return ("cores", $"{report.Machine.Cores}; office {report.Machine.OfficeCores ?? "any"}, database {report.Machine.DatabaseCores ?? "any"}, tool {report.Machine.ToolCores ?? "any"}");
        yield return ("machine", $"{report.Machine.Processor}; {report.Machine.Kernel}");
        yield return ("runtime", report.Machine.Runtime);
        yield return ("load average at start", Invariant($"{report.Machine.Load:0.0}{(report.Machine.Load > report.Machine.Cores ? " (busy: times say little)" : "")}"));
    }

    private static List<(double, double)> Thinned(IEnumerable<(double X, double Y)> points)
    {
        var all = points.ToList();
        var width = Math.Max(1, all.Count / 400);
        return [.. all.Chunk(width).Select(c => (c.Average(p => p.X), c.Average(p => p.Y)))];
    }

    private static string Cells(Percentiles p) => p.Count == 0 ? "<td></td><td></td><td></td><td></td>" : Invariant($"<td>{p.P50:0.0}</td><td>{p.P90:0.0}</td><td>{p.P99:0.0}</td><td>{p.Most:0.0}</td>");

    private static string Ms(double ms) => ms >= 1000 ? Invariant($"{ms / 1000:0.00} s") : ms >= 100 ? Invariant($"{ms:0} ms") : Invariant($"{ms:0.0} ms");

    private static string Length(double seconds) => seconds >= 120 ? Invariant($"{seconds / 60:0.#} min") : Invariant($"{seconds:0} s");

    private static string N(long n) => Invariant($"{n:#,0}");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static readonly string Style = new StreamReader(typeof(HtmlReport).Assembly.GetManifestResourceStream("report.css")!).ReadToEnd();
}
