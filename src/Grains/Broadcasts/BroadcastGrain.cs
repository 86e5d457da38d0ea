using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using OrleansGov.Line;

namespace OrleansGov.Grains;

/// <summary>
/// One broadcast. Everything it does it can be killed in: the audience is durable before anything is sent, a page's retry key before its first call, and what
/// was on its way when somebody died is asked again with the same key. Work goes on between turns; every change goes through <see cref="Change"/>, one at a time.
/// </summary>
public sealed class BroadcastGrain(
    [PersistentState("broadcast", StorageNames.Hot)] IPersistentState<BroadcastState> state,
    BroadcastServices services,
    ILogger<BroadcastGrain> log) : Grain, IBroadcastGrain
{
    private static readonly TimeSpan Awake = TimeSpan.FromMinutes(10); // longer than a step can take

    private readonly BackgroundPump _work = new(log);
    private readonly BackgroundPump _handOver = new(log);
    private AudienceFreezer _freezer = null!;
    private PageCaller _caller = null!;
    private Task _writing = Task.CompletedTask;
    private bool _failed; // a write that failed: memory holds what the disk does not
    private int _marks, _marksStored; // "handed over" rides with the next write; counted, since it may come in the middle of one
    private long _durableFacts;
    private FactBody? _told; // the latest fact says everything: what has not changed since need not be said again

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _freezer = new AudienceFreezer(GrainFactory, services, Key);
        _caller = new PageCaller(GrainFactory, services, Key);
        _durableFacts = state.State.Facts.Seq;
        return Task.CompletedTask;
    }

    public async Task<BroadcastStanding> Draft(BroadcastDraft draft)
    {
        if (state.State.Draft is null)
        {
            var words = draft.Title is null ? draft.Text : $"【{draft.Title}】\n{draft.Text}";
            await Change(s => s with { Draft = draft, Messages = MessageRenderer.Render([new Say.Words(words)], services.Context).Json, Revision = 1 });
        }

        return Standing()!;
    }

    public Task<BroadcastStanding?> Look() => Task.FromResult(Standing());

    public async Task<BroadcastAnswer> Start(int revision, string by)
    {
        if (Refusal(BroadcastLifecycle.Trigger.Start, revision) is { } refusal) return refusal;
        await using (var records = services.Records.Read())
        {
            var audience = await records.CountAudienceAsync(BroadcastKey.Split(Key).Town, state.State.Draft!.Channel);
            if (audience > services.Options.MostRecipients) return new(BroadcastVerdict.OverCap, Standing()) { Audience = audience };
        }

        await Change(s => s with { Stage = BroadcastLifecycle.After(s.Stage, BroadcastLifecycle.Trigger.Start), Revision = s.Revision + 1, StartedBy = by, StartedAt = services.Clock.GetUtcNow() });
        Work();
        return new(BroadcastVerdict.Done, Standing());
    }

    public async Task<BroadcastAnswer> Stop(int revision, string by)
    {
        if (state.State.Stage is BroadcastStage.Stopping or BroadcastStage.Stopped) return new(BroadcastVerdict.Done, Standing()); // pressed twice
        if (Refusal(BroadcastLifecycle.Trigger.Stop, revision) is { } refusal) return refusal;
        await Change(s => !BroadcastLifecycle.Allows(s.Stage, BroadcastLifecycle.Trigger.Stop) ? s : s with // it may have come to its end meanwhile
        {
            Stage = BroadcastLifecycle.After(s.Stage, BroadcastLifecycle.Trigger.Stop), Revision = s.Revision + 1, StoppedBy = by, Reason = null, WaitsUntil = null,
            EndedAt = s.Stage == BroadcastStage.Freezing ? services.Clock.GetUtcNow() : null,
        });
        if (state.State.Stage is not (BroadcastStage.Stopping or BroadcastStage.Stopped)) return new(BroadcastVerdict.Illegal, Standing());
        Work();
        return new(BroadcastVerdict.Done, Standing());
    }

    public async Task Wake()
    {
        if (_marks != _marksStored && !_handOver.IsRunning && !_work.IsRunning) await Change(s => s);
        Work();
        HandOver();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        await Task.WhenAll(_work.Finish(), _handOver.Finish());

    private BroadcastAnswer? Refusal(BroadcastLifecycle.Trigger wish, int revision) =>
        state.State.Draft is null ? new(BroadcastVerdict.Unknown, null)
        : !BroadcastLifecycle.Allows(state.State.Stage, wish) ? new(BroadcastVerdict.Illegal, Standing())
        : state.State.Revision != revision ? new(BroadcastVerdict.Stale, Standing())
        : null;

    private void Work()
    {
        if (state.State.Draft is not null && state.State.Stage != BroadcastStage.Draft) _work.Run(GoOn);
    }

    /// <summary>As far as it goes now; what has to wait is woken by <see cref="BroadcastState.NextDue"/>.</summary>
    private async Task GoOn()
    {
        while (state.State.Stage == BroadcastStage.Freezing && !_work.IsEnding)
        {
            DelayDeactivation(Awake);
            await Change(await _freezer.FreezeSome(state.State));
        }

        await Send();
        if (BroadcastLifecycle.IsOver(state.State.Stage) && !state.State.TornUp && !_work.IsEnding)
        {
            await _freezer.TearUp(state.State);
            await Change(s => s with { TornUp = true });
        }
    }

    private async Task Send()
    {
        PageOutcome[] outcomes = [];
        var found = true; // what a state just found has on its way is not on its way from here
        while (state.State.Stage is BroadcastStage.Sending or BroadcastStage.Held or BroadcastStage.Stopping)
        {
            DelayDeactivation(Awake);
            var now = services.Clock.GetUtcNow();
            var (chance, atOnce) = (Random.Shared.NextDouble(), _work.IsEnding ? 0 : services.Options.AtOnce); // going: only what came of the last calls is noted
            BroadcastState Base(BroadcastState s) => found ? BroadcastSteps.Recover(s) : s;

            // Looked ahead without storing anything: what will be called must be ready before it is said to be called.
            var (ahead, due) = BroadcastSteps.Step(Base(state.State), outcomes, [], now, atOnce, chance);
            var begun = await Task.WhenAll(Enumerable.Range(ahead.NextChunk, BroadcastSteps.Room(ahead, now, atOnce)).Select(n => _caller.Begin(ahead, n)));
            foreach (var page in due) await _caller.Prepare(ahead, page);

            ImmutableList<BroadcastPage> calls = [];
            await Change(s =>
            {
                (var next, calls) = BroadcastSteps.Step(Base(s), outcomes, begun, now, atOnce, chance);
                return next;
            });
            found = false;
            _caller.Forget(state.State);
            Tell();
            if (calls.IsEmpty && (state.State.Stage != BroadcastStage.Sending || state.State.WaitsUntil is not null || atOnce == 0)) return;
            outcomes = await Task.WhenAll(calls.Select(page => _caller.Call(state.State, page)));
        }
    }

    private void Tell()
    {
        if (state.State is { Stage: BroadcastStage.Held or BroadcastStage.Failed } stuck)
            log.LogError("Broadcast {Key} does not go on: {Stage}, {Reason}", Key, stuck.Stage, stuck.Reason);
    }

    private async Task Change(Func<BroadcastState, BroadcastState> change)
    {
        while (!_writing.IsCompleted) await _writing.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        await (_writing = Write(change(state.State)));
    }

    private async Task Write(BroadcastState next)
    {
        if (_failed) throw new InvalidOperationException($"{Key} could not be stored; the next activation goes on.");
        _failed = true;
        var now = services.Clock.GetUtcNow();
        next = next with { ChangedAt = now };
        if (BroadcastFacts.Of(next, Key) is { } fact && fact != _told) next = next with { Facts = BroadcastFacts.Add(next.Facts, Key, now, _told = fact) };
        var marks = _marks;
        await state.Write(next, this);
        (_failed, _marksStored) = (false, marks);
        _durableFacts = next.Facts.Seq;
        HandOver();
    }

    private void HandOver() => _handOver.Run(async () =>
    {
        while (!_failed && state.State.Facts.Waiting.FindAll(f => f.Seq <= _durableFacts) is { IsEmpty: false } waiting)
        {
            await services.Records.AppendAsync(waiting);
            state.State = state.State with { Facts = state.State.Facts.HandedOver(waiting[^1].Seq) };
            _marks++;
        }
    });

    private BroadcastStanding? Standing() => state.State is { Draft: { } draft } s
        ? new(BroadcastKey.Split(Key).Id, draft, s.Stage, s.Revision, s.Tally)
        {
            Audience = s.Audience, StartedBy = s.StartedBy, StartedAt = s.StartedAt, SendingAt = s.SendingAt, StoppedBy = s.StoppedBy, EndedAt = s.EndedAt,
            Reason = s.Reason, TryAgainAt = s.WaitsUntil,
        }
        : null;
}
