using System.CommandLine;
using OrleansGov.Load.Scripting;
using OrleansGov.Load.Targets;

namespace OrleansGov.Load.Commands;

/// <summary><c>run SCENARIO</c>.</summary>
internal static class RunCommand
{
    public static Command Make()
    {
        var (target, report) = (new TargetOptions(), new ReportOptions());
        Argument<string> scenario = new("scenario") { Description = $"A scenario file, or one of: {string.Join(", ", ScenarioFile.Names())}." };
        Option<double> faster = new("--scale") { Description = "Times the arrivals and the residents of every phase (0.1 = a tenth of the load).", DefaultValueFactory = _ => 1 };
        Command command = new("run", "Plays a scenario from a file and judges it: exit code 1 when something did not hold.") { scenario, faster };
        target.AddTo(command);
        report.AddTo(command);
        command.SetAction(async (arguments, cancel) =>
        {
            var read = ScenarioFile.Load(arguments.GetValue(scenario)!).Scaled(arguments.GetValue(faster));
            return await Runner.Tell(await Runner.Run(read, target.Of(arguments), report.JudgeLimits(arguments), cancel), report.Json(arguments), report.Html(arguments), cancel);
        });
        return command;
    }
}
