using OrleansGov.Load.Measuring;
using OrleansGov.Residents;

namespace OrleansGov.Load.Checking;

/// <summary>What residents saw against what the office wrote down.</summary>
internal static class BookChecks
{
    private const string Receipts = "控えと案件が一致 / receipts = cases", Ends = "取消・変更が一致 / cancellations and changes = books", Places = "定員を超えない / no day oversold",
        Days = "日の予約と案件が一致 / places taken = bookings", Records = "台帳が一致 / Records = grains", Heard = "受けた言葉は一度だけ / every word heard once";

    public static IEnumerable<Check> Skipped(string why) =>
        [Check.Skip("receipts", Receipts, why), Check.Skip("endings", Ends, why), Check.Skip("places", Places, why), Check.Skip("days", Days, why), Check.Skip("records", Records, why), Check.Skip("heard", Heard, why)];

    /// <param name="before">Numbers of the bookings there were before the run.</param>
    /// <param name="behind">Streams that Records still lacks facts of.</param>
    /// <param name="accepted">LINE message ids of the words that the office accepted.</param>
    public static IEnumerable<Check> Of(BookView books, IReadOnlySet<string> before, int behind, IReadOnlyList<DialogueEnd> ends, IReadOnlyCollection<string> accepted)
    {
        var receipts = ends.Select(e => e.Receipt).Where(r => r.Length > 0).ToList();
        var opened = books.Cases.Where(c => !before.Contains(c.Number)).ToDictionary(c => c.Number);
        var wrong = receipts.GroupBy(r => r).Where(g => g.Count() > 1).Select(g => $"{g.Key} was given to {g.Count()} residents")
            .Concat(receipts.Where(r => !opened.ContainsKey(r)).Select(r => $"{r} was promised and is no case"))
            .Concat(opened.Keys.Except(receipts).Select(n => $"{n} is a case nobody has a receipt of")).ToList();
        yield return Check.None("receipts", Receipts, wrong, $"{receipts.Count} = {opened.Count}");

        wrong = [.. ends.Where(e => e.Receipt.Length > 0 && opened.TryGetValue(e.Receipt, out var c) && c.Status != StatusOf(e.Ending)).Select(e => $"{e.Receipt} ended as {e.Ending} and stands as {opened[e.Receipt].Status}")];
        yield return Check.None("endings", Ends, wrong, $"{ends.Count(e => e.Ending == Ending.Cancelled)} / {ends.Count(e => e.Ending == Ending.Changed)}");

        var unknown = books.Days.Any(d => d.Places is null);
        wrong = [.. books.Days.Where(d => d.Confirmed.Count + d.Held > d.Places).Select(d => $"{d.Resource} {d.Day}: {d.Confirmed.Count} booked, {d.Held} held, {d.Places} places")];
        yield return unknown && wrong.Count == 0 ? Check.Skip("places", Places, "the packs do not say how many places some days have") : Check.None("places", Places, wrong, $"{books.Days.Count} days, {books.Days.Count(d => d.Confirmed.Count + d.Held == d.Places)} full");

        var booked = books.Cases.Where(c => c.Status != "cancelled").Select(c => $"{c.Resource} {c.Day} {c.Hold}").ToHashSet();
        var taken = books.Days.SelectMany(d => d.Confirmed.Select(hold => $"{d.Resource} {d.Day} {hold}")).ToHashSet();
        wrong = [.. booked.Except(taken).Select(b => $"{b} is booked without a place"), .. taken.Except(booked).Select(t => $"{t} is taken without a booking")];
        yield return Check.None("days", Days, wrong, $"{taken.Count} = {booked.Count}");

        var grains = books.Cases.Select(c => $"{c.Number} {c.Status} {c.Resource} {c.Day}").ToHashSet();
        var recorded = books.Recorded.Select(c => $"{c.Number} {c.Status} {c.Resource} {c.Day}").ToHashSet();
        wrong = [.. grains.Except(recorded).Select(c => $"{c} is not in Records"), .. recorded.Except(grains).Select(c => $"{c} is only in Records")];
        if (behind > 0) wrong.Insert(0, $"{behind} streams of facts are not handed over yet");
        yield return Check.None("records", Records, wrong, $"{recorded.Count} = {grains.Count}");

        var times = books.Heard.GroupBy(h => h).ToDictionary(g => g.Key, g => g.Count());
        wrong = [.. accepted.Where(a => times.GetValueOrDefault(a) != 1).Select(a => $"message {a} stands {times.GetValueOrDefault(a)} times in the transcripts")];
        yield return Check.None("heard", Heard, wrong, $"{accepted.Count} words");
    }

    private static string StatusOf(Ending ending) => ending switch { Ending.Cancelled => "cancelled", Ending.Changed => "changed", _ => "accepted" };
}
