using System.Diagnostics;
using Orleans.Runtime;
using OrleansGov.Silo.Embedded;
using OrleansGov.Silo.States;

namespace OrleansGov.Silo.Drill;

/// <summary>What a write costs: the number that decides how many residents one core carries.</summary>
internal static class Measuring
{
    private const int Grains = 2_000;
    private const int Rounds = 10;

    public static async Task<int> RunAsync(string? directory)
    {
        var data = directory ?? Path.Combine(Path.GetTempPath(), $"orleansgov-measure-{Environment.ProcessId}");
        await using (var store = EmbeddedStore.Open(data))
        {
            var storage = new SqliteGrainStorage(store);
            var states = Enumerable.Range(0, Grains).Select(_ => new Orleans.GrainState<Notebook>(new Notebook())).ToArray();
            var grains = Enumerable.Range(0, Grains).Select(i => GrainId.Create("notebook", $"r:drill/{Guid.NewGuid():N}{i}")).ToArray();
            var bytes = StateJson.Write(Notebook.Of(1)).Length;
            await RoundAsync(0); // first writes insert and warm up
            foreach (var atOnce in (int[])[32, 512, Grains])
            {
                var cpu = Process.GetCurrentProcess().TotalProcessorTime;
                var allocated = GC.GetTotalAllocatedBytes(precise: true);
                var clock = Stopwatch.StartNew();
                for (var round = 1; round <= Rounds; round++) await RoundAsync(round, atOnce);
                clock.Stop();
                const int writes = Grains * Rounds;
                cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
                allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
                Console.WriteLine($"{atOnce,5} at once: {writes / clock.Elapsed.TotalSeconds,8:N0} writes/s, {cpu.TotalMicroseconds / writes,5:F1} µs CPU and {allocated / writes:N0} B allocated per write of {bytes:N0} B");
            }

            async Task RoundAsync(int round, int atOnce = Grains)
            {
                var next = -1;
                await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
                {
                    while (Interlocked.Increment(ref next) is var i && i < Grains)
                    {
                        states[i].State = Notebook.Of(round * Grains + i);
                        await storage.WriteStateAsync("notebook", grains[i], states[i]);
                    }
                })));
            }
        }

        if (directory is null) Directory.Delete(data, recursive: true);
        return 0;
    }
}
