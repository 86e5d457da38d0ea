using System.Buffers.Binary;
using OrleansGov.LocalLine.Journal;

namespace OrleansGov.Drills;

/// <summary>
/// Whether one resident's things happened in their order. LINE promises no order, so the rule is about what had an order: an event that was accepted before
/// another one was even made comes first in the resident's state; and answers go out in the order in which their events were dealt with.
/// </summary>
internal static class EventOrder
{
    private const string Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Ids of the events a resident's state has dealt with, in that order.</summary>
    public static List<string> DealtWith(StoredState resident)
    {
        var packed = Convert.FromBase64String((string)resident.Body["seen"]!["packed"]!);
        return [.. Enumerable.Range(0, packed.Length / 16).Select(i => Ulid(packed.AsSpan(i * 16, 16)))];
    }

    /// <returns>What is out of order, in words.</returns>
    public static IEnumerable<string> Broken(IReadOnlyList<string> dealtWith, IReadOnlyDictionary<string, Delivered> events, IReadOnlyList<JournalEntry> calls)
    {
        var place = dealtWith.Index().ToDictionary(e => e.Item, e => e.Index);
        var own = dealtWith.Where(events.ContainsKey).Select(id => events[id]).ToList();
        DateTimeOffset? youngest = null; // of the events dealt with so far, when the last one was made
        foreach (var e in own)
        {
            if (e.AcceptedAt < youngest) yield return $"{e.Type} {e.EventId}, accepted {e.AcceptedAt:mm:ss.fff}, was dealt with after an event made at {youngest:mm:ss.fff}";
            if (youngest is null || e.At > youngest) youngest = e.At;
        }

        var byToken = own.Where(e => e.ReplyToken is not null).ToDictionary(e => e.ReplyToken!);
        var last = -1;
        foreach (var call in calls.Where(c => SaidTwice.IsReply(c) && SaidTwice.Accepted(c)))
        {
            using var body = System.Text.Json.JsonDocument.Parse(call.Request);
            if (!byToken.TryGetValue(body.RootElement.GetProperty("replyToken").GetString()!, out var answered)) continue;
            if (place[answered.EventId] < last) yield return $"the answer to {answered.EventId} went out after that to a later event";
            last = Math.Max(last, place[answered.EventId]);
        }
    }

    private static string Ulid(ReadOnlySpan<byte> bytes)
    {
        var value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return string.Create(26, value, static (text, rest) =>
        {
            for (var i = text.Length - 1; i >= 0; i--, rest >>= 5) text[i] = Crockford[(int)(rest & 31)];
        });
    }
}
