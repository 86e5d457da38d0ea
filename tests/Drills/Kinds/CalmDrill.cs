namespace OrleansGov.Drills;

/// <summary>Moments at which nothing is done: how long residents wait anyway.</summary>
internal static class CalmDrill
{
    public static async Task Run(Drill drill, CancellationToken cancel)
    {
        for (var moment = 0; moment < drill.Size.Times; moment++)
        {
            await drill.AfterTurns(drill.Size.Residents * 3).WaitAsync(cancel);
            drill.Begin("nothing");
        }

        await drill.AfterTurns(drill.Size.Residents * 3).WaitAsync(cancel);
    }
}
