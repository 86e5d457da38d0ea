using OrleansGov.Drills;

namespace OrleansGov.EndToEnd.Tests;

/// <summary>Drills, small: the same code as <c>tests/Drills</c>, which holds them as big and as long as wished (docs/reliability.md).</summary>
public sealed class DrillTests
{
    /// <summary>Whatever is done to the office while residents book: nothing lost, doubled, oversold or out of order.</summary>
    [Theory]
    [InlineData("kill", 60, 10, 0)]
    [InlineData("storm", 24, 0, 0)]
    [InlineData("disk-full", 24, 0, 4)]
    [InlineData("clock", 24, 0, 0)]
    public async Task Bookings_WhateverHappensToTheOffice_AreNeitherLostNorDoubled(string drill, int dialogues, int times, double seconds)
    {
        var kind = DrillKind.All.Single(k => k.Name == drill);
        var size = new DrillSize(dialogues, Residents: 12, Seed: Random.Shared.Next(1_000_000), Limit: TimeSpan.FromSeconds(300)) { Times = times, Fault = TimeSpan.FromSeconds(seconds) };
        if (kind.Missing(size) is { } reason) Assert.Skip($"{drill}: {reason}");

        var result = await DrillResult.Hold(kind, size, TestContext.Current.CancellationToken);

        Console.WriteLine($"[measured] {result.Sentence.ReplaceLineEndings("; ")} (seed {size.Seed})");
        Assert.True(result.Passed, string.Join('\n', result.Faults));
        Assert.Equal(result.Accepted, result.Applied);
    }
}
