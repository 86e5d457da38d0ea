using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansGov.LocalLine.Messaging;
using OrleansGov.LocalLine.Webhooks;
using OrleansGov.LocalLine.World;

namespace OrleansGov.LocalLine;

/// <content>From something done to an event on the wire.</content>
public sealed partial class LocalLinePlatform
{
    /// <summary>Sends any event: unknown types, missing properties, nonsense. <c>webhookEventId</c>, <c>timestamp</c>, <c>mode</c>, <c>source</c> and
    /// <c>deliveryContext</c> are filled in where absent.</summary>
    public SentEvent SendEvent(LocalResident resident, JsonObject raw)
    {
        var json = (JsonObject)raw.DeepClone();
        json.TryAdd("mode", resident.Channel.Standby ? "standby" : "active");
        json.TryAdd("timestamp", Now.ToUnixTimeMilliseconds());
        json.TryAdd("source", new JsonObject { ["type"] = "user", ["userId"] = resident.Id });
        json.TryAdd("webhookEventId", Mint.Ulid());
        json.TryAdd("deliveryContext", new JsonObject { ["isRedelivery"] = false });
        return Send(new SentEvent(resident.Channel, resident, json, null));
    }

    /// <summary>The resident's last event once more, with the same ids, flagged as a redelivery (or, unflagged, as a duplicate of the network).</summary>
    public async Task<WebhookOutcome?> Redeliver(LocalResident resident, bool flagged = true)
    {
        SentEvent? last;
        lock (Gate) last = resident.LastEvent;
        if (last is null) return null;
        var copy = new SentEvent(last.Channel, last.Resident, last.Json, last.Token);
        webhooks.Send(resident.Lane, new Delivery(last.Channel, [copy], Redelivery: flagged));
        return await copy.FirstAttempt;
    }

    /// <summary>The reply token of the resident's next event is dead on arrival, as if the office had waited too long.</summary>
    public void ExpireNextToken(LocalResident resident)
    {
        lock (Gate) resident.NextTokenIsDead = true;
    }

    /// <summary>Until disposed, the channel's events gather; then they travel in one body, in the order they happened.</summary>
    public IDisposable Gather(LocalChannel channel)
    {
        lock (Gate) channel.Gathering ??= [];
        return new Gathered(this, channel);
    }

    internal SentEvent Emit(LocalResident resident, string type, bool replies, params (string Name, JsonNode Value)[] payload)
    {
        var channel = resident.Channel;
        SentEvent sent;
        lock (Gate)
        {
            var now = Now;
            ReplyToken? token = null;
            var json = new JsonObject { ["type"] = type };
            foreach (var (name, value) in payload) json[name] = value;
            json["webhookEventId"] = Mint.Ulid();
            json["deliveryContext"] = new JsonObject { ["isRedelivery"] = false };
            json["timestamp"] = now.ToUnixTimeMilliseconds();
            json["source"] = new JsonObject { ["type"] = "user", ["userId"] = resident.Id };
            if (replies && !channel.Standby)
            {
                token = new ReplyToken(Mint.Hex(16), resident, now) { Dead = resident.NextTokenIsDead };
                resident.NextTokenIsDead = false;
                resident.NewestToken = token;
                channel.ReplyTokens.Issue(token);
                json["replyToken"] = token.Value;
            }

            json["mode"] = channel.Standby ? "standby" : "active";
            sent = new SentEvent(channel, resident, json, token);
        }

        return Send(sent);
    }

    private SentEvent Send(SentEvent sent)
    {
        lock (Gate)
        {
            sent.Resident!.LastEvent = sent;
            if (sent.Channel.Gathering is { } gathering)
            {
                gathering.Add(sent);
                return sent;
            }
        }

        webhooks.Send(sent.Resident.Lane, new Delivery(sent.Channel, [sent]));
        return sent;
    }

    internal Task<WebhookOutcome> TestWebhook(LocalChannel channel, Uri endpoint) => webhooks.Test(
        new(endpoint, channel.Settings.Secret), JsonSerializer.SerializeToUtf8Bytes(new { destination = channel.Settings.BotUserId, events = Array.Empty<object>() }));

    private sealed class Gathered(LocalLinePlatform platform, LocalChannel channel) : IDisposable
    {
        public void Dispose()
        {
            List<SentEvent>? events;
            lock (platform.Gate) (events, channel.Gathering) = (channel.Gathering, null);
            if (events is { Count: > 0 }) platform.webhooks.Send(events[0].Resident!.Lane, new Delivery(channel, events));
        }
    }
}
