using System.Security.Cryptography;
using System.Text;
using OrleansGov.Line;

namespace OrleansGov.Grains;

/// <summary>What became of one call.</summary>
/// <param name="Page">As it was called.</param>
/// <param name="MessageIsFine">After a refusal: LINE, asked about the message alone, had nothing against it, so the recipients are at fault.</param>
public sealed record PageOutcome(BroadcastPage Page, SendOutcome Outcome, DateTimeOffset StartedAt, bool MessageIsFine = false);

/// <summary>
/// How a broadcast goes on; pure. A step takes in what became of the last calls and says which come next; the grain stores the step before it makes them.
/// What an answer of LINE means is <see cref="OutboxRules"/>' decision; this is what a page does about it.
/// </summary>
public static class BroadcastSteps
{
    /// <summary>One step.</summary>
    /// <param name="outcomes">Of the calls of the step before.</param>
    /// <param name="begun">Pages of the next sheets, in order; at most <see cref="Room"/> of them are wanted.</param>
    /// <param name="chance">0–1, spreads retries.</param>
    /// <returns>What is to be stored, and the calls to make once it is.</returns>
    public static (BroadcastState Next, ImmutableList<BroadcastPage> Calls) Step(
        BroadcastState state, IEnumerable<PageOutcome> outcomes, IEnumerable<BroadcastPage> begun, DateTimeOffset now, int atOnce, double chance = 0.5)
    {
        OutboxDecision.Hold? hold = null;
        OutboxDecision.GiveUp? over = null;
        foreach (var outcome in outcomes) state = Take(state, outcome, now, chance, ref hold, ref over);
        if (state.Stage == BroadcastStage.Held && state.NotBefore <= now) state = LookAgain(state);
        if (state.Stage == BroadcastStage.Sending)
        {
            if (over is not null) state = End(LetGo(state), BroadcastLifecycle.Trigger.Fail, now) with { Reason = Why(over.Reason) };
            else if (hold is not null) state = Move(state, BroadcastLifecycle.Trigger.Hold) with { NotBefore = hold.LookAgainAt, Reason = Why(hold.Reason) };
        }

        if (state.Stage == BroadcastStage.Stopping) state = End(LetGo(state), BroadcastLifecycle.Trigger.Settled, now);
        if (state.Stage != BroadcastStage.Sending) return (state with { WaitsUntil = state.Stage == BroadcastStage.Held ? state.NotBefore : null }, []);

        foreach (var page in begun)
            if (page.Chunk == state.NextChunk) state = Begin(state, page);
        state = GiveUpTooOld(state, now);
        if (state.Pages.IsEmpty && state.NextChunk == state.Chunks) return (End(state, BroadcastLifecycle.Trigger.Finish, now) with { WaitsUntil = null }, []);

        var calls = Due(state, now).Take(atOnce).ToImmutableList();
        state = state with { Pages = state.Pages.ConvertAll(p => calls.Contains(p) ? p with { NotBefore = null, CallingSince = now } : p) };
        var waits = calls.IsEmpty && Room(state, now, atOnce) == 0;
        return (state with { WaitsUntil = waits ? state.NotBefore > now ? state.NotBefore : state.Pages.Min(p => p.NotBefore) : null }, calls);
    }

    /// <summary>How many sheets may be begun now, beside the pages that are open.</summary>
    public static int Room(BroadcastState state, DateTimeOffset now, int atOnce) =>
        state.Stage != BroadcastStage.Sending || state.NotBefore > now ? 0 : Math.Clamp(atOnce - state.Pages.Count, 0, state.Chunks - state.NextChunk);

    /// <summary>Open pages that may be called now.</summary>
    public static ImmutableList<BroadcastPage> Due(BroadcastState state, DateTimeOffset now) =>
        state.NotBefore > now ? [] : state.Pages.FindAll(p => p.NotBefore is null || p.NotBefore <= now);

    /// <summary>The state as found by somebody who has made none of its calls: what was on its way has an unknown fate and is asked again with its key.</summary>
    public static BroadcastState Recover(BroadcastState state) => state with
    {
        Pages = state.Pages.ConvertAll(p => p.CallingSince is { } since
            ? p with { CallingSince = null, NotBefore = null, History = p.History.After(SendOutcome.Unknown, since) }
            : p),
        WaitsUntil = state.Pages.Exists(p => p.CallingSince is not null) ? null : state.WaitsUntil,
    };

    private static BroadcastState Begin(BroadcastState state, BroadcastPage page) => state with
    {
        NextChunk = page.Chunk + 1,
        Tally = state.Tally with { Skipped = state.Tally.Skipped + page.Skips.Count },
        Pages = page.Recipients == 0 ? state.Pages : state.Pages.Add(page),
    };

    private static BroadcastState Take(BroadcastState state, PageOutcome outcome, DateTimeOffset now, double chance, ref OutboxDecision.Hold? hold, ref OutboxDecision.GiveUp? over)
    {
        if (state.Pages.Find(p => p.RetryKey == outcome.Page.RetryKey) is not { } open) return state;
        var page = open with { CallingSince = null, History = open.History.After(outcome.Outcome, outcome.StartedAt) };
        switch (Decide(page, now, chance))
        {
            case OutboxDecision.Done:
                return state with { Pages = state.Pages.Remove(open), Tally = state.Tally with { Sent = state.Tally.Sent + page.Recipients } };
            case OutboxDecision.RetryAt { WholeBucket: true } later:
                return state with { Pages = state.Pages.Replace(open, page), NotBefore = state.NotBefore > later.At ? state.NotBefore : later.At };
            case OutboxDecision.RetryAt later:
                return state with { Pages = state.Pages.Replace(open, page with { NotBefore = later.At }) };
            case OutboxDecision.Hold held:
                hold = held;
                return state with { Pages = state.Pages.Replace(open, page) };
            // An attempt before may have been accepted: other keys would go to the same people again.
            case OutboxDecision.GiveUp given when page.History.Doubtful > 0:
                if (given.Reason != GiveUpReason.KeyExpires && !outcome.MessageIsFine) over = given;
                return state with { Pages = state.Pages.Remove(open), Tally = state.Tally with { Uncertain = state.Tally.Uncertain + page.Recipients } };
            case OutboxDecision.GiveUp { Reason: GiveUpReason.RecipientUnknown or GiveUpReason.OurBug } when outcome.MessageIsFine && page.Recipients > 1:
                return state with { Pages = state.Pages.Remove(open).AddRange(Halves(page)) };
            case OutboxDecision.GiveUp given:
                if (!outcome.MessageIsFine) over = given;
                return state with { Pages = state.Pages.Remove(open), Tally = state.Tally with { Failed = state.Tally.Failed + page.Recipients } };
            default:
                throw new InvalidOperationException($"Page {page.Chunk}/{page.From} has no way on after {outcome.Outcome}.");
        }
    }

    private static OutboxDecision Decide(BroadcastPage page, DateTimeOffset now, double chance) =>
        OutboxRules.Next(new OutboxFacts(SendRoute.Push, Importance.MustArrive, null, page.History), now, chance);

    // While the channel was held, or the office closed, a key may have grown so old that LINE would take it for a new one.
    private static BroadcastState GiveUpTooOld(BroadcastState state, DateTimeOffset now)
    {
        var old = state.Pages.FindAll(p => Decide(p with { History = p.History.Released() }, now, 0.5) is OutboxDecision.GiveUp);
        return old.IsEmpty ? state : state with { Pages = state.Pages.RemoveRange(old), Tally = state.Tally with { Uncertain = state.Tally.Uncertain + old.Sum(p => p.Recipients) } };
    }

    // Other bytes and other keys: what was refused has left no trace at LINE. The keys are derived, so that a step worked out twice is the same step.
    private static IEnumerable<BroadcastPage> Halves(BroadcastPage page)
    {
        var middle = page.From + page.Count / 2;
        foreach (var (from, to) in ((int, int)[])[(page.From, middle), (middle, page.From + page.Count)])
        {
            var key = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{page.RetryKey}/{from}")).AsSpan(0, 16));
            var half = new BroadcastPage(page.Chunk, from, to - from, key) { Skips = page.Skips.FindAll(s => s >= from && s < to) };
            if (half.Recipients > 0) yield return half;
        }
    }

    // Whoever may have been written to is not written to again to find out.
    private static BroadcastState LetGo(BroadcastState state) => state with
    {
        Pages = [],
        Tally = state.Tally with { Uncertain = state.Tally.Uncertain + state.Pages.Where(p => p.History.Doubtful > 0).Sum(p => p.Recipients) },
    };

    private static BroadcastState LookAgain(BroadcastState state) => Move(state, BroadcastLifecycle.Trigger.LookAgain) with
    {
        NotBefore = null, Reason = null, Pages = state.Pages.ConvertAll(p => p with { History = p.History.Released() }),
    };

    private static BroadcastState End(BroadcastState state, BroadcastLifecycle.Trigger trigger, DateTimeOffset now) =>
        Move(state, trigger) with { EndedAt = now, NotBefore = null };

    private static BroadcastState Move(BroadcastState state, BroadcastLifecycle.Trigger trigger) => state with { Stage = BroadcastLifecycle.After(state.Stage, trigger) };

    private static string Why(HoldReason reason) => reason == HoldReason.MonthlyLimit ? "monthly-limit" : "channel-paused";

    private static string Why(GiveUpReason reason) => reason switch
    {
        GiveUpReason.NotAllowed => "not-allowed",
        GiveUpReason.Unintelligible => "unintelligible",
        _ => "message-refused",
    };
}
