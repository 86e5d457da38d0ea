namespace OrleansGov.Api.Webhooks;

/// <summary>
/// A second's worth of events to begin with, and so many a second. A body comes in while anything is left and may overdraw, because LINE alone decides
/// how much one body holds; the debt is waited off before the next.
/// </summary>
internal sealed class EventRate(int perSecond, long now)
{
    private double _left = perSecond;
    private long _at = now;

    public bool TryTake(int events, TimeProvider clock)
    {
        var at = clock.GetTimestamp();
        _left = Math.Min(perSecond, _left + clock.GetElapsedTime(_at, at).TotalSeconds * perSecond);
        _at = at;
        if (_left <= 0 && events > 0) return false;
        _left -= events;
        return true;
    }
}
