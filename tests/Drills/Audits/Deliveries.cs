using System.Text.Json;
using OrleansGov.LocalLine.Journal;

namespace OrleansGov.Drills;

/// <summary>An event of a resident with its fate at the office's door.</summary>
/// <param name="At">When the resident did it.</param>
/// <param name="AcceptedAt">When the office first answered 200; null = never.</param>
public sealed record Delivered(string EventId, string Resident, string Type, string? MessageId, string? ReplyToken, DateTimeOffset At, DateTimeOffset? AcceptedAt)
{
    /// <summary>As Records name it.</summary>
    public string What => Type switch { "message" => MessageId!, "postback" => "tapped", "follow" => "followed", _ => Type };
}

/// <summary>What LINE's journal says about the webhooks: which events were accepted, how often each was brought, what was refused.</summary>
public sealed class Deliveries
{
    public Deliveries(IEnumerable<JournalEntry> journal)
    {
        var events = new Dictionary<string, Delivered>();
        var refusals = new Dictionary<string, int>();
        foreach (var entry in journal.Where(e => e.Direction == "webhook"))
        {
            var accepted = entry.Verdict == "delivered";
            if (entry.Note.StartsWith("redelivery", StringComparison.Ordinal)) Redeliveries++;
            if (!accepted)
            {
                var reason = entry.Status > 0 ? $"{entry.Status}" : entry.Verdict;
                refusals[reason] = refusals.GetValueOrDefault(reason) + 1;
            }

            using var body = JsonDocument.Parse(entry.Request);
            foreach (var e in body.RootElement.GetProperty("events").EnumerateArray())
            {
                var read = Read(e);
                var known = events.GetValueOrDefault(read.EventId, read);
                events[read.EventId] = accepted && known.AcceptedAt is null ? known with { AcceptedAt = entry.At } : known;
            }
        }

        (Events, Refusals) = (events, refusals);
    }

    /// <summary>By webhookEventId.</summary>
    public IReadOnlyDictionary<string, Delivered> Events { get; }

    /// <summary>Deliveries that were no first ones.</summary>
    public int Redeliveries { get; }

    /// <summary>Attempts without a 200, by status or LINE's word for the failure.</summary>
    public IReadOnlyDictionary<string, int> Refusals { get; }

    private static Delivered Read(JsonElement e) => new(
        Text(e, "webhookEventId")!, e.GetProperty("source").GetProperty("userId").GetString()!, Text(e, "type")!,
        e.TryGetProperty("message", out var message) ? Text(message, "id") : null, Text(e, "replyToken"), DateTimeOffset.FromUnixTimeMilliseconds(e.GetProperty("timestamp").GetInt64()), null);

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
