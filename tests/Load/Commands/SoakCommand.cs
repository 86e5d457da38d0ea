using System.CommandLine;
using OrleansGov.Load.Scripting;
using OrleansGov.Load.Targets;

namespace OrleansGov.Load.Commands;

/// <summary><c>soak</c>: a steady stream for a long time, and whether memory stays where it is.</summary>
internal static class SoakCommand
{
    public static Command Make()
    {
        var (target, report) = (new TargetOptions(), new ReportOptions());
        Option<double> rate = new("--rate") { Description = "Dialogues a second; one has about ten turns.", DefaultValueFactory = _ => 5 };
        Option<string> time = new("--for") { Description = "How long: 10m, 1h.", DefaultValueFactory = _ => "1h" };
        Option<double> slope = new("--memory-slope") { Description = "MB an hour that still count as flat.", DefaultValueFactory = _ => 20 };
        Option<string> mix = new("--mix") { Description = "steady, or all: every persona.", DefaultValueFactory = _ => "all" };
        mix.AcceptOnlyFromAmong("steady", "all");
        Command command = new("soak", "A steady stream for an hour (or as long as wished); memory is fitted with a straight line over the last three quarters.") { rate, time, slope, mix };
        target.AddTo(command);
        report.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(time) is { } said && !Times.TryRead(said, out _)) result.AddError($"'{said}' is no length of time → 10m or 1h");
        });
        command.SetAction(async (arguments, cancel) =>
        {
            Times.TryRead(arguments.GetValue(time)!, out var length);
            var scenario = new Scenario("soak", $"耐久 / a steady stream for {arguments.GetValue(time)}")
            {
                WarmUp = new(8, 64),
                // places enough for every booking, spread over the days as in a town: a full calendar would turn the soak into refusals, one endless day into a growing one
                PlacesPerDay = arguments.GetValue(target.Start) ? Math.Max(45, (int)(arguments.GetValue(rate) * length.TotalSeconds / 24)) : null,
                Phases = [new("stream", arguments.GetValue(mix) == "all" ? Mix.Everybody : Mix.Steady, new Arrivals.Open(arguments.GetValue(rate), arguments.GetValue(rate), true, length)) { Think = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1)) }],
                Limits = new(new Dictionary<string, double> { ["memory-slope"] = arguments.GetValue(slope) }),
            };
            return await Runner.Tell(await Runner.Run(scenario, target.Of(arguments), report.JudgeLimits(arguments), cancel), report.Json(arguments), report.Html(arguments), cancel);
        });
        return command;
    }
}
