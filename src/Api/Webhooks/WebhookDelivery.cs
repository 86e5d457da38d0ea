using System.Diagnostics;
using OrleansGov.Api.Problems;
using OrleansGov.Line;

namespace OrleansGov.Api.Webhooks;

/// <summary>
/// Brings the events of one verified body to their residents: each resident's in order, residents side by side. Logs name channel, event type
/// and event id; never a person or a word.
/// </summary>
public sealed partial class WebhookDelivery(Rooms rooms, PseudonymKey key, RedeliveryWatch redelivery, TimeProvider clock, ILogger<WebhookDelivery> logger)
{
    /// <returns>200 when every event is durable with its resident; 429 or 503 before any of them is touched; 500 otherwise. LINE comes again.</returns>
    public async Task<IResult> Deliver(LineChannel door, ReadOnlyMemory<byte> body, DoorPass pass)
    {
        var reading = WebhookParser.Parse(body, clock);
        if (reading.Body is not { } webhook) return Problem.Malformed.Answer(Reason(reading.Fault));
        if (door.BotUserId is { } bot && webhook.Destination != bot)
        {
            LogOtherDestination(door.Name);
            return Problem.InvalidSignature.Answer("destination が、このチャネルのボットではありません。");
        }

        var receivedAt = clock.GetUtcNow();
        redelivery.Came(door.Name, webhook.Events.Any(e => e.IsRedelivery));
        var residents = webhook.Events.Where(IsTalk).ToLookup(e => e.Source.UserId!);
        if (!pass.TryQueue([.. residents.Select(r => $"{door.Name}/{r.Key}")])) return Problem.Unavailable.Answer("同じ方のメッセージが混み合っています。");
        if (!pass.TrySpend(webhook.Events.Count)) return Problem.RateLimited.Answer();
        foreach (var other in webhook.Events.Where(e => !IsTalk(e)))
        {
            WebhookMeter.Event(door.Name, other, WebhookMeter.Ignored);
            LogNoTalk(door.Name, other.Type, other.WebhookEventId, other.Unreadable);
        }

        var durable = await Task.WhenAll(residents.Select(resident => Receive(door.Name, resident.Key, resident, receivedAt)));
        return durable.All(yes => yes) ? TypedResults.Ok() : Problem.Failed.Answer();
    }

    /// <summary>A body that nobody we know has signed.</summary>
    public IResult Refuse(LineChannel door, int bytes)
    {
        LogInvalidSignature(door.Name, bytes);
        return Problem.InvalidSignature.Answer();
    }

    private static bool IsTalk(WebhookEvent e) => e is { Source: { Kind: SourceKind.User, UserId.Length: > 0 }, Message: not null, IsUnreadable: false };

    // After a failure the resident's later events wait for the repetition: they would overtake the failed one.
    private async Task<bool> Receive(string channel, string lineUserId, IEnumerable<WebhookEvent> events, DateTimeOffset receivedAt)
    {
        var resident = rooms.Resident(ResidentKey.For(channel, lineUserId, key.Bytes));
        foreach (var e in events.OrderBy(e => e.Timestamp).ThenBy(e => e.WebhookEventId, StringComparer.Ordinal))
        {
            using var span = WebhookMeter.Start(channel, e);
            try
            {
                await resident.Receive(new(channel, lineUserId, e.WebhookEventId, e.Timestamp, receivedAt, e.ReplyToken, e.IsRedelivery, e.Message!) { Standby = e.IsStandby });
                WebhookMeter.Event(channel, e, WebhookMeter.Durable);
            }
            catch (Exception failure) // storage, a full queue, a time-out, a silo that left: all mean "not durable, come again"
            {
                WebhookMeter.Event(channel, e, WebhookMeter.Failed);
                span?.SetStatus(ActivityStatusCode.Error, failure.GetType().Name);
                LogNotDurable(channel, e.Type, e.WebhookEventId, failure.GetType().Name);
                return false;
            }
        }

        return true;
    }

    private static string Reason(WebhookFault? fault) => fault switch
    {
        WebhookFault.NotAnObject => "本文が JSON のオブジェクトではありません。",
        WebhookFault.EventsNotAnArray => "events が配列ではありません。",
        _ => "本文を JSON として読み取れません。",
    };

    [LoggerMessage(LogLevel.Warning, "Webhook of channel {Channel}: a body of {Bytes} bytes with an invalid signature was refused")]
    private partial void LogInvalidSignature(string channel, int bytes);

    [LoggerMessage(LogLevel.Warning, "Webhook of channel {Channel}: a signed body for another bot was refused; check BotUserId and the webhook URL")]
    private partial void LogOtherDestination(string channel);

    [LoggerMessage(LogLevel.Information, "Webhook of channel {Channel}: event {Type} {EventId} is no talk with one resident; {Unreadable}")]
    private partial void LogNoTalk(string channel, string type, string eventId, string? unreadable);

    [LoggerMessage(LogLevel.Error, "Webhook of channel {Channel}: event {Type} {EventId} is not durable ({Failure}); LINE is asked to bring it again")]
    private partial void LogNotDurable(string channel, string type, string eventId, string failure);
}
