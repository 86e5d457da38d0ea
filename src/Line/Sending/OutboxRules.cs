namespace OrleansGov.Line;

/// <summary>How an entry goes to LINE. Everything with a retry key (push, multicast, broadcast) follows the push column.</summary>
public enum SendRoute { Reply, Push }

/// <summary>Everything the decision depends on.</summary>
/// <param name="TokenArrivedAt">When our door took the event the reply token came with; required for replies.</param>
/// <param name="History">Of the present route.</param>
public sealed record OutboxFacts(SendRoute Route, Importance Importance, DateTimeOffset? TokenArrivedAt, SendHistory History);

/// <summary>
/// The one place that decides what a result from LINE means (LINE reference, Status codes and Retrying an API request; our reply rules).
/// Two asymmetries rule it: a push may be repeated safely for a day thanks to its key, a reply only while its token lives; and a reply whose
/// answer got lost may have been said, so what matters is pushed in words that survive being read twice and what does not is left.
/// </summary>
public static class OutboxRules
{
    /// <summary>LINE promises a minute; the rest is the way there.</summary>
    public static readonly TimeSpan ReplyWindow = TimeSpan.FromSeconds(50);

    /// <summary>LINE forgets a retry key after 24 hours.</summary>
    public static readonly TimeSpan KeyLife = TimeSpan.FromHours(23);

    static readonly TimeSpan RepliesAgainstRate = TimeSpan.FromSeconds(30);
    const int RateTriesOfAReply = 3;

    /// <summary>Decides. Pure: the same facts, time and chance give the same answer.</summary>
    /// <param name="chance">0–1, spreads retries by ± 20 %; 0.5 = no spread.</param>
    public static OutboxDecision Next(OutboxFacts facts, DateTimeOffset now, double chance = 0.5) =>
        facts.Route == SendRoute.Reply ? Reply(facts, now, chance) : Push(facts.History, now, chance);

    static OutboxDecision Push(SendHistory h, DateTimeOffset now, double chance) => h.Last switch
    {
        SendOutcome.Accepted or SendOutcome.AcceptedEarlier => new OutboxDecision.Done(),
        SendOutcome.FailedToSend => new OutboxDecision.GiveUp(GiveUpReason.RecipientUnknown),
        SendOutcome.MonthlyLimit => new OutboxDecision.Hold(HoldReason.MonthlyLimit, Earlier(now.AddHours(1), NextMonth(now))),
        SendOutcome.None => InTime(h, now, new OutboxDecision.SendNow()),
        SendOutcome.Unauthorized => Unauthorized(h, now, InTime(h, now, new OutboxDecision.RetryAt(now))),
        SendOutcome.RateLimited => InTime(h, now, new OutboxDecision.RetryAt(now + BackOff(h.RateLimited, 60, chance), WholeBucket: true)),
        SendOutcome.ServerError or SendOutcome.Unknown or SendOutcome.NotSent => InTime(h, now, new OutboxDecision.RetryAt(now + BackOff(h.Doubtful + h.NotSent, 300, chance))),
        _ => Refused(h.Last),
    };

    static OutboxDecision Reply(OutboxFacts facts, DateTimeOffset now, double chance)
    {
        var h = facts.History;
        var arrived = facts.TokenArrivedAt ?? throw new InvalidOperationException("A reply needs to know when its token arrived.");
        return h.Last switch
        {
            SendOutcome.Accepted => new OutboxDecision.Done(),
            SendOutcome.None => Young(now) ? new OutboxDecision.SendNow() : Instead(),
            // First attempt with a dead token: it is certain that nothing was said, so even chatter may be pushed.
            SendOutcome.InvalidReplyToken => Instead(),
            SendOutcome.Unauthorized => Unauthorized(h, now, While(now)),
            SendOutcome.RateLimited or SendOutcome.MonthlyLimit => AgainstRate(),
            // A token works once, so the same reply again cannot speak twice.
            SendOutcome.ServerError or SendOutcome.Unknown => h.Doubtful < 2 ? new OutboxDecision.RetryAt(now) : Instead(),
            SendOutcome.NotSent => While(now + BackOff(h.NotSent, 300, chance)),
            _ => Refused(h.Last),
        };

        bool Young(DateTimeOffset at) => at - arrived < ReplyWindow;

        OutboxDecision While(DateTimeOffset at) => Young(at) ? new OutboxDecision.RetryAt(at) : Instead();

        OutboxDecision AgainstRate()
        {
            var at = now + BackOff(h.RateLimited, 60, chance);
            return h.RateLimited < RateTriesOfAReply && at - (h.FirstAttemptAt ?? now) < RepliesAgainstRate && Young(at) ? new OutboxDecision.RetryAt(at, WholeBucket: true) : Instead();
        }

        // After a doubt nobody can know whether it was said.
        OutboxDecision Instead() => h.Doubtful > 0 && facts.Importance == Importance.Chatter ? new OutboxDecision.Drop() : new OutboxDecision.SwitchToPush();
    }

    static OutboxDecision Refused(SendOutcome last) => new OutboxDecision.GiveUp(last switch
    {
        SendOutcome.Forbidden or SendOutcome.NotFound => GiveUpReason.NotAllowed,
        SendOutcome.Redirect => GiveUpReason.Unintelligible,
        _ => GiveUpReason.OurBug,
    });

    // The first 401 invalidated the cached token; the second says that a fresh one is refused too.
    static OutboxDecision Unauthorized(SendHistory h, DateTimeOffset now, OutboxDecision again) =>
        h.Unauthorized < 2 ? again : new OutboxDecision.Hold(HoldReason.ChannelPaused, now.AddMinutes(5));

    // Only a doubt makes the key's age dangerous: a refused or unsent request left no trace at LINE.
    static OutboxDecision InTime(SendHistory h, DateTimeOffset now, OutboxDecision next) =>
        h.Doubtful > 0 && now - h.FirstAttemptAt >= KeyLife ? new OutboxDecision.GiveUp(GiveUpReason.KeyExpires) : next;

    /// <summary>1, 2, 4 … seconds up to <paramref name="most"/>, ± 20 %.</summary>
    static TimeSpan BackOff(int times, int most, double chance) =>
        TimeSpan.FromMilliseconds((long)Math.Round(1000 * Math.Min(most, Math.Pow(2, Math.Clamp(times - 1, 0, 30))) * (0.8 + 0.4 * chance)));

    // LINE does not say in which zone a quota's month ends; Japan's is our choice.
    static DateTimeOffset NextMonth(DateTimeOffset now)
    {
        var japan = now.ToOffset(TimeSpan.FromHours(9));
        return new DateTimeOffset(japan.Year, japan.Month, 1, 0, 0, 0, japan.Offset).AddMonths(1);
    }

    static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
