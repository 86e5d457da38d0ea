using OrleansGov.Line;

namespace OrleansGov.Api.Webhooks;

/// <summary>
/// Keeps the door from taking in more than the rooms can do. A body is taken whole or refused whole, and refused before any of it has an effect:
/// what was refused LINE brings again, what is accepted and then dropped it does not. Channels share the room evenly, one resident fills only a
/// corner of it, and nobody comes in while nothing can be stored or the process stops.
/// </summary>
/// <param name="trouble">Why nothing can be stored at present; null when it can.</param>
public sealed class DoorGuard(Func<string?> trouble, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    /// <summary>Bodies with events of one resident that may be at work at once: they queue for one grain, and the last of them must still be answered in time.</summary>
    public const int PerResident = 8;

    private static readonly TimeSpan Recently = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly PressureLimit _limit = new(clock);
    private readonly Dictionary<string, Place> _channels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _residents = new(StringComparer.Ordinal);
    private volatile bool _crowded;

    /// <summary>True while nothing can be stored, or the process stops.</summary>
    public bool IsClosed => lifetime.ApplicationStopping.IsCancellationRequested || trouble() is not null;

    /// <summary>True from a refusal for want of room until there is some again: no need to read and verify what cannot come in.</summary>
    public bool IsCrowded => _crowded;

    /// <summary>Bodies at work.</summary>
    public int Inside { get; private set; }

    /// <summary>Bodies that may be at work at once, at present.</summary>
    public int Limit => _limit.Current;

    /// <summary>A body that LINE has signed asks to come in.</summary>
    /// <returns>What it holds while it is at work; null when it must be refused.</returns>
    public DoorPass? TryEnter(LineChannel channel)
    {
        if (IsClosed) return null;
        var now = clock.GetTimestamp();
        lock (_gate)
        {
            if (!_channels.TryGetValue(channel.Name, out var place)) _channels[channel.Name] = place = new(channel.EventsPerSecond, now);
            place.TriedAt = now;
            _limit.Asked(Inside);
            if (Inside < _limit.Current && place.Inside < Share(now))
            {
                Inside++;
                place.Inside++;
                return new DoorPass(this, place);
            }

            _limit.Reached();
            _crowded = Inside >= _limit.Current;
            return null;
        }
    }

    // A channel alone has all the room; a rush in one leaves the others theirs.
    private int Share(long now)
    {
        var busy = 0;
        foreach (var place in _channels.Values)
            if (place.Inside > 0 || clock.GetElapsedTime(place.TriedAt, now) < Recently) busy++;
        return (_limit.Current + busy - 1) / busy;
    }

    internal bool TrySpend(Place place, int events)
    {
        lock (_gate) return place.Rate.TryTake(events, clock);
    }

    internal bool TryQueue(IReadOnlyCollection<string> residents)
    {
        lock (_gate)
        {
            foreach (var resident in residents)
                if (_residents.GetValueOrDefault(resident) >= PerResident) return false;
            foreach (var resident in residents) _residents[resident] = _residents.GetValueOrDefault(resident) + 1;
            return true;
        }
    }

    internal void Leave(Place place, IReadOnlyCollection<string> residents)
    {
        lock (_gate)
        {
            Inside--;
            place.Inside--;
            foreach (var resident in residents)
                if (--_residents[resident] == 0) _residents.Remove(resident);
            _limit.Answered(Inside);
            if (Inside < _limit.Current * 9 / 10) _crowded = false;
        }
    }

    /// <summary>One channel at the door.</summary>
    internal sealed class Place(int eventsPerSecond, long now)
    {
        public int Inside { get; set; }

        public long TriedAt { get; set; }

        public EventRate Rate { get; } = new(eventsPerSecond, now);
    }
}

/// <summary>What a body holds while it is at work.</summary>
public sealed class DoorPass : IDisposable
{
    private readonly DoorGuard _guard;
    private readonly DoorGuard.Place _place;
    private IReadOnlyCollection<string> _residents = [];

    internal DoorPass(DoorGuard guard, DoorGuard.Place place) => (_guard, _place) = (guard, place);

    /// <summary>Whether the channel may bring that many events now (<c>EventsPerSecond</c>).</summary>
    public bool TrySpend(int events) => _guard.TrySpend(_place, events);

    /// <summary>Whether these residents' queues have room for one more body each; all or none.</summary>
    public bool TryQueue(IReadOnlyCollection<string> residents)
    {
        if (!_guard.TryQueue(residents)) return false;
        _residents = residents;
        return true;
    }

    public void Dispose() => _guard.Leave(_place, _residents);
}
