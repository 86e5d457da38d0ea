using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using OrleansGov.Line;

namespace OrleansGov.Grains;

/// <summary>
/// Answers that could not be sent at once, by the outbox that holds them, and channels that hold their sends. In a good hour both are empty and cost
/// nothing. Memory of this process only: what a process left behind when it died is in the due index, and so in the sweepers' figures.
/// </summary>
internal static class WaitingAnswers
{
    // Nobody tells when a grain goes or moves to another node: an entry nobody renewed is another's by then.
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(2);

    private static readonly ConcurrentDictionary<OutboxSender, Waiting> Entries = new();
    private static readonly ConcurrentDictionary<string, Hold> Holds = new();
    private static readonly Meter Meter = new("OrleansGov.Grains");

    private sealed record Waiting(string Channel, DateTimeOffset Since, DateTimeOffset Until, bool Held, TimeProvider Clock);

    private sealed record Hold(HoldReason Reason, DateTimeOffset Until, TimeProvider Clock);

    static WaitingAnswers()
    {
        Meter.CreateObservableGauge("orleansgov.outbox.waiting", () => Measure(waiting => waiting.Count()), "{resident}", "Residents whose answer could not be sent at once and waits for another try.");
        Meter.CreateObservableGauge("orleansgov.outbox.oldest", () => Measure(waiting => waiting.Max(w => (w.Clock.GetUtcNow() - w.Since).TotalSeconds)), "s", "Age of the oldest answer that waits for another try.");
        Meter.CreateObservableGauge("orleansgov.outbox.held", () => Measure(waiting => waiting.Count(w => w.Held)), "{resident}", "Residents whose answer is held with its whole channel (quota, access token).");
        Meter.CreateObservableGauge("orleansgov.channel.held", HeldChannels, "", "1 while a channel holds its sends.");
    }

    /// <summary>An entry stays in the outbox.</summary>
    public static void Keep(OutboxSender outbox, string channel, OutboxEntry entry, TimeProvider clock) =>
        Entries[outbox] = new(channel, entry.At, (entry.NotBefore ?? clock.GetUtcNow()) + Forgotten, entry.Held, clock);

    /// <summary>An entry left the outbox.</summary>
    public static void Remove(OutboxSender outbox)
    {
        if (!Entries.IsEmpty) Entries.TryRemove(outbox, out _);
    }

    public static void Holding(string channel, HoldReason reason, DateTimeOffset until, TimeProvider clock) => Holds[channel] = new(reason, until + Forgotten, clock);

    /// <summary>LINE accepted something: the reason for a hold is gone, unless it was a reply, which needs no quota.</summary>
    public static void Release(string channel, bool reply)
    {
        if (!Holds.IsEmpty && Holds.TryGetValue(channel, out var hold) && !(reply && hold.Reason == HoldReason.MonthlyLimit)) Holds.TryRemove(new(channel, hold));
    }

    private static IEnumerable<Measurement<double>> Measure(Func<IEnumerable<Waiting>, double> figure)
    {
        foreach (var (outbox, waiting) in Entries)
            if (waiting.Until < waiting.Clock.GetUtcNow()) Entries.TryRemove(new(outbox, waiting));
        return Entries.Values.GroupBy(w => w.Channel).Select(channel => new Measurement<double>(figure(channel), new KeyValuePair<string, object?>("channel", channel.Key)));
    }

    private static IEnumerable<Measurement<int>> HeldChannels()
    {
        foreach (var (channel, hold) in Holds)
            if (hold.Until < hold.Clock.GetUtcNow()) Holds.TryRemove(new(channel, hold));
        return Holds.Select(h => new Measurement<int>(1, new KeyValuePair<string, object?>("channel", h.Key), new KeyValuePair<string, object?>("reason", h.Value.Reason == HoldReason.MonthlyLimit ? "quota" : "token")));
    }
}
