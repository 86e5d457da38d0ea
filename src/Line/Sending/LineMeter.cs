using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OrleansGov.Line;

/// <summary>What our calls to LINE look like from here: how long, to which endpoint, with what outcome. Never to whom.</summary>
static class LineMeter
{
    const string Name = "OrleansGov.Line";

    // One span per call; its request id names the call in LINE's logs.
    static readonly ActivitySource Source = new(Name);

    static readonly Meter Meter = new(Name);

    static readonly Histogram<double> Calls = Meter.CreateHistogram("orleansgov.line.call.duration", "s", "Calls to LINE by endpoint and outcome, waiting for our own budget included.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });

    static readonly Histogram<double> Waits = Meter.CreateHistogram("orleansgov.line.budget.wait", "s", "Calls that had to wait so that LINE's rate limit is kept.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 60] });

    // Made once: a name is needed at every call.
    static readonly string[] Endpoints = [.. Enum.GetNames<LineEndpoint>().Select(Snake)];
    static readonly string[] Spans = [.. Endpoints.Select(e => $"LINE {e}")];
    static readonly string[] Outcomes = [.. Enum.GetNames<SendOutcome>().Select(Snake)];

    public static Activity? Start(LineEndpoint endpoint) => Source.StartActivity(Spans[(int)endpoint], ActivityKind.Client);

    public static void Called(Activity? span, string channel, LineEndpoint endpoint, SendResult result, long started) =>
        Called(span, channel, endpoint, result.Outcome, span is null ? null : RequestIdOf(result), started);

    public static void Called(Activity? span, string channel, LineEndpoint endpoint, HttpResponseMessage response, long started) =>
        Called(span, channel, endpoint, response.IsSuccessStatusCode ? SendOutcome.Accepted : (int)response.StatusCode >= 500 ? SendOutcome.ServerError : LineHttp.OutcomeOf((int)response.StatusCode, ""), response.RequestId(), started);

    public static void Called(Activity? span, string channel, LineEndpoint endpoint, SendOutcome result, string? requestId, long started)
    {
        var outcome = Outcomes[(int)result];
        Calls.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, new TagList { { "channel", channel }, { "endpoint", Endpoints[(int)endpoint] }, { "outcome", outcome } });
        span?.SetTag("channel", channel).SetTag("outcome", outcome).SetTag("line.request_id", requestId);
    }

    public static void Waited(string channel, LineEndpoint endpoint, TimeSpan wait) =>
        Waits.Record(wait.TotalSeconds, new TagList { { "channel", channel }, { "endpoint", Endpoints[(int)endpoint] } });

    static string? RequestIdOf(SendResult result) => result switch
    {
        SendResult.Accepted r => r.RequestId,
        SendResult.AcceptedEarlier r => r.RequestId,
        SendResult.Refused r => r.RequestId,
        SendResult.ServerError r => r.RequestId,
        _ => null,
    };

    static string Snake(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
