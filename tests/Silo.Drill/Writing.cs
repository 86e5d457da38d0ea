using Orleans.Runtime;
using OrleansGov.Silo.Embedded;
using OrleansGov.Silo.States;

namespace OrleansGov.Silo.Drill;

/// <summary>Writes as fast as the store takes it, telling the outside of each acknowledgement: what was told must be found after any kill.</summary>
internal static class Writing
{
    public static async Task<int> RunAsync(string directory, int writers)
    {
        await using var store = EmbeddedStore.Open(directory);
        var storage = new SqliteGrainStorage(store);
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(() => WriteForEverAsync(storage, writer))));
        return 0;
    }

    private static async Task WriteForEverAsync(SqliteGrainStorage storage, int writer)
    {
        var grain = GrainId.Create("notebook", $"r:drill/{writer}");
        var state = new Orleans.GrainState<Notebook>();
        await storage.ReadStateAsync("notebook", grain, state);
        for (var number = state.State!.Number + 1; ; number++)
        {
            state.State = Notebook.Of(number);
            await storage.WriteStateAsync("notebook", grain, state);
            Console.Out.WriteLine($"{writer} {number}"); // flushed line by line
        }
    }
}
