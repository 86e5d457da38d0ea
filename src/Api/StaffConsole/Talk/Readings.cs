using System.Collections.Concurrent;

namespace OrleansGov.Api.StaffConsole;

/// <summary>
/// Who has what open: a page that renews itself every few seconds is one reading, not hundreds. Opening it always counts as a new one; only this node's
/// memory, so that at worst a line of the audit trail is written twice.
/// </summary>
public sealed class Readings(TimeProvider clock)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<(string Staff, string Subject), DateTimeOffset> _open = new();

    /// <summary>The page renews what this person has open: nothing new to note.</summary>
    public bool IsOpen(string staff, string subject) => _open.TryGetValue((staff, subject), out var since) && clock.GetUtcNow() - since < Lasts;

    public void Open(string staff, string subject)
    {
        var now = clock.GetUtcNow();
        _open[(staff, subject)] = now;
        if (_open.Count < 10_000) return;
        foreach (var old in _open.Where(o => now - o.Value >= Lasts)) _open.TryRemove(old);
    }
}
