using System.CommandLine;
using System.Globalization;
using OrleansGov.Load.Scripting;
using OrleansGov.Load.Targets;

namespace OrleansGov.Load.Commands;

/// <summary><c>seen</c>: what a resident costs who follows and says one word.</summary>
internal static class SeenCommand
{
    public static Command Make()
    {
        var (target, report) = (new TargetOptions(), new ReportOptions());
        Argument<int> residents = new("residents") { Description = "How many.", DefaultValueFactory = _ => 10_000 };
        Option<int> atOnce = new("--at-once") { Description = "So many at the same time.", DefaultValueFactory = _ => 32 };
        Command command = new("seen", "So many residents follow and say one word: memory per active resident, bytes per resident ever seen.") { residents, atOnce };
        target.AddTo(command);
        report.AddTo(command);
        command.SetAction(async (arguments, cancel) =>
        {
            var many = arguments.GetValue(residents);
            var greeters = new Mix([("greeter", 1)]);
            // those who are known beforehand warm the same code up
            var scenario = new Scenario("seen", $"{many:#,0} residents follow and say one word")
            {
                WarmUp = new(8, 32),
                Phases = [new("warm", greeters, new Arrivals.Closed(arguments.GetValue(atOnce), 500, null)), new("all", greeters, new Arrivals.Closed(arguments.GetValue(atOnce), many, null))],
            };
            var result = await Runner.Run(scenario, target.Of(arguments), report.JudgeLimits(arguments), cancel);
            if (result.Looks is [{ OfficeMegabytes: { } before }, ..] && result.Costs.OfficeMegabytesEnd is { } after)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory per active resident: {(after - before) * 1024 / (many + 500):0.0} KB ({before:0} → {after:0} MB for {many + 500:#,0} residents, the runtime's own room included)"));
            return await Runner.Tell(result, report.Json(arguments), report.Html(arguments), cancel);
        });
        return command;
    }
}
