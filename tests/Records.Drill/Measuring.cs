using System.Diagnostics;
using System.Globalization;
using Npgsql;
using OrleansGov.Procedures;
using OrleansGov.Shared;

namespace OrleansGov.Records.Drill;

/// <summary>What the facts of a turn cost: what a resident said, what the office answered, and how long the step took.</summary>
internal static class Measuring
{
    private const int Residents = 2_000;
    private const int Turns = 20_000;

    public static async Task<int> RunAsync(bool isPostgres, int[] atOnce)
    {
        if (isPostgres && PostgresServer.Missing is { } reason)
        {
            Console.Error.WriteLine(reason);
            return 1;
        }

        var directory = Directory.CreateTempSubdirectory("records-drill-").FullName;
        await using var server = isPostgres ? await PostgresServer.CreateAsync() : null;
        try
        {
            using var store = server is null ? RecordsStore.Open(directory) : await OpenAsync(server);
            var seqs = new long[Residents];
            await RoundAsync(store, seqs, 256, Residents * 2); // first words, and warm
            foreach (var many in atOnce is [] ? [1, 16, 64, 256] : atOnce)
            {
                var turns = many == 1 ? Turns / 20 : Turns;
                var (ours, theirs, clock) = (Process.GetCurrentProcess().TotalProcessorTime, DatabaseTime(server), Stopwatch.StartNew());
                await RoundAsync(store, seqs, many, turns);
                clock.Stop();
                ours = Process.GetCurrentProcess().TotalProcessorTime - ours;
                theirs = DatabaseTime(server) - theirs;
                var database = server is null ? "" : $", {theirs.TotalMicroseconds / turns,6:F1} µs the database's";
                Console.WriteLine($"{many,4} at once: {turns / clock.Elapsed.TotalSeconds,7:N0} turns/s, {ours.TotalMicroseconds / turns,6:F1} µs processor time ours{database} per turn");
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        return 0;
    }

    private static Task RoundAsync(RecordsStore store, long[] seqs, int atOnce, int turns)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var turn && turn < turns)
            {
                var resident = turn % Residents; // a resident's own turns are far apart
                var at = DateTimeOffset.UnixEpoch.AddSeconds(seqs[resident] * 4);
                var (stream, seq) = ($"r:main/abcdefghijklmnopqrstuvwxyz{resident:D6}", seqs[resident]);
                seqs[resident] += 3;
                await store.AppendAsync(
                [
                    new Fact(stream, seq + 1, at, new FactBody.Heard("minatodai", "main", "text", "ソファと机を捨てたいのですが", $"{turn:D18}")),
                    new Fact(stream, seq + 2, at, new FactBody.Said("minatodai", "main", "収集日をお選びください。\n\n11月10日（火）、11月17日（火）、11月24日（火）から選べます。")),
                    new Fact(stream, seq + 3, at, new FactBody.Happened("minatodai", "main", new Happening("step-answered", "bulky-waste", 1, "k3v9x2", "items", 4000))),
                ]);
            }
        }));
    }

    private static async Task<RecordsStore> OpenAsync(PostgresServer server)
    {
        var database = await server.CreateDatabaseAsync();
        await using (var source = NpgsqlDataSource.Create(database)) await PostgresSchema.Records.MigrateAsync(source);
        return await RecordsStore.OpenAsync(database);
    }

    // the postmaster and the processes it started
    private static TimeSpan DatabaseTime(PostgresServer? server)
    {
        if (server is null) return TimeSpan.Zero;
        var postmaster = server.ProcessId;
        return Process.GetProcesses().Where(p => p.Id == postmaster || ParentOf(p.Id) == postmaster).Aggregate(TimeSpan.Zero, (sum, p) => sum + p.TotalProcessorTime);
    }

    private static int ParentOf(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // ended meanwhile
        }
    }
}
