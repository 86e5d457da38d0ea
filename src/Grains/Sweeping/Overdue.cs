using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace OrleansGov.Grains.Sweeping;

/// <summary>
/// How far behind the office is with what is due, as its sweeper sees it in passing: no query of its own, and whatever a dead process left behind is
/// in it. Every sweeper reads the whole index, so the latest look of any of them tells all.
/// </summary>
internal sealed class Overdue(TimeProvider time)
{
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(5); // a sweeper that moved to another node tells nothing here any more

    private static readonly ConcurrentDictionary<Overdue, byte> Lookers = new();
    private static readonly Meter Meter = new("OrleansGov.Grains");

    private volatile Look _last = new(DateTimeOffset.MinValue, 0, TimeSpan.Zero);

    private sealed record Look(DateTimeOffset At, int Count, TimeSpan Oldest);

    static Overdue()
    {
        Meter.CreateObservableGauge("orleansgov.due.waiting", () => Figures(look => look.Count), "{grain}", "Grains whose time had come at the sweeper's latest look.");
        Meter.CreateObservableGauge("orleansgov.due.oldest", () => Figures(look => look.Oldest.TotalSeconds), "s", "How long ago the earliest of them was due.");
    }

    /// <summary>A page of the index, before its grains are woken: that may take long, and then the figure matters most.</summary>
    public void Meet(IReadOnlyList<DueGrain> page, DateTimeOffset now, bool isFirst)
    {
        var before = isFirst ? new(now, 0, page.Count > 0 && page[0].NextDue < now ? now - page[0].NextDue : TimeSpan.Zero) : _last;
        _last = new(time.GetUtcNow(), before.Count + page.Count(due => due.NextDue <= now), before.Oldest);
        Lookers.TryAdd(this, 0);
    }

    private bool IsStale => time.GetUtcNow() - _last.At > Stale;

    private static IEnumerable<Measurement<double>> Figures(Func<Look, double> figure)
    {
        foreach (var looker in Lookers.Keys)
            if (looker.IsStale) Lookers.TryRemove(looker, out _);
        return Lookers.Keys.Select(l => l._last).OrderByDescending(l => l.At).Take(1).Select(l => new Measurement<double>(figure(l)));
    }
}
