namespace OrleansGov.Drills;

internal static class KillDrill
{
    public static async Task Run(Drill drill, CancellationToken cancel)
    {
        var chance = new Random(drill.Size.Seed);
        var turnsBetween = Math.Max(12, drill.Size.Dialogues * 10 / (drill.Size.Times + 1));
        for (var kills = 0; kills < drill.Size.Times && !drill.IsOver; kills++)
        {
            await drill.AfterTurns(chance.Next(turnsBetween / 3, turnsBetween)).WaitAsync(cancel);
            await Task.Delay(chance.Next(80), cancel); // not a wait for anything: the moment of chance itself
            var node = drill.Office.Nodes[kills % drill.Office.Nodes.Count];
            if (drill.Office.Nodes.Count == 1 && kills % 5 == 4 && kills + 1 < drill.Size.Times)
            {
                kills++;
                await drill.Kill(node);
                _ = node.Start();
                await Task.Delay(chance.Next(1500), cancel); // killed again while it starts
            }

            await drill.Kill(node);
            if (drill.Office.Nodes.Count > 1) await Task.Delay(TimeSpan.FromSeconds(15), cancel); // the others must notice by themselves
            await Office.Start(node);
        }
    }
}
