using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OrleansGov.LocalLine.Journal;
using OrleansGov.LocalLine.Webhooks;

namespace OrleansGov.Load.Measuring;

/// <summary>
/// Every event that residents sent and every message that LINE accepted for them, seen from LINE's side: what was not accepted, what was never answered,
/// what was said twice. LINE lets a reply token be used once, so two replies answer two events and only a push can repeat something (line.md §4).
/// </summary>
public sealed class Ledger
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Heard> _events = [];
    private readonly Dictionary<string, Heard> _byToken = [];
    private readonly Dictionary<string, Said> _residents = [];
    private long _order;

    public long Webhooks { get; private set; }

    /// <summary>Attempts LINE made because an earlier one failed.</summary>
    public long Redeliveries { get; private set; }

    public Dictionary<string, long> FailedWebhooks { get; } = [];

    public long Replies { get; private set; }

    public long Pushes { get; private set; }

    /// <summary>Calls of the office that LINE refused, by status.</summary>
    public Dictionary<int, long> Refused { get; } = [];

    /// <summary>Pushes that repeated, word for word, what this resident had been told before.</summary>
    public List<string> SaidTwice { get; } = [];

    /// <summary>An event goes out.</summary>
    /// <param name="copy">The second of a double tap: silence is an answer.</param>
    public void Sent(SentEvent sent, bool copy)
    {
        lock (_gate)
        {
            var heard = new Heard(sent.Resident!.Id, sent.MessageId, sent.ReplyToken is not null && !copy, ++_order);
            _events[sent.WebhookEventId] = heard;
            if (sent.ReplyToken is { } token) _byToken[token] = heard;
        }
    }

    /// <summary>LINE notes something.</summary>
    public void Note(JournalEntry entry)
    {
        lock (_gate)
        {
            if (entry.Direction == "webhook") Webhook(entry);
            else if (entry.Path.EndsWith("/reply", StringComparison.Ordinal)) Call(entry, isPush: false);
            else if (entry.Path.EndsWith("/push", StringComparison.Ordinal)) Call(entry, isPush: true);
        }
    }

    /// <summary>Events that were told apart, how many of them the office never accepted, and how many it accepted without a word to the resident afterwards.</summary>
    public (int Events, int NotAccepted, int Unanswered) Balance()
    {
        lock (_gate)
        {
            return (_events.Count, _events.Values.Count(e => !e.Accepted),
                _events.Values.Count(e => e.Accepted && e.WantsAnswer && !e.Answered && (_residents.GetValueOrDefault(e.Resident)?.Last ?? 0) < e.Order));
        }
    }

    /// <summary>Now, to tell later what was sent from then on.</summary>
    public long Mark()
    {
        lock (_gate) return _order;
    }

    /// <summary>LINE message ids of the words, stickers and pictures that the office accepted.</summary>
    /// <param name="since">Of those sent after this <see cref="Mark"/>.</param>
    public IReadOnlyCollection<string> AcceptedMessages(long since)
    {
        lock (_gate) return [.. _events.Values.Where(e => e.Accepted && e.Order > since).Select(e => e.MessageId).OfType<string>()];
    }

    private void Webhook(JournalEntry entry)
    {
        Webhooks++;
        if (entry.Note.StartsWith("redelivery", StringComparison.Ordinal)) Redeliveries++;
        if (entry.Verdict != "delivered") FailedWebhooks[entry.Verdict] = FailedWebhooks.GetValueOrDefault(entry.Verdict) + 1;
        else if (_events.TryGetValue(entry.RequestId, out var heard)) heard.Accepted = true;
    }

    private void Call(JournalEntry entry, bool isPush)
    {
        if (entry.Verdict is "refused" or "repeated") // 409 means: accepted before
        {
            if (entry.Verdict == "refused") Refused[entry.Status] = Refused.GetValueOrDefault(entry.Status) + 1;
            return;
        }

        if (isPush) Pushes++;
        else Replies++;
        using var body = JsonDocument.Parse(entry.Request);
        if (!isPush && _byToken.TryGetValue(body.RootElement.GetProperty("replyToken").GetString()!, out var heard)) heard.Answered = true;
        if (entry.Resident is not { } resident) return;
        if (!_residents.TryGetValue(resident, out var said)) _residents[resident] = said = new Said();
        said.Last = ++_order;
        var words = BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(body.RootElement.GetProperty("messages").GetRawText())));
        if (!said.Words.Add(words) && isPush && entry.Verdict == "delivered") SaidTwice.Add(entry.RequestId);
    }

    private sealed class Heard(string resident, string? messageId, bool wantsAnswer, long order)
    {
        public string Resident { get; } = resident;

        public string? MessageId { get; } = messageId;

        public bool WantsAnswer { get; } = wantsAnswer;

        public long Order { get; } = order;

        public bool Accepted { get; set; }

        public bool Answered { get; set; }
    }

    private sealed class Said
    {
        public HashSet<ulong> Words { get; } = [];

        public long Last { get; set; }
    }
}
