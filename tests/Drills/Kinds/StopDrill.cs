namespace OrleansGov.Drills;

internal static class StopDrill
{
    private static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(30); // HostOptions.ShutdownTimeout of the office

    public static async Task Run(Drill drill, CancellationToken cancel)
    {
        var turnsBetween = Math.Max(12, drill.Size.Dialogues * 10 / (drill.Size.Times + 1));
        for (var stops = 0; stops < drill.Size.Times && !drill.IsOver; stops++)
        {
            await drill.AfterTurns(turnsBetween / 2).WaitAsync(cancel);
            var node = drill.Office.Nodes[stops % drill.Office.Nodes.Count];
            var trouble = drill.Begin("SIGTERM");
            var (exitCode, took) = await node.Stop();
            trouble.End();
            if (exitCode != 0 || took > ShutdownTime) throw new DrillFailedException($"SIGTERM: exit code {exitCode} after {took.TotalSeconds:0.0} s.\n{node.LastWords}");
            await Office.Start(node);
        }
    }
}
