using OrleansGov.Residents;

namespace OrleansGov.Drills;

/// <summary>The office opens as an older build and writes its states in the older shape; in the middle of talks its database is migrated and its nodes are replaced by today's, one after another.</summary>
internal static class UpgradeDrill
{
    public static string? Missing(DrillSize size) =>
        size.Previous is null ? "it needs an older build: --previous FOLDER with its OrleansGov.Api.dll." : File.Exists(size.Previous) ? null : $"there is no {size.Previous}.";

    public static Preparation Prepare(DrillSize size) => new() { StartsAs = size.Previous };

    public static async Task Run(Drill drill, CancellationToken cancel)
    {
        await drill.AfterTurns(drill.Size.Residents * 4).WaitAsync(cancel);
        await drill.Ground.Migrate(OfficeProcess.BuiltBesideThis()); // under the feet of the older nodes, which go on
        for (var node = 0; node < drill.Office.Nodes.Count; node++)
        {
            await drill.AfterTurns(drill.Size.Residents * 4).WaitAsync(cancel);
            var trouble = drill.Begin("a node replaced by today's build");
            await drill.Office.Nodes[node].Stop();
            await drill.Replace(node, OfficeProcess.BuiltBesideThis());
            trouble.End();
        }

        await drill.AfterTurns(drill.Size.Residents * 4).WaitAsync(cancel);
    }
}
