using System.Collections.Concurrent;

namespace OrleansGov.LocalLine.Journal;

/// <summary>Plain counts since the world began: <c>call.push.200</c>, <c>webhook.delivered</c>, <c>webhook.request_timeout</c>, <c>message.delivered</c> …</summary>
public sealed class Counters
{
    private readonly ConcurrentDictionary<string, long> counts = new();

    /// <summary>Count under this name, 0 when nothing happened.</summary>
    public long this[string name] => counts.GetValueOrDefault(name);

    /// <summary>All counts, by name.</summary>
    public IReadOnlyDictionary<string, long> Snapshot() => new SortedDictionary<string, long>(counts, StringComparer.Ordinal);

    internal void Add(string name, long by = 1) => counts.AddOrUpdate(name, by, (_, old) => old + by);
}
