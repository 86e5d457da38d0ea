using System.Text.Json.Nodes;
using OrleansGov.LocalLine.Messaging;
using OrleansGov.LocalLine.World;

namespace OrleansGov.LocalLine.Webhooks;

/// <summary>How one attempt to deliver an event ended.</summary>
/// <param name="Reason">
/// <c>delivered</c>, or LINE's word for the failure: <c>request_timeout</c>, <c>could_not_connect</c>, <c>error_status_code</c>, <c>unclassified</c>; own words:
/// <c>off</c> (webhooks are switched off) and <c>lost</c> (a fault swallowed it).
/// </param>
/// <param name="Status">HTTP status of the office's answer, 0 = none.</param>
/// <param name="Detail">For people.</param>
public sealed record WebhookOutcome(string Reason, int Status, string Detail)
{
    /// <summary>The office answered 2xx in time.</summary>
    public bool Delivered => Reason == "delivered";
}

/// <summary>Something a resident did, on its way to the office.</summary>
public sealed class SentEvent
{
    private readonly TaskCompletionSource<WebhookOutcome> first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<WebhookOutcome> settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal SentEvent(LocalChannel channel, LocalResident? resident, JsonObject json, ReplyToken? token)
    {
        Channel = channel;
        Resident = resident;
        Json = json;
        Token = token;
    }

    /// <summary>Who did it; null for events without a known source.</summary>
    public LocalResident? Resident { get; }

    /// <summary>The event's <c>type</c>.</summary>
    public string Type => Json["type"]?.ToString() ?? "";

    /// <summary>ULID; the same on every copy.</summary>
    public string WebhookEventId => Json["webhookEventId"]?.ToString() ?? "";

    /// <summary>Reply token, or null where the event carries none.</summary>
    public string? ReplyToken => Token?.Value;

    /// <summary>Id of the message inside, or null.</summary>
    public string? MessageId => (Json["message"] as JsonObject)?["id"]?.ToString();

    /// <summary>The first attempt is over.</summary>
    public Task<WebhookOutcome> FirstAttempt => first.Task;

    /// <summary>Delivered at last, or given up.</summary>
    public Task<WebhookOutcome> Settled => settled.Task;

    internal LocalChannel Channel { get; }

    internal JsonObject Json { get; }

    internal ReplyToken? Token { get; }

    internal void Attempted(WebhookOutcome outcome) => first.TrySetResult(outcome);

    internal void Settle(WebhookOutcome outcome)
    {
        first.TrySetResult(outcome);
        settled.TrySetResult(outcome);
    }
}

/// <summary>One body on its way: its events, how often it failed, whether it says so.</summary>
internal sealed record Delivery(LocalChannel Channel, IReadOnlyList<SentEvent> Events, int Failures = 0, bool Redelivery = false, bool Late = false);

/// <summary>A person's events go out one after another; different people's at the same time.</summary>
internal sealed class EventLane
{
    private readonly Queue<Delivery> waiting = new();
    private bool moving;

    /// <summary>Queues a delivery; true when the caller must start moving the lane.</summary>
    public bool Join(Delivery delivery)
    {
        lock (waiting)
        {
            waiting.Enqueue(delivery);
            if (moving) return false;
            return moving = true;
        }
    }

    public bool Next(out Delivery delivery)
    {
        lock (waiting) return moving = waiting.TryDequeue(out delivery!);
    }
}
