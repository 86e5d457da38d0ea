using System.Diagnostics;

namespace OrleansGov.Silo;

/// <summary>
/// A clock that nobody sets: the wall clock's time when the process started, and from then on what really passed. Orleans' housekeeping runs by it. By the wall
/// clock, a step back by more than the collection age would keep every new grain from being activated until the time comes round again, and stop
/// membership's timers as long (the drill <c>clock</c> showed it). Grains and everything residents see go by the wall clock.
/// </summary>
internal sealed class SteadyClock : TimeProvider
{
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
    private readonly long _since = Stopwatch.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _start + Stopwatch.GetElapsedTime(_since);
}
