using OrleansGov.Load.Scripting;

namespace OrleansGov.Load.Tests;

public sealed class ScenarioFileTests
{
    public static TheoryData<string> Shipped => [.. ScenarioFile.Names()];

    [Theory, MemberData(nameof(Shipped))]
    public void Scenario_ThatComesWithTheTool_IsRightAndSaysWhatItIs(string name)
    {
        var scenario = ScenarioFile.Load(name);
        Assert.Equal(name, scenario.Name);
        Assert.NotEmpty(scenario.About);
        Assert.NotEmpty(scenario.Limits.Of);
    }

    [Fact]
    public void Scenarios_OfTheFourHardHours_AreThere() =>
        Assert.Empty(new[] { "steady-day", "opening-rush", "answer-wave", "takeover-hour" }.Except(ScenarioFile.Names()));

    [Fact]
    public void Read_WholeFile_KeepsWhatItSays()
    {
        var scenario = ScenarioFile.Read("""
            name: market-day
            seed: 7
            patience: 3s
            think: 100ms..2s
            known: 50
            warm-up: {residents: 2, dialogues: 4}
            mix: {steady: 3, blocker: 1}
            phases:
              - {name: rush, closed: {residents: 20, dialogues: 40}}
              - {name: wave, known: true, mix: {answerer: 1}, open: {rate: 1, to: 9, for: 2m, spread: even}}
            limits: {reply-p99: 1.5s, office-memory: 300}
            """, "market.yaml");

        Assert.Equal((7, TimeSpan.FromSeconds(3), 50), (scenario.Seed, scenario.Patience, scenario.Known));
        Assert.Equal(new Arrivals.Closed(20, 40, null), scenario.Phases[0].Arrivals);
        Assert.Equal(new Arrivals.Open(1, 9, false, TimeSpan.FromMinutes(2)), scenario.Phases[1].Arrivals);
        Assert.Equal(new Pause(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2)), scenario.Phases[1].Think);
        Assert.Equal([("steady", 3), ("blocker", 1)], scenario.Phases[0].Mix.Parts);
        Assert.Equal(1500, scenario.Limits.Of["reply-p99"]);
    }

    [Theory]
    [InlineData("phases: [{open: {rate: 5, for: 60s}}]\nmixx: {steady: 1}", "x.yaml:2: mixx: not known here → mix")]
    [InlineData("phases:\n  - open: {rate: 5}", "x.yaml:2: for: how long? → for: 60s")]
    [InlineData("phases:\n  - open: {rate: many, for: 60s}", "x.yaml:2: rate: a number from 0 to 100000 is expected")]
    [InlineData("phases:\n  - closed: {residents: 5, for: 1 hour}", "x.yaml:2: for: '1 hour' is no length of time → 500ms, 10s, 5m or 1h")]
    [InlineData("phases:\n  - name: nothing", "x.yaml:2: a phase is either open or closed")]
    [InlineData("mix: {polite: 1}\nphases: [{open: {rate: 5, for: 60s}}]", "x.yaml:1: polite: not known here")]
    [InlineData("phases: [{open: {rate: 5, for: 60s}}]\nthink: 3s..1s", "x.yaml:2: think: '3s..1s' is no pause")]
    [InlineData("phases: [{open: {rate: 5, for: 60s}, known: true}]", "a phase wants residents the office knows, but there are none → known: 500")]
    [InlineData("seed: 1", "a scenario needs at least one phase")]
    [InlineData("phases: [", "this is not YAML")]
    public void Read_FileWithAMistake_SaysWhereAndWhatToWrite(string text, string said)
    {
        var wrong = Assert.Throws<ScenarioException>(() => ScenarioFile.Read(text, "x.yaml"));
        Assert.Contains(said, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfAScenarioThatIsNotThere_NamesThoseThatAre() =>
        Assert.Contains("steady-day", Assert.Throws<ScenarioException>(() => ScenarioFile.Load("stedy-day")).Message, StringComparison.Ordinal);
}
