using System.Globalization;

namespace OrleansGov.EndToEnd.Tests;

/// <summary>How big a drill is: small in ./test, as big as wished through <c>eng/kill-drill</c> (docs/testing.md).</summary>
public sealed record DrillSize(int Kills, int Dialogues, int Residents, int Seed, TimeSpan Limit)
{
    public static DrillSize FromEnvironment()
    {
        var (kills, dialogues) = (Number("DRILL_KILLS", 10), Number("DRILL_DIALOGUES", 60));
        return new(kills, dialogues, Number("DRILL_RESIDENTS", 12), Number("DRILL_SEED", Random.Shared.Next(1_000_000)),
            TimeSpan.FromSeconds(Number("DRILL_SECONDS", 60 + 6 * kills + dialogues)));
    }

    private static int Number(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
