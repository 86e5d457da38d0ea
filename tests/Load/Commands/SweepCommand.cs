using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using OrleansGov.Load.Measuring;
using OrleansGov.Load.Reporting;
using OrleansGov.Load.Scripting;
using OrleansGov.Load.Seeding;
using OrleansGov.Load.Targets;

namespace OrleansGov.Load.Commands;

/// <summary><c>sweep</c>: CPU per turn as the number of residents ever seen grows.</summary>
internal static class SweepCommand
{
    public static Command Make()
    {
        var target = new TargetOptions();
        Option<long[]> seen = new("--seen") { Description = "Residents ever seen, rising.", DefaultValueFactory = _ => [1_000, 10_000, 100_000, 1_000_000], AllowMultipleArgumentsPerToken = true };
        Option<int> active = new("--active") { Description = "Residents who book at each point.", DefaultValueFactory = _ => 1_000 };
        Option<int> atOnce = new("--at-once") { Description = "So many of them at the same time.", DefaultValueFactory = _ => 32 };
        Option<FileInfo?> json = new("--json") { Description = "Write the table here, as JSON." };
        Command command = new("sweep", "Measures CPU per turn with more and more residents ever seen. The store is filled by copying a resident who really talked, while the office stands still.") { seen, active, atOnce, json };
        target.AddTo(command);
        command.Validators.Add(result =>
        {
            if (!result.GetValue(target.Start)) result.AddError("sweep stops and starts the office: it needs --start.");
        });
        command.SetAction(async (arguments, cancel) =>
        {
            var ledger = new Ledger();
            await using var installation = await Installation.OpenAsync(target.Of(arguments), 9999, ledger, cancel);
            var store = installation.Residents();
            var points = new List<SweepPoint>();
            var bytesBefore = 0.0;
            await Runner.Run(Plan("somebody to copy", 4, 2, warmUp: 0, "greeter"), installation, ledger, judgeLimits: false, cancel);
            foreach (var many in arguments.GetValue(seen)!)
            {
                await installation.StopOffice();
                var (countBefore, sizeBefore) = (await store.Count(cancel), await store.Bytes(cancel));
                await Seeder.Fill(store, many, have => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {have:#,0} residents seen")), cancel);
                var grown = await store.Count(cancel) - countBefore;
                if (grown > 0) bytesBefore = (await store.Bytes(cancel) - sizeBefore) / (double)grown;
                await installation.StartOffice();
                var report = await Runner.Run(Plan($"{many:#,0} seen", arguments.GetValue(active), arguments.GetValue(atOnce), warmUp: 200), installation, ledger, judgeLimits: false, cancel);
                if (!report.Passed) Console.WriteLine(ConsoleReport.Of(report));
                points.Add(new(many, report.Turns, report.Costs.OfficeMs, report.Costs.DatabaseMs, report.Costs.OfficeMegabytesMost, bytesBefore, report.ReplyMs.P50, report.ReplyMs.P99));
                Console.WriteLine(SweepPoint.Table(points));
            }

            if (arguments.GetValue(json) is { } file) await File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(points, RunReport.Json), cancel);
            return 0;
        });
        return command;
    }

    private static Scenario Plan(string name, int dialogues, int atOnce, int warmUp, string persona = "steady") => new(name, name)
    {
        WarmUp = new(16, warmUp), Phases = [new("talk", new Mix([(persona, 1)]), new Arrivals.Closed(atOnce, dialogues, null))],
    };
}
