using System.Globalization;
using OrleansGov.Load.Driving;
using OrleansGov.Load.Measuring;
using OrleansGov.Load.Scripting;
using Spectre.Console;
using Recorder = OrleansGov.Load.Measuring.Recorder;

namespace OrleansGov.Load.Reporting;

/// <summary>What goes on while a run lasts: a live table on a terminal, a line every ten seconds elsewhere.</summary>
internal sealed class Progress : IAsyncDisposable
{
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource _over = new();
    private readonly Task _showing;

    private Progress(Func<CancellationToken, Task> show) => _showing = Task.Run(() => show(_over.Token));

    public static Progress Show(Scenario scenario, ScenarioRun run, Recorder recorder, Ledger ledger, Gauges gauges) =>
        new(stop => Console.IsOutputRedirected ? Lines(scenario, run, recorder, gauges, stop) : Live(scenario, run, recorder, ledger, gauges, stop));

    public async ValueTask DisposeAsync()
    {
        if (_over.IsCancellationRequested) return;
        await _over.CancelAsync();
        await _showing;
    }

    private static async Task Lines(Scenario scenario, ScenarioRun run, Recorder recorder, Gauges gauges, CancellationToken stop)
    {
        Console.WriteLine($"{scenario.Name}: {scenario.Title}");
        using var timer = new PeriodicTimer(Elsewhere);
        while (await Tick(timer, stop))
        {
            var (turns, ended, wrong, latest) = recorder.Glance(Elsewhere.TotalSeconds);
            var look = gauges.Latest;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{recorder.Seconds,6:0} s  {run.Doing,-20} {recorder.Running,5} talking, {ended} ended{(wrong > 0 ? $" ({wrong} WRONG)" : "")}, {turns} turns, {latest.Length / Elsewhere.TotalSeconds:0.0}/s, reply {Percentiles.Of(latest.Select(s => s.Reply).Where(double.IsFinite))}; office {Used(look?.OfficeCores, look?.OfficeMegabytes)}"));
        }
    }

    private static Task Live(Scenario scenario, ScenarioRun run, Recorder recorder, Ledger ledger, Gauges gauges, CancellationToken stop) =>
        AnsiConsole.Live(new Text("")).StartAsync(async live =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
            do
            {
                live.UpdateTarget(Picture(scenario, run, recorder, ledger, gauges));
                live.Refresh();
            }
            while (await Tick(timer, stop));
        });

    private static Panel Picture(Scenario scenario, ScenarioRun run, Recorder recorder, Ledger ledger, Gauges gauges)
    {
        var (turns, ended, wrong, latest) = recorder.Glance(10);
        var (reply, acknowledged) = (Percentiles.Of(latest.Select(s => s.Reply).Where(double.IsFinite)), Percentiles.Of(latest.Select(s => s.Acknowledged).Where(double.IsFinite)));
        var look = gauges.Latest;
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("", "", "", "");
        void Row(string a, FormattableString b, string c, FormattableString d) => table.AddRow($"[grey]{a}[/]", FormattableString.Invariant(b), $"[grey]{c}[/]", FormattableString.Invariant(d));
        Row("phase", $"[bold]{Markup.Escape(run.Doing)}[/]", "time", $"{TimeSpan.FromSeconds(recorder.Seconds):hh\\:mm\\:ss}");
        Row("talking now", $"{recorder.Running}", "ended", $"{ended}{(wrong > 0 ? $"  [red]{wrong} wrong[/]" : "")}");
        Row("turns", $"{turns}", "turns/s (10 s)", $"[bold]{latest.Length / Math.Clamp(recorder.Seconds, 1, 10):0.0}[/]");
        Row("reply p50 / p90 / p99", $"[bold]{reply.P50:0.0}[/] / {reply.P90:0.0} / {reply.P99:0.0} ms", "webhook 200 p50 / p99", $"{acknowledged.P50:0.0} / {acknowledged.P99:0.0} ms");
        Row("silent / repeats", $"{recorder.Silent} / {recorder.Repeats}", "redeliveries", $"{ledger.Redeliveries}");
        Row("office", $"{Used(look?.OfficeCores, look?.OfficeMegabytes)}", "database", $"{Used(look?.DatabaseCores, look?.DatabaseMegabytes)}");
        return new Panel(table).Header($" {Markup.Escape(scenario.Title)} ").RoundedBorder();
    }

    private static string Used(double? cores, double? megabytes) => megabytes is null ? "not seen" : string.Create(CultureInfo.InvariantCulture, $"{cores ?? 0:0.00} cores, {megabytes:0} MB");

    private static async Task<bool> Tick(PeriodicTimer timer, CancellationToken stop)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
