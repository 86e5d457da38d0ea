namespace OrleansGov.Grains;

/// <summary>Memory of this node only: a restart forgets who was there, and their pages tell again within seconds.</summary>
public sealed class PresenceGrain(TimeProvider clock) : Grain, IPresenceGrain
{
    /// <summary>Pages say every 10 s that they are open.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    private ImmutableDictionary<string, (Present Who, DateTimeOffset Until)> _there = ImmutableDictionary<string, (Present, DateTimeOffset)>.Empty;

    public Task<ImmutableList<Present>> Show(string staff, string name, PresenceKind kind)
    {
        var now = clock.GetUtcNow();
        _there = _there.RemoveRange(_there.Where(p => p.Value.Until <= now).Select(p => p.Key));
        var since = _there.TryGetValue(staff, out var known) ? known.Who.Since : now;
        _there = kind == PresenceKind.Gone ? _there.Remove(staff) : _there.SetItem(staff, (new(staff, name, kind, since), now + Life));
        return Task.FromResult<ImmutableList<Present>>([.. _there.Where(p => p.Key != staff).Select(p => p.Value.Who).OrderBy(p => p.Since)]);
    }
}
