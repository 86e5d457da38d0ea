using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;
using OrleansGov.Residents;

namespace OrleansGov.Drills;

/// <summary>What a drill showed.</summary>
/// <param name="Troubles">What was done, each with how often.</param>
/// <param name="Dialogues">That ended with a receipt.</param>
/// <param name="Turns">Things said, tapped and sent in that were answered.</param>
/// <param name="Accepted">Events the office answered with 200.</param>
/// <param name="Applied">Events that Records heard.</param>
/// <param name="Redeliveries">Deliveries of LINE that were no first ones.</param>
/// <param name="Refusals">Deliveries without a 200, by status or LINE's word for it.</param>
/// <param name="SaidAgain">Words residents said again because nothing came.</param>
/// <param name="ReadTwiceInWindow">Messages read twice within the documented window (docs/reliability.md).</param>
/// <param name="ReadTwiceOutside">Any other.</param>
/// <param name="WindowSeconds">The longest time between LINE taking such a message and its fate becoming unknown.</param>
/// <param name="Recovery">Seconds until residents were answered again.</param>
/// <param name="Faults">What was not as promised; empty = passed.</param>
public sealed record DrillResult(
    string Drill, DrillMode Mode, int Nodes, int Seed, string Troubles, double Seconds, int Dialogues, int Turns, int Accepted, int Applied, int Lost, int Doubled, int Oversold, int OutOfOrder,
    bool RecordsEqual, int Redeliveries, IReadOnlyDictionary<string, int> Refusals, int SaidAgain, int ReadTwiceInWindow, int ReadTwiceOutside, double WindowSeconds, Waits Recovery, IReadOnlyList<string> Faults)
{
    public bool Passed => Faults.Count == 0;

    public string Where => Mode == DrillMode.Embedded ? "embedded" : Nodes == 1 ? "cluster, 1 node" : $"cluster, {Nodes} nodes";

    /// <summary>In a few lines, for people.</summary>
    [JsonIgnore]
    public string Sentence
    {
        get
        {
            var refused = Refusals.Count == 0 ? "none refused" : $"refused {string.Join(", ", Refusals.Select(x => $"{x.Value} × {x.Key}"))}";
            return string.Create(CultureInfo.InvariantCulture, $"""
                {Drill} ({Where}; {Troubles}): {(Passed ? "passed" : "FAILED")}
                  {Dialogues} dialogues, {Turns} turns in {Seconds:0} s; {Accepted} events accepted, {Applied} applied; {Redeliveries} redeliveries, {refused}; {SaidAgain} words said again
                  {Lost} lost, {Doubled} doubled, {Oversold} oversold, {OutOfOrder} out of order, Records {(RecordsEqual ? "equal" : "differ from")} the grains
                  read twice: {ReadTwiceInWindow} within the window (at most {WindowSeconds:0.000} s old), {ReadTwiceOutside} outside
                  answered again after (p50 / p99 / max s): {Recovery.FromStart} from the start ({Recovery.FromStart.Count} waits), {Recovery.FromEnd} from the end ({Recovery.FromEnd.Count} waits)
                """) + string.Concat(Faults.Distinct().Take(20).Select(f => $"\n  - {f}"));
        }
    }

    /// <summary>Holds the drill from the opening of the office to the audit.</summary>
    /// <exception cref="DrillFailedException">It came to no end.</exception>
    public static async Task<DrillResult> Hold(DrillKind kind, DrillSize size, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(size.Limit);
        await using var drill = await Drills.Drill.OpenAsync(size, kind.Prepare(size));
        var clock = Stopwatch.StartNew();

        var script = kind.Script(drill, limit.Token);
        var bookings = await ToItsEnd(drill, script, limit.Token);
        var seconds = clock.Elapsed.TotalSeconds;
        await drill.CatchUp(limit.Token);
        var exits = await drill.Office.Stop();
        if (exits.Any(code => code != 0)) throw new DrillFailedException($"The office ended with exit code {string.Join(", ", exits)}.\n{drill.Office.LastWords}");
        return Of(kind, drill, bookings, seconds);
    }

    private static DrillResult Of(DrillKind kind, Drill drill, List<Booking> bookings, double seconds)
    {
        var audit = Audit.Of(drill, bookings);
        var inWindow = audit.ReadTwice.Where(t => t.Window is not null).ToList();
        return new(kind.Name, drill.Size.Mode, drill.Size.Nodes, drill.Size.Seed, string.Join(", ", drill.Troubles.CountBy(t => t.What).Select(t => t.Value == 1 ? t.Key : $"{t.Value} × {t.Key}")),
            Math.Round(seconds, 1), bookings.Count(b => b.Ending == Ending.Receipt), bookings.Sum(b => b.Turns.Count), audit.Accepted, audit.Applied, audit.Lost, audit.Doubled, audit.Oversold, audit.OutOfOrder,
            audit.RecordsEqual, audit.Deliveries.Redeliveries, audit.Deliveries.Refusals, bookings.Sum(b => b.Repeats), inWindow.Count, audit.ReadTwice.Count - inWindow.Count,
            inWindow.Count == 0 ? 0 : Math.Round(inWindow.Max(t => t.BeforeTrouble).TotalSeconds, 3), drill.Waits(), audit.Faults);
    }

    private static async Task<List<Booking>> ToItsEnd(Drill drill, Task script, CancellationToken cancel)
    {
        var dialogues = drill.Book(script, cancel);
        try
        {
            if (await Task.WhenAny(script, dialogues) == script) await script;
            var bookings = await dialogues;
            await script;
            return bookings;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            var stuck = drill.Residents.Where(r => r.Phone is not null).Select(r => drill.World.Platform.Screen(r.Phone!).Messages).Where(s => !s.Any(m => m.Text.Contains("受付完了", StringComparison.Ordinal))).ToList();
            throw new DrillFailedException($"{stuck.Count} dialogues did not end within {drill.Size.Limit.TotalSeconds:0} s:\n{string.Join("\n\n", stuck.Take(5).Select(Tail))}\n{drill.Office.LastWords}");
        }
    }

    private static string Tail(IReadOnlyList<LocalLine.World.ScreenMessage> phone) => string.Join('\n', phone.TakeLast(6).Select(m => $"{m.At:mm:ss.fff} {(m.FromBot ? "<" : ">")} {m.Text}"));
}
