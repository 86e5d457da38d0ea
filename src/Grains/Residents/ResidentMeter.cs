using System.Diagnostics;
using System.Diagnostics.Metrics;
using OrleansGov.Line;

namespace OrleansGov.Grains;

/// <summary>
/// How residents' turns and answers go. Labels are names of configuration and packs (channel, town, procedure, step): as many series as the
/// office has questions, however many residents there are.
/// </summary>
internal static class ResidentMeter
{
    private static readonly Meter Meter = new("OrleansGov.Grains");

    private static readonly Histogram<double> Turns = Meter.CreateHistogram("orleansgov.turn.duration", "s", "An event's turn in its grain, until it is durable.",
        advice: Seconds(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5));

    private static readonly Histogram<double> Replies = Meter.CreateHistogram("orleansgov.reply.duration", "s", "From the webhook to LINE's acceptance of the reply.",
        advice: Seconds(0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 50));

    private static readonly Histogram<double> Pushes = Meter.CreateHistogram("orleansgov.push.duration", "s", "From the decision to say something to LINE's acceptance of the push.",
        advice: Seconds(0.01, 0.05, 0.1, 0.5, 1, 5, 30, 60, 300, 900, 3600, 21600, 86400));

    private static readonly Counter<long> Repeats = Meter.CreateCounter<long>("orleansgov.turn.repeats", "{event}", "Events dropped because their id had been dealt with.");

    private static readonly Counter<long> Answers = Meter.CreateCounter<long>("orleansgov.outbox.finished", "{answer}", "Answers that left the outbox, by what became of them.");

    private static readonly Counter<long> Steps = Meter.CreateCounter<long>("orleansgov.procedure.answers", "{answer}", "Questions answered, and answers that could not be read (missed).");

    private static readonly Counter<long> Runs = Meter.CreateCounter<long>("orleansgov.procedure.runs", "{run}", "Procedures started, completed, amended, cancelled, expired, suspended, resumed.");

    private static readonly Counter<long> Abandoned = Meter.CreateCounter<long>("orleansgov.procedure.abandoned", "{run}", "Procedures cancelled or expired, by the question they stopped at.");

    private static readonly Histogram<double> AnswerTimes = Meter.CreateHistogram("orleansgov.procedure.answer.duration", "s", "From a question to its answer.",
        advice: Seconds(1, 2.5, 5, 10, 20, 30, 60, 120, 300, 900, 3600));

    private static readonly Histogram<double> RunTimes = Meter.CreateHistogram("orleansgov.procedure.run.duration", "s", "From the first question to the receipt.",
        advice: Seconds(15, 30, 45, 60, 90, 120, 180, 300, 600, 1800, 3600, 86400));

    private static readonly UpDownCounter<long> Awake = Meter.CreateUpDownCounter<long>("orleansgov.residents.active", "{resident}", "Residents in memory.");

    public static void WokeUp() => Awake.Add(1);

    public static void FellAsleep() => Awake.Add(-1);

    public static void Repeated(string channel) => Repeats.Add(1, new KeyValuePair<string, object?>("channel", channel));

    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("orleansgov.engine.failures", "{message}", "Messages at which the engine failed; a person was called.");

    public static void EngineFailed(string channel) => Failures.Add(1, new KeyValuePair<string, object?>("channel", channel));

    /// <summary>An event's turn is durable.</summary>
    public static void Took(string channel, string town, Turn turn, long started)
    {
        Turns.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("channel", channel));
        Happened(town, turn);
    }

    /// <summary>What a durable turn said of a procedure; null = no turn came of it.</summary>
    public static void Happened(string town, Turn? turn)
    {
        if (turn is null) return;
        foreach (var happening in turn.Happenings)
        {
            if (happening.ProcedureId is not { } procedure) continue;
            switch (happening.What)
            {
                case "step-answered":
                    var step = new TagList { { "town", town }, { "procedure", procedure }, { "step", happening.Step } };
                    if (happening.Milliseconds is { } thought) AnswerTimes.Record(thought / 1000d, step);
                    step.Add("outcome", "answered");
                    Steps.Add(1, step);
                    break;
                case "step-missed":
                    Steps.Add(1, new TagList { { "town", town }, { "procedure", procedure }, { "step", happening.Step }, { "outcome", "missed" } });
                    break;
                case ['r', 'u', 'n', '-', .. var outcome]:
                    Runs.Add(1, new TagList { { "town", town }, { "procedure", procedure }, { "outcome", outcome } });
                    if (outcome is "cancelled" or "expired") Abandoned.Add(1, new TagList { { "town", town }, { "procedure", procedure }, { "step", happening.Step ?? "" } });
                    if (outcome is "completed" && happening.Milliseconds is { } all) RunTimes.Record(all / 1000d, new TagList { { "town", town }, { "procedure", procedure } });
                    break;
            }
        }
    }

    /// <summary>LINE accepted an answer.</summary>
    public static void Accepted(string channel, OutboxEntry entry, DateTimeOffset now)
    {
        if (entry.Reply is { } chance) Replies.Record((now - chance.ReceivedAt).TotalSeconds, new KeyValuePair<string, object?>("channel", channel));
        else Pushes.Record((now - entry.At).TotalSeconds, new KeyValuePair<string, object?>("channel", channel));
    }

    /// <param name="outcome">sent, dropped, given_up, overtaken (somebody else speaks now), unreachable.</param>
    public static void Finished(string channel, string outcome) => Answers.Add(1, new TagList { { "channel", channel }, { "outcome", outcome } });

    private static InstrumentAdvice<double> Seconds(params double[] bounds) => new() { HistogramBucketBoundaries = bounds };
}
