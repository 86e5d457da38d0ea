using OrleansGov.Api.Telemetry;

namespace OrleansGov.Api.Status;

/// <summary>How the office has been in the last minutes, from the instruments' figures alone.</summary>
/// <param name="Minutes">The time that is looked back on; shorter just after a start.</param>
/// <param name="Acknowledgement">From a webhook body to its answer.</param>
/// <param name="Reply">From the webhook to LINE's acceptance of the reply.</param>
/// <param name="Waiting">Residents whose answer waits for another try, and the age of the oldest.</param>
/// <param name="Overdue">Grains whose time has come, and how long ago the earliest's did.</param>
public sealed record OfficeStatus(
    double Minutes, long Events, long Completed, Times Acknowledgement, Times Reply, (long Count, TimeSpan Oldest) Waiting, (long Count, TimeSpan Oldest) Overdue, ImmutableList<ChannelStatus> Channels,
    Times StorageWrite, long StorageFailures, long StorageWaiting, Times RecordsLag, long RecordsWaiting, long Residents, double DiskFree, double DiskSize, double Memory)
{
    public static OfficeStatus Of(Figures now, Figures then, IEnumerable<string> channels)
    {
        var since = new Growth(now, then);
        return new(
            (now.At - (then == Figures.None ? now.At : then.At)).TotalMinutes,
            (long)since.Sum("orleansgov.webhook.events"),
            (long)since.Sum("orleansgov.procedure.runs", ("outcome", "completed")),
            since.Times("orleansgov.webhook.duration", ("outcome", "accepted")),
            since.Times("orleansgov.reply.duration"),
            ((long)Now("orleansgov.outbox.waiting"), TimeSpan.FromSeconds(Most("orleansgov.outbox.oldest"))),
            ((long)Now("orleansgov.due.waiting"), TimeSpan.FromSeconds(Most("orleansgov.due.oldest"))),
            [.. channels.Select(channel => ChannelOf(channel, now, since))],
            since.Times("orleansgov.storage.write.duration"), (long)since.Sum("orleansgov.storage.failures"), (long)Now("orleansgov.storage.waiting"),
            since.Times("orleansgov.records.lag"), (long)Now("orleansgov.records.waiting"),
            (long)Now("orleansgov.residents.active"), Now("orleansgov.disk.free"), Now("orleansgov.disk.size"), Now("dotnet.process.memory.working_set"));

        double Now(string name) => now.Find(name)?.Series.Sum(s => s.Value) ?? 0;

        double Most(string name) => now.Find(name)?.Series.Select(s => s.Value).DefaultIfEmpty(0).Max() ?? 0;
    }

    private static ChannelStatus ChannelOf(string channel, Figures now, Growth since)
    {
        var calls = since.Each("orleansgov.line.call.duration", ("channel", channel)).Where(c => c.Series.Label("endpoint") is "reply" or "push" or "multicast").ToList();
        return new(channel,
            (long)since.Sum("orleansgov.webhook.events", ("channel", channel)),
            since.Count("orleansgov.webhook.duration", ("channel", channel)) - since.Count("orleansgov.webhook.duration", ("channel", channel), ("outcome", "accepted")),
            (long)since.Sum("orleansgov.webhook.events", ("channel", channel), ("redelivered", "true")),
            Count("accepted", "accepted_earlier"), Count("rate_limited", "monthly_limit"), calls.Sum(c => c.Count) - Count("accepted", "accepted_earlier", "rate_limited", "monthly_limit"),
            (long)(now.Find("orleansgov.outbox.held")?.Series.Where(s => s.Label("channel") == channel).Sum(s => s.Value) ?? 0),
            now.Find("orleansgov.channel.held")?.Series.FirstOrDefault(s => s.Label("channel") == channel)?.Label("reason"));

        long Count(params string[] outcomes) => calls.Where(c => outcomes.Contains(c.Series.Label("outcome"))).Sum(c => c.Count);
    }
}

/// <param name="Median">Null when nothing was measured.</param>
public readonly record struct Times(long Count, TimeSpan? Median, TimeSpan? Slow);

/// <summary>One LINE channel in the last minutes.</summary>
/// <param name="Refused">Webhook bodies not accepted.</param>
/// <param name="Redelivered">Events that LINE brought again.</param>
/// <param name="Limited">Sends answered 429.</param>
/// <param name="Failed">Sends with any other outcome than accepted.</param>
/// <param name="HeldBecause"><c>quota</c>, <c>token</c>, or null.</param>
public sealed record ChannelStatus(string Name, long Events, long Refused, long Redelivered, long Sent, long Limited, long Failed, long Held, string? HeldBecause);

/// <summary>What has been added between two looks.</summary>
internal sealed class Growth(Figures now, Figures then)
{
    public double Sum(string name, params (string Name, string Value)[] labels) => Each(name, labels).Sum(s => s.Value);

    public long Count(string name, params (string Name, string Value)[] labels) => Each(name, labels).Sum(s => s.Count);

    public Times Times(string name, params (string Name, string Value)[] labels)
    {
        var spread = Each(name, labels).Select(s => s.Spread).Aggregate((Spread?)null, (all, one) => all is null || one is null ? one ?? all : all.Plus(one));
        return new(spread?.Count ?? 0, Time(spread?.Quantile(0.5)), Time(spread?.Quantile(0.99)));

        static TimeSpan? Time(double? seconds) => seconds is { } s ? TimeSpan.FromSeconds(s) : null;
    }

    public IEnumerable<(Series Series, double Value, long Count, Spread? Spread)> Each(string name, params (string Name, string Value)[] labels)
    {
        var earlier = then.Find(name);
        foreach (var series in now.Find(name)?.Series ?? [])
        {
            if (!labels.All(l => series.Label(l.Name) == l.Value)) continue;
            var before = earlier?.Series.FirstOrDefault(s => s.Labels.Count == series.Labels.Count && s.Labels.All(l => series.Label(l.Key) == l.Value));
            var spread = before?.Spread is { } old ? series.Spread?.Since(old) : series.Spread;
            yield return (series, series.Value - (before?.Value ?? 0), spread?.Count ?? 0, spread);
        }
    }
}
