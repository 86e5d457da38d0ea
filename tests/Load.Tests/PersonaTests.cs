using OrleansGov.Load.Checking;
using OrleansGov.Load.Commands;
using OrleansGov.Load.Scripting;
using OrleansGov.Load.Targets;
using OrleansGov.Residents;

namespace OrleansGov.Load.Tests;

/// <summary>Each persona talks to the real office, which runs as a process of its own, and must end as its kind ends; then the office's books are compared with what was seen.</summary>
public sealed class PersonaTests
{
    [Fact]
    public async Task Personas_OfEveryKind_EndAsTheyShouldAndTheBooksAgree()
    {
        var everybody = new Mix([.. Personas.Names.Select(name => (name, 1))]);
        var scenario = new Scenario("personas", "every persona") { WarmUp = new(4, 4), Patience = TimeSpan.FromSeconds(20), Phases = [new("all", everybody, new Arrivals.Closed(6, 130, null)) { Think = new(TimeSpan.Zero, TimeSpan.FromMilliseconds(40)) }] };

        var report = await Runner.Run(scenario, new Target { Start = true }, judgeLimits: false, TestContext.Current.CancellationToken);

        Assert.True(report.Passed, Story(report));
        Assert.DoesNotContain(report.Checks, c => c.Verdict == Verdict.Skipped);
        Assert.Equal((0, 0), (report.Counts.Silent, report.Counts.Repeats));
        Assert.Equal(Personas.Names.Order(), report.Ends.Select(e => e.Persona).Distinct().Order());
        Assert.Contains(report.Ends, e => e is { Persona: "mind-changer", Ending: nameof(Ending.Changed) });
        Assert.Contains(report.Ends, e => e is { Persona: "mind-changer", Ending: nameof(Ending.Cancelled) });
        Assert.Contains(report.Ends, e => e is { Persona: "blocker", Ending: nameof(Ending.Left) });
        Console.WriteLine(FormattableString.Invariant($"[measured] {report.Turns} turns of {report.Counts.Dialogues} residents of every kind: reply {report.ReplyMs}"));
    }

    [Fact]
    public async Task Rush_ForFewPlaces_GivesEachPlaceOnceAndTellsTheOthers()
    {
        var scenario = new Scenario("rush", "few places") { WarmUp = new(1, 0), PlacesPerDay = 1, Phases = [new("rush", Mix.Steady, new Arrivals.Closed(24, 90, null))] };

        var report = await Runner.Run(scenario, new Target { Start = true }, judgeLimits: false, TestContext.Current.CancellationToken);

        Assert.True(report.Passed, Story(report));
        Assert.Contains(report.Ends, e => e.Ending == nameof(Ending.TurnedAway));
        Assert.Contains(report.Ends, e => e.Ending == nameof(Ending.Receipt));
    }

    private static string Story(Reporting.RunReport report) => string.Join('\n', report.Checks.Where(c => c.Verdict == Verdict.Failed).Select(c => $"{c.What}: {c.Found}\n{c.Why}"));
}
