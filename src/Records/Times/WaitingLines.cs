using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Records;

/// <summary>A stretch of the day. Instants are UTC milliseconds, waits are milliseconds.</summary>
/// <param name="Longest">The most who waited at once in it.</param>
/// <param name="Taken">How many were taken by a person in it.</param>
/// <param name="P50">Median wait of those; null when there were none.</param>
public sealed record WaitingSlice(long From, int Longest, int Taken, long? P50, long? P90);

/// <summary>The waiting line over a day.</summary>
/// <param name="GaveUp">Waits that ended without a person: withdrawn, or a promised call back.</param>
public sealed record WaitingLine(ImmutableList<WaitingSlice> Slices, int Taken, int GaveUp, int WaitingNow, long? P50, long? P90);

/// <summary>How long residents wait for a person.</summary>
public static class WaitingLines
{
    /// <summary>Waits reach back: who has waited for longer than this before the day is not seen in its line.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromDays(7);

    private sealed record Wait(long From, long? To, bool Taken, long Began);

    /// <summary>The line of a day in town time. Waiting out of hours counts for the wait, not for the line.</summary>
    /// <param name="now">Nothing after it has happened.</param>
    /// <param name="slice">Length of a stretch.</param>
    public static async Task<WaitingLine> WaitingLineAsync(
        this RecordsContext records, string town, IReadOnlyCollection<string>? departments, DateOnly day, DateTimeOffset now, TimeSpan slice, CancellationToken cancel = default)
    {
        var start = Town.At(day, TimeOnly.MinValue).ToUnixTimeMilliseconds();
        var end = Town.At(day.AddDays(1), TimeOnly.MinValue).ToUnixTimeMilliseconds();
        var (reach, until) = (start - (long)Reach.TotalMilliseconds, Math.Min(end, now.ToUnixTimeMilliseconds() + 1));
        var changes = await records.ControlChanges.Where(c => c.Town == town && c.At >= reach && c.At < until).OrderBy(c => c.Conversation).ThenBy(c => c.Seq)
            .Select(c => new { c.Conversation, c.At, c.Trigger, c.State, c.Department, c.WaitingSince }).ToListAsync(cancel);

        List<Wait> waits = [];
        foreach (var talk in changes.GroupBy(c => c.Conversation))
        {
            (long From, long Began)? open = null;
            foreach (var change in talk)
            {
                var waitsNow = change.State == "queued" && (departments is null || (change.Department is { } desk && departments.Contains(desk)));
                if (open is { } begun && !waitsNow)
                {
                    waits.Add(new(begun.From, change.At, change.State == "human", begun.Began));
                    open = null;
                }

                if (waitsNow) open ??= (change.At, change.WaitingSince ?? change.At);
            }

            if (open is { } lasting) waits.Add(new(lasting.From, null, false, lasting.Began));
        }

        var ofDay = waits.Where(w => (w.To ?? until) > start).ToList();
        var slices = ImmutableList.CreateBuilder<WaitingSlice>();
        var length = (long)slice.TotalMilliseconds;
        for (var from = start; from < until; from += length)
        {
            var (first, last) = (from, Math.Min(from + length, until));
            var taken = ofDay.Where(w => w.Taken && w.To >= first && w.To < last).Select(w => w.To!.Value - w.Began).Order().ToList();
            slices.Add(new(from, Longest(ofDay, first, last), taken.Count, Rank(taken, 50), Rank(taken, 90)));
        }

        var all = ofDay.Where(w => w.Taken && w.To >= start).Select(w => w.To!.Value - w.Began).Order().ToList();
        return new(slices.ToImmutable(), all.Count, ofDay.Count(w => w is { Taken: false, To: not null }), ofDay.Count(w => w.To is null), Rank(all, 50), Rank(all, 90));
    }

    // the line is longest at the beginning or when somebody joins it
    private static int Longest(List<Wait> waits, long first, long last) => waits.Where(w => w.From > first && w.From < last).Select(w => w.From).Prepend(first)
        .Max(at => waits.Count(w => w.From <= at && (w.To ?? long.MaxValue) > at));

    // nearest rank
    private static long? Rank(List<long> sorted, int percent) => sorted.Count == 0 ? null : sorted[Math.Max(0, ((sorted.Count * percent) + 99) / 100 - 1)];
}
