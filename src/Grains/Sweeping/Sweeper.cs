using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using OrleansGov.Contracts;

namespace OrleansGov.Grains.Sweeping;

/// <summary>
/// Walks through what is due and wakes each grain once, a bounded number at a time. It remembers, in memory only, whom it called: a grain that fails,
/// or is still due at the same instant afterwards, waits 1, 2, 4 … seconds before its next call, so that it neither spins nor stands in the way of others.
/// </summary>
/// <param name="wake">Wakes the grain of a row; returns when the grain has done what was due.</param>
/// <param name="isMine">Which rows are this sweeper's.</param>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore holds no handle unless one is asked for, and calls still on their way outlive any owner that could dispose it.")]
public sealed class Sweeper(IDueIndex index, Func<DueGrain, Task> wake, Func<DueGrain, bool> isMine, SweepingOptions options, TimeProvider time, ILogger logger)
{
    private readonly SemaphoreSlim _room = new(options.Parallel);
    private readonly Dictionary<long, Call> _calls = [];
    private readonly Lock _gate = new();
    private readonly Overdue _overdue = new(time);
    private long _sweep;

    /// <summary>
    /// One walk over everything due now. Returns when the last grain has been called, not when it has answered: a grain that hangs takes one of the
    /// places until its call times out, and nothing else.
    /// </summary>
    public async Task SweepAsync(CancellationToken cancellation = default)
    {
        _sweep++;
        var now = time.GetUtcNow();
        // After a start whatever waits belongs to a process that is gone: it is woken before its time, since nobody else will.
        var until = _sweep == 1 ? now + options.AheadAtStart : now;
        DueGrain? last = null;
        while (true)
        {
            var page = await index.DueBefore(until, options.Page, last);
            _overdue.Meet(page, now, isFirst: last is null);
            foreach (var due in page)
            {
                if (!isMine(due) || !MayCall(due, now)) continue;
                await _room.WaitAsync(cancellation);
                _ = WakeAsync(due);
            }

            if (page.Count < options.Page) break;
            last = page[^1];
        }

        ForgetTheSettled();
    }

    private bool MayCall(DueGrain due, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (!_calls.TryGetValue(due.Row, out var call))
            {
                if (_calls.Count >= options.Remembered) return true;
                _calls[due.Row] = new Call { SeenDue = due.NextDue, Sweep = _sweep, Calling = true };
                return true;
            }

            var seenBefore = call.Sweep == _sweep; // it moved to a later instant that is also past: next time
            call.Sweep = _sweep;
            if (call.Calling || seenBefore) return false;
            var moved = due.NextDue != call.SeenDue;
            if (!call.Failed && moved) call.Strikes = 0;
            else if (now < call.NotBefore) return false;
            call.SeenDue = due.NextDue;
            return call.Calling = true;
        }
    }

    private async Task WakeAsync(DueGrain due)
    {
        var failed = false;
        try
        {
            await wake(due);
        }
        catch (Exception e) // whatever a grain throws: its own trouble, and the others must be woken
        {
            failed = true;
            logger.LogWarning(e, "Waking {Grain} ({State}, due {Due:O}) failed", due.GrainId, due.StateName, due.NextDue);
        }
        finally
        {
            _room.Release();
            Note(due, failed);
        }
    }

    private void Note(DueGrain due, bool failed)
    {
        lock (_gate)
        {
            if (!_calls.TryGetValue(due.Row, out var call)) return;
            var pause = TimeSpan.FromTicks(Math.Min(options.LongestPause.Ticks, options.Period.Ticks << Math.Min(call.Strikes, 20)));
            call.Calling = false;
            call.Failed = failed;
            call.Strikes++;
            call.NotBefore = time.GetUtcNow() + pause;
        }
    }

    // Rows that were not due in this walk have been dealt with.
    private void ForgetTheSettled()
    {
        lock (_gate)
        {
            foreach (var (row, call) in _calls)
            {
                if (call.Sweep != _sweep && !call.Calling) _calls.Remove(row);
            }
        }
    }

    private sealed class Call
    {
        public DateTimeOffset SeenDue { get; set; }
        public DateTimeOffset NotBefore { get; set; }
        public int Strikes { get; set; }
        public bool Failed { get; set; }
        public bool Calling { get; set; }
        public long Sweep { get; set; }
    }
}
