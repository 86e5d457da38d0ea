namespace OrleansGov.Drills;

/// <summary>The database of a cluster goes and comes back.</summary>
internal static class PostgresDrill
{
    public static async Task Restarts(Drill drill, CancellationToken cancel)
    {
        foreach (var immediate in (bool[])[false, true])
        {
            await drill.AfterTurns(drill.Size.Residents * 3).WaitAsync(cancel);
            var trouble = drill.Begin(immediate ? "PostgreSQL restarted without a checkpoint" : "PostgreSQL restarted");
            await drill.Ground.Server!.StopAsync(immediate);
            await drill.Ground.Server.StartAsync();
            trouble.End();
        }

        await drill.AfterTurns(drill.Size.Residents * 3).WaitAsync(cancel);
    }

    public static async Task IsAway(Drill drill, CancellationToken cancel)
    {
        await drill.AfterTurns(drill.Size.Residents * 3).WaitAsync(cancel);
        var trouble = drill.Begin($"PostgreSQL away for {drill.Size.Fault.TotalSeconds:0} s");
        await drill.Ground.Server!.StopAsync();
        await Task.Delay(drill.Size.Fault, cancel);
        await drill.Ground.Server.StartAsync();
        trouble.End();
        await drill.AfterTurns(drill.Size.Residents * 3).WaitAsync(cancel);
        await StartWhoEnded(drill);
    }

    // as a supervisor does
    private static async Task StartWhoEnded(Drill drill)
    {
        foreach (var node in drill.Office.Nodes.Where(n => !n.IsRunning)) await Office.Start(node);
    }
}
