using System.Collections.Frozen;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansGov.Line;

namespace OrleansGov.Api.Webhooks;

/// <summary>What comes in at LINE's door, by channel: bodies with what they were answered and how soon, events with what became of them.</summary>
internal static class WebhookMeter
{
    public const string Durable = "durable";
    public const string Failed = "failed";
    public const string Ignored = "ignored";

    private const string Name = "OrleansGov.Webhook";
    private const string Accepted = "accepted";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Answers = Meter.CreateHistogram("orleansgov.webhook.duration", "s", "From a body's head to its answer (LINE gives up after 2 s). Outcome: accepted, or the code of the refusal.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10] });

    private static readonly Counter<long> Events = Meter.CreateCounter<long>("orleansgov.webhook.events", "{event}", "Events of LINE. Outcome: durable, failed (LINE is asked to bring it again), ignored (no talk with one resident).");

    // LINE invents new types; a label must not grow with them.
    private static readonly FrozenSet<string> Types = FrozenSet.Create(
        "message", "messageEdited", "unsend", "follow", "unfollow", "join", "leave", "memberJoined", "memberLeft", "postback", "videoPlayComplete", "beacon", "accountLink", "membership");

    private static readonly object True = "true", False = "false";

    public static Activity? Start(string channel, WebhookEvent e) => Source.StartActivity("webhook event")?
        .SetTag("channel", channel).SetTag("event.type", Type(e)).SetTag("event.id", e.WebhookEventId).SetTag("event.redelivered", e.IsRedelivery);

    public static void Event(string channel, WebhookEvent e, string outcome) =>
        Events.Add(1, new TagList { { "channel", channel }, { "type", Type(e) }, { "outcome", outcome }, { "redelivered", e.IsRedelivery ? True : False } });

    public static void Answered(string channel, IResult answer, long started) =>
        Answers.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, new TagList { { "channel", channel }, { "outcome", Outcome(answer) } });

    private static object? Outcome(IResult answer) => answer is ProblemHttpResult problem && problem.ProblemDetails.Extensions.TryGetValue("code", out var code) ? code : Accepted;

    private static string Type(WebhookEvent e) => Types.TryGetValue(e.Type, out var known) ? known : "other";
}
