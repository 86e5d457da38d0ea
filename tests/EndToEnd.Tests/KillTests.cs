using System.Diagnostics;
using System.Globalization;

namespace OrleansGov.EndToEnd.Tests;

public sealed class KillTests
{
    /// <summary>kill -9 at moments of chance in the middle of many bookings; LINE comes again with what was not accepted. Bigger: eng/kill-drill.</summary>
    [Fact]
    public async Task Bookings_WhileTheOfficeIsKilledAgainAndAgain_AreNeitherLostNorDoubled()
    {
        var size = DrillSize.FromEnvironment();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(size.Limit);
        Console.WriteLine($"Kill drill: seed {size.Seed} (DRILL_SEED repeats its choices)");
        await using var drill = await Drill.OpenAsync(placesPerDay: Math.Max(4, size.Dialogues / 12));
        var clock = Stopwatch.StartNew();

        var dialogues = drill.Book(size, limit.Token);
        await KillAgainAndAgain(drill, size, dialogues, limit.Token);
        var bookings = await Finished(drill, dialogues);
        await drill.CatchUp(limit.Token);
        var (exitCode, _) = await drill.Office.Stop();

        Assert.Equal(0, exitCode);
        Assert.Equal(size.Dialogues, bookings.Count);
        var twice = await Audit.Check(drill, bookings);
        var redelivered = drill.World.Platform.Journal.Count(e => e.Direction == "webhook" && e.Note.StartsWith("redelivery", StringComparison.Ordinal));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"[measured] {drill.Kills.Count} kills (kill -9), {bookings.Count} dialogues, {bookings.Sum(b => b.Turns.Count)} turns in {clock.Elapsed.TotalSeconds:0} s: 0 lost, 0 booked twice; " +
            $"{redelivered} redeliveries, {bookings.Sum(b => b.Repeats)} words said again after {drill.Patience.TotalSeconds:0} s without an answer, " +
            $"{drill.World.Platform.Counters["finding.reply-token-reused"]} replies tried again in vain, {twice.Count} messages read twice, " +
            $"all replied at most {twice.Max(t => t.BeforeKill)?.TotalMilliseconds ?? 0:0} ms before the process was dead (the reply-token window)"));
    }

    private static async Task KillAgainAndAgain(Drill drill, DrillSize size, Task dialogues, CancellationToken cancel)
    {
        var chance = new Random(size.Seed);
        var turnsBetween = Math.Max(12, size.Dialogues * 10 / (size.Kills + 1));
        while (drill.Kills.Count < size.Kills)
        {
            await Task.WhenAny(drill.AfterTurns(chance.Next(turnsBetween / 3, turnsBetween)), dialogues).WaitAsync(cancel);
            await Task.Delay(chance.Next(80), cancel); // not a wait for anything: the moment of chance itself
            if (drill.Kills.Count % 5 == 4)
            {
                await drill.Kill();
                _ = drill.Office.Start();
                await Task.Delay(chance.Next(1500), cancel); // killed again while it starts
            }

            await KillAndStart(drill);
        }
    }

    private static async Task KillAndStart(Drill drill)
    {
        await drill.Kill();
        await drill.Office.Start();
    }

    private static async Task<List<Residents.Booking>> Finished(Drill drill, Task<List<Residents.Booking>> dialogues)
    {
        try
        {
            return await dialogues;
        }
        catch (OperationCanceledException)
        {
            var stuck = drill.Residents.Where(r => r.Phone is not null).Select(r => drill.World.Platform.Screen(r.Phone!).Messages).Where(s => !s.Any(m => m.Text.Contains("受付完了", StringComparison.Ordinal)));
            Assert.Fail($"Dialogues did not end:\n{string.Join("\n\n", stuck.Select(s => string.Join('\n', s.TakeLast(6).Select(m => $"{m.At:mm:ss.fff} {(m.FromBot ? "<" : ">")} {m.Text}"))))}\n{drill.Office.LastWords}");
            throw;
        }
    }
}
