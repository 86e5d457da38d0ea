using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using OrleansGov.Line;

namespace OrleansGov.Grains;

/// <summary>
/// Sends one outbox entry as far as it goes now. What a result of LINE means is <see cref="OutboxRules"/>' decision alone; this class does
/// what was decided and returns what is left of the entry.
/// </summary>
/// <param name="uncertainUpTo">Entries up to this number were found in a stored state: they may have been sent before the process died, so their fate is unknown.</param>
internal sealed class OutboxSender(ResidentServices services, ILogger log, string channel, long uncertainUpTo)
{
    private static readonly Say.Words Apology = new("申し訳ありません。うまく表示できませんでした。お手数ですが、もう一度送ってください。");

    /// <summary>Ends of an entry.</summary>
    public const string Sent = "sent", Overtaken = "overtaken", Unreachable = "unreachable", Dropped = "dropped", GivenUp = "given_up", Unknown = "unknown";

    /// <summary>What is left of an entry: to try again at its <see cref="OutboxEntry.NotBefore"/>, or its end.</summary>
    /// <param name="Detail">LINE's own words for a failure.</param>
    public sealed record Result(OutboxEntry? Left, string Outcome, string? Detail = null);

    /// <param name="now">The state at this moment: whoever speaks may change while LINE is waited for.</param>
    public async Task<Result> Send(OutboxEntry entry, Func<ResidentState> now)
    {
        var result = await Attempt(entry, now);
        if (result.Left is null) WaitingAnswers.Remove(this);
        else WaitingAnswers.Keep(this, channel, result.Left, services.Clock);
        return result;
    }

    private async Task<Result> Attempt(OutboxEntry entry, Func<ResidentState> state)
    {

        var waited = entry.NotBefore is not null; // its pause is over: the next attempt is now, not another pause away
        if (entry.Seq <= uncertainUpTo && entry.History == SendHistory.None)
            (entry, waited) = (entry with { History = SendHistory.None.After(SendOutcome.Unknown, entry.At) }, true);
        if (entry.NotBefore is not null) entry = entry with { NotBefore = null, History = entry.Held ? entry.History.Released() : entry.History, Held = false };
        var more = false;
        string? detail = null;
        while (true)
        {
            var talk = state().Talk;
            if (entry.Epoch is { } epoch && epoch != talk.Control.Epoch)
            {
                log.LogInformation("An answer composed under epoch {Epoch} was not sent: epoch {Current} speaks", epoch, talk.Control.Epoch);
                return Finished(Overtaken);
            }

            if (entry.Reply is null && !talk.Reachable) return Finished(Unreachable); // blocked: LINE would say 200 and deliver nothing
            var now = services.Clock.GetUtcNow();
            var facts = new OutboxFacts(entry.Reply is null ? SendRoute.Push : SendRoute.Reply, entry.Importance, entry.Reply?.ReceivedAt, entry.History);
            switch (OutboxRules.Next(facts, now, Random.Shared.NextDouble()))
            {
                case OutboxDecision.SendNow:
                case OutboxDecision.RetryAt { At: var at } when waited || at <= now:
                    waited = false;
                    if (state().LineUserId is not { } to) return Finished(Dropped); // erased meanwhile
                    (var outcome, more, detail) = await services.Line.Send(channel, to, entry);
                    entry = entry with { History = entry.History.After(outcome, now) };
                    break;
                case OutboxDecision.RetryAt later:
                    return new(entry with { NotBefore = later.At }, "");
                case OutboxDecision.SwitchToPush:
                    entry = entry with { Reply = null, History = SendHistory.None };
                    break;
                case OutboxDecision.Done:
                    ResidentMeter.Accepted(channel, entry, services.Clock.GetUtcNow());
                    WaitingAnswers.Release(channel, reply: entry.Reply is not null);
                    if (!more) return Finished(Sent);
                    entry = entry with { Part = entry.Part + 1, RetryKey = KeyOfPart(entry), Reply = null, History = SendHistory.None };
                    break;
                case OutboxDecision.Drop:
                    log.LogInformation("An answer of unknown fate is not repeated; the question comes again with the next word");
                    return Finished(Dropped);
                case OutboxDecision.Hold { Reason: HoldReason.MonthlyLimit } when entry.By is not null:
                    return Finished(GivenUp, "monthly-limit"); // a person must know now, not next month
                case OutboxDecision.Hold hold:
                    log.LogError("Channel {Channel} holds its sends: {Reason}", channel, hold.Reason);
                    WaitingAnswers.Holding(channel, hold.Reason, hold.LookAgainAt, services.Clock);
                    return new(entry with { NotBefore = hold.LookAgainAt, Held = true }, "");
                case OutboxDecision.GiveUp { MayApologise: true } when entry.By is null && (entry.Says is not [Say.Words { Text: var text }] || text != Apology.Text):
                    log.LogError("LINE refused a message of channel {Channel} as malformed; an apology is sent instead", channel);
                    entry = entry with { Says = [Apology], RetryKey = KeyOfPart(entry), Part = 0, History = SendHistory.None };
                    break;
                case OutboxDecision.GiveUp giveUp:
                    if (giveUp.Alarm) log.LogError("A message of channel {Channel} was given up: {Reason}", channel, giveUp.Reason);
                    return Finished(giveUp.Reason == GiveUpReason.KeyExpires ? Unknown : GivenUp, detail ?? $"{giveUp.Reason}");
            }
        }
    }

    private Result Finished(string outcome, string? detail = null)
    {
        ResidentMeter.Finished(channel, outcome);
        return new(null, outcome, detail);
    }

    // derived, so that a repeat after a crash uses the same key
    private static Guid KeyOfPart(OutboxEntry entry) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{entry.RetryKey}/{entry.Part + 1}")).AsSpan(0, 16));
}
