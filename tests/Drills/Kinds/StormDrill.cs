using OrleansGov.LocalLine.Faults;

namespace OrleansGov.Drills;

/// <summary>Every event three times within two seconds, in any order; and residents so impatient that they speak again before the first copy has arrived.</summary>
internal static class StormDrill
{
    private const int Late = 2_000;

    public static async Task Run(Drill drill, CancellationToken cancel)
    {
        drill.Patience = TimeSpan.FromMilliseconds(1_500);
        drill.Stragglers = TimeSpan.FromMilliseconds(2 * Late);
        drill.Begin("every event three times");
        drill.World.Platform.Order(new Fault("webhook", "thrice", Ms: Late));
        await drill.AfterTurns(drill.Size.Dialogues * 5).WaitAsync(cancel); // it does not end before the town goes to bed
    }
}
