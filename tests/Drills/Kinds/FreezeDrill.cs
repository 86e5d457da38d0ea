namespace OrleansGov.Drills;

/// <summary>
/// A process that does not run for a while and then goes on as if nothing had happened: a paused virtual machine, a swap storm. In a cluster the long freeze
/// is longer than the others wait before they declare a node dead; what wakes up then must notice it and end, and is started again.
/// </summary>
internal static class FreezeDrill
{
    public static async Task Run(Drill drill, CancellationToken cancel)
    {
        foreach (var seconds in (int[])[3, drill.Office.Nodes.Count == 1 ? 15 : 40])
        {
            await drill.AfterTurns(drill.Size.Residents * 3).WaitAsync(cancel);
            var node = drill.Office.First;
            var trouble = drill.Begin($"SIGSTOP for {seconds} s");
            await node.Signal("STOP");
            await Task.Delay(TimeSpan.FromSeconds(seconds), cancel);
            await node.Signal("CONT");
            trouble.End();
            await drill.AfterTurns(drill.Size.Residents * 3).WaitAsync(cancel);
            if (!node.IsRunning) await Office.Start(node);
        }
    }
}
