using System.CommandLine;
using OrleansGov.Load.Scripting;
using OrleansGov.Load.Targets;

namespace OrleansGov.Load.Commands;

/// <summary><c>book</c>: a quick measurement without a file.</summary>
internal static class BookCommand
{
    public static Command Make()
    {
        var (target, report) = (new TargetOptions(), new ReportOptions());
        Option<int> residents = new("--residents") { Description = "Residents at once, without pauses.", DefaultValueFactory = _ => 32 };
        Option<int> dialogues = new("--dialogues") { Description = "Bookings each of them makes, each with a phone of its own.", DefaultValueFactory = _ => 5 };
        Option<int> warmUp = new("--warm-up") { Description = "Bookings before the clock starts.", DefaultValueFactory = _ => 64 };
        Option<string> persona = new("--persona") { Description = "Who they are.", DefaultValueFactory = _ => "steady" };
        persona.AcceptOnlyFromAmong([.. Residents.Personas.Names]);
        Option<int> seed = new("--seed") { Description = "Other errands, the same kind.", DefaultValueFactory = _ => 1 };
        Command command = new("book", "Residents book at once and without pauses: CPU per turn and the most the office can do.") { residents, dialogues, warmUp, persona, seed };
        target.AddTo(command);
        report.AddTo(command);
        command.SetAction(async (arguments, cancel) =>
        {
            var many = arguments.GetValue(residents);
            var scenario = new Scenario("book", $"一斉の申込み / {many} residents book at once")
            {
                Seed = arguments.GetValue(seed),
                // room for all, in calendars of a length that a town could have: who is turned away costs less than who books
                PlacesPerDay = arguments.GetValue(target.Start) ? Math.Max(45, (arguments.GetValue(warmUp) + (many * arguments.GetValue(dialogues))) / 32) : null,
                WarmUp = new(Math.Min(many, 16), arguments.GetValue(warmUp)),
                Phases = [new("booking", new Mix([(arguments.GetValue(persona)!, 1)]), new Arrivals.Closed(many, many * arguments.GetValue(dialogues), null))],
            };
            return await Runner.Tell(await Runner.Run(scenario, target.Of(arguments), report.JudgeLimits(arguments), cancel), report.Json(arguments), report.Html(arguments), cancel);
        });
        return command;
    }
}
