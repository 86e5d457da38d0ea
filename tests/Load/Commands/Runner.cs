using System.Text.Json;
using OrleansGov.Load.Checking;
using OrleansGov.Load.Driving;
using OrleansGov.Load.Measuring;
using OrleansGov.Load.Reporting;
using OrleansGov.Load.Scripting;
using OrleansGov.Load.Targets;

namespace OrleansGov.Load.Commands;

/// <summary>One scenario against one office: prepare, run, let the books catch up, judge.</summary>
public static class Runner
{
    private static readonly TimeSpan CatchUp = TimeSpan.FromSeconds(40);

    /// <param name="judgeLimits">False: limits are shown and fail nothing.</param>
    public static async Task<RunReport> Run(Scenario scenario, Target target, bool judgeLimits, CancellationToken cancel)
    {
        if (scenario.PlacesPerDay is not null && !target.Start) throw new ScenarioException([$"{scenario.Name}: places-per-day makes a town of its own, so the office must be started by this tool: --start."]);
        var ledger = new Ledger();
        await using var installation = await Installation.OpenAsync(target, scenario.PlacesPerDay, ledger, cancel);
        return await Run(scenario, installation, ledger, judgeLimits, cancel);
    }

    /// <summary>In an installation that is open, maybe for more than one run. The ledger is its LINE's.</summary>
    public static async Task<RunReport> Run(Scenario scenario, Installation installation, Ledger ledger, bool judgeLimits, CancellationToken cancel)
    {
        var (recorder, since, mark, load) = (new Recorder(), DateTimeOffset.UtcNow, ledger.Mark(), Gauges.MachineLoad());
        var before = installation.Books is { } books ? (await books.Read(since, cancel)).Cases.Select(c => c.Number).ToHashSet() : [];
        using var gauges = installation.Gauges();
        var run = new ScenarioRun(scenario, installation.World, recorder, ledger);
        await using var progress = Progress.Show(scenario, run, recorder, ledger, gauges);

        await run.Prepare(cancel);
        var writes = installation.Books is null ? null : await installation.Books.Writes(cancel);
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var watch = gauges.Watch(watching.Token);
        var redelivered = ledger.Redeliveries;
        var (started, office, database, tool) = (DateTimeOffset.UtcNow, gauges.OfficeCpu, gauges.DatabaseCpu, Gauges.ToolCpu);
        try
        {
            await run.Run(cancel);
        }
        catch (TimeoutException)
        {
            // dialogues that did not end are counted by the checks
        }

        var (seconds, officeMs, databaseMs, toolMs, megabytes) = (recorder.Seconds, (gauges.OfficeCpu - office) * 1000, (gauges.DatabaseCpu - database) * 1000, (Gauges.ToolCpu - tool) * 1000, gauges.OfficeMegabytes);
        await watching.CancelAsync();
        await watch;
        await progress.DisposeAsync();

        var (samples, ends) = recorder.Taken();
        var turns = Math.Max(1, samples.Length);
        var behind = await Behind(installation.Books, ledger, since, cancel);
        var after = installation.Books is null ? null : await installation.Books.Writes(cancel);
        var findings = installation.World.Platform.Findings;
        var looks = gauges.Looks;
        var limit = scenario.Limits.Of.TryGetValue("memory-slope", out var slope) ? slope : 20;
        var report = new RunReport(
            scenario.Name, scenario.Title, scenario.About, started, seconds, ReportMaker.Machine(installation, load), samples.Length,
            Percentiles.Of(samples.Select(s => s.Reply).Where(double.IsFinite)), Percentiles.Of(samples.Select(s => s.Acknowledged).Where(double.IsFinite)),
            ReportMaker.Steps(samples), ReportMaker.Slices(samples, seconds), looks,
            new Costs(officeMs / turns, databaseMs / turns, toolMs / turns, looks.Max(l => l.OfficeMegabytes), megabytes, gauges.DatabaseMegabytes, WritesPerTurn(writes, after, turns),
                installation.Books is null ? null : await installation.Books.BytesPerResident(cancel)),
            ReportMaker.Counts(recorder, ledger, redelivered, findings), ReportMaker.Ends(ends), ReportMaker.Memory(looks, limit), []);
        List<Check> checks =
        [
            .. RunChecks.Of(recorder, ledger, findings),
            .. installation.Books is null ? BookChecks.Skipped("the office's data was not named (--data or --database)") : BookChecks.Of(await installation.Books.Read(since, cancel), before, behind, ends, ledger.AcceptedMessages(mark)),
            .. RunChecks.OfLimits(scenario.Limits, ReportMaker.Values(report), judgeLimits),
        ];
        return report with { Checks = checks };
    }

    /// <summary>Waits until LINE has brought what failed at first, and Records has what the grains handed over; the office is another process, so there is nothing but its store to look at.</summary>
    /// <returns>Streams of facts that are still behind.</returns>
    private static async Task<int> Behind(IBooks? books, Ledger ledger, DateTimeOffset since, CancellationToken cancel)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        var limit = DateTimeOffset.UtcNow + CatchUp;
        while (true)
        {
            var behind = books is null ? 0 : await books.Behind(since, cancel);
            if ((behind == 0 && ledger.Balance().NotAccepted == 0) || DateTimeOffset.UtcNow > limit) return behind;
            await again.WaitForNextTickAsync(cancel);
        }
    }

    private static Dictionary<string, double>? WritesPerTurn(IReadOnlyDictionary<string, long>? before, IReadOnlyDictionary<string, long>? after, int turns) =>
        after?.Where(w => w.Value > (before?.GetValueOrDefault(w.Key) ?? 0)).OrderBy(w => w.Key, StringComparer.Ordinal).ToDictionary(w => w.Key, w => (w.Value - (before?.GetValueOrDefault(w.Key) ?? 0)) / (double)turns);

    /// <summary>Tells the result in every wanted way.</summary>
    /// <returns>The exit code: 0 = everything held.</returns>
    public static async Task<int> Tell(RunReport report, FileInfo? json, FileInfo? html, CancellationToken cancel)
    {
        Console.WriteLine(ConsoleReport.Of(report));
        if (json is not null) await File.WriteAllTextAsync(json.FullName, JsonSerializer.Serialize(report, RunReport.Json), cancel);
        if (html is not null) await File.WriteAllTextAsync(html.FullName, HtmlReport.Of(report), cancel);
        foreach (var file in new[] { json, html }.OfType<FileInfo>()) Console.WriteLine($"written: {file.FullName}");
        return report.Passed ? 0 : 1;
    }
}
