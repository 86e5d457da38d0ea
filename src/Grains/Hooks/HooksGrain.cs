using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using OrleansGov.Gateways;

namespace OrleansGov.Grains;

/// <summary>
/// Reads the feed and tells the town's integrators. What is to be told is durable before anybody is called; an attempt that was not noted is made again
/// under the same id. Calls happen between turns.
/// </summary>
public sealed class HooksGrain(
    [PersistentState("hooks", StorageNames.Hot)] IPersistentState<HooksState> state, RecordsStore records, HookCaller caller, PseudonymKey key, TimeProvider clock, ILogger<HooksGrain> log) : Grain, IHooksGrain
{
    private const int Batch = 500;
    private const int AtOnce = 8;

    private readonly BackgroundPump _work = new(log);
    private Task _writing = Task.CompletedTask;

    private string Town => HooksKey.Town(this.GetPrimaryKeyString());

    public Task<ImmutableList<HookEndpoint>> List() => Task.FromResult<ImmutableList<HookEndpoint>>([.. state.State.Endpoints.Select(h => h.Endpoint)]);

    public async Task<HookSecret?> Add(HookDraft draft)
    {
        if (state.State.Endpoints.Count >= HookSteps.MostEndpoints) return null;
        var secret = HookSignature.MakeSecret();
        var endpoint = new HookEndpoint(
            $"hook_{Guid.NewGuid():N}", draft.Url, draft.Types, draft.Departments, draft.Contact, 1, null, clock.GetUtcNow(), draft.By, null, null);
        var head = await Head();
        await Change(s => s with
        {
            Endpoints = s.Endpoints.Add(new(endpoint, SealedSecret.Seal(key, secret), null, 0, null)),
            Cursor = s.Endpoints.IsEmpty ? head : s.Cursor,
        });
        return new(endpoint, secret);
    }

    public async Task<HookVerdict> Change(string id, int revision, HookDraft draft, bool isOn)
    {
        if (Find(id) is not { } hook) return HookVerdict.Unknown;
        if (hook.Endpoint.Revision != revision) return HookVerdict.Stale;
        var changed = hook with
        {
            Endpoint = hook.Endpoint with { Url = draft.Url, Types = draft.Types, Departments = draft.Departments, Contact = draft.Contact, Revision = revision + 1, OffBecause = null },
        };
        await Change(s => !isOn ? HookSteps.SwitchOff(s, changed with { Endpoint = changed.Endpoint with { Revision = revision } }, "asked")
            : HookSteps.With(s, hook.Endpoint.OffBecause is null ? changed : changed with { Failures = 0, RestsUntil = null, Endpoint = changed.Endpoint with { FailingSince = null } }));
        return HookVerdict.Done;
    }

    public async Task<HookVerdict> Remove(string id, int revision)
    {
        if (Find(id) is not { } hook) return HookVerdict.Unknown;
        if (hook.Endpoint.Revision != revision) return HookVerdict.Stale;
        await Change(s => s with
        {
            Endpoints = s.Endpoints.RemoveAll(h => h.Endpoint.Id == id), Waiting = s.Waiting.RemoveAll(d => d.Endpoint == id), Over = s.Over.RemoveAll(d => d.Endpoint == id),
        });
        return HookVerdict.Done;
    }

    public async Task<HookSecret?> Rotate(string id)
    {
        if (Find(id) is not { } hook) return null;
        var secret = HookSignature.MakeSecret();
        var endpoint = hook.Endpoint with { OldSecretUntil = clock.GetUtcNow() + HookSteps.Rotation, Revision = hook.Endpoint.Revision + 1 };
        await Change(s => HookSteps.With(s, hook with { Endpoint = endpoint, Secret = SealedSecret.Seal(key, secret), OldSecret = hook.Secret }));
        return new(endpoint, secret);
    }

    public Task<ImmutableList<HookDelivery>?> Deliveries(string id, long? before, int limit) => Task.FromResult<ImmutableList<HookDelivery>?>(Find(id) is null ? null :
        [.. state.State.Waiting.Concat(state.State.Over).Where(d => d.Endpoint == id && (before is null || d.Number < before)).OrderByDescending(d => d.Number).Take(limit)]);

    public async Task<HookDelivery?> Redeliver(string id, long number)
    {
        if (Find(id) is null || state.State.Waiting.Concat(state.State.Over).FirstOrDefault(d => d.Endpoint == id && d.Number == number) is not { } old) return null;
        return await Send(id, old.Message, old.Type, old.Subject, old.Department, old.Reason, old.At);
    }

    public async Task<HookDelivery?> Test(string id) => Find(id) is null ? null : await Send(id, $"msg_test_{Guid.NewGuid():N}", HookBody.Test, id, null, null, clock.GetUtcNow());

    public Task Wake()
    {
        if (!state.State.Endpoints.IsEmpty) _work.Run(GoOn);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _work.Finish();

    // Asked for by a person who waits for the outcome: at once, whatever rests.
    private async Task<HookDelivery> Send(string id, string message, string type, string subject, string? department, string? reason, DateTimeOffset at)
    {
        var number = 0L;
        await Change(s =>
        {
            var queued = HookSteps.Queue(s, id, message, type, subject, department, reason, at);
            number = queued.LastNumber;
            return queued;
        });
        await Attempt([state.State.Waiting.Find(d => d.Number == number)!]);
        return state.State.Waiting.Concat(state.State.Over).First(d => d.Number == number);
    }

    private async Task GoOn()
    {
        await Read();
        while (!_work.IsEnding && HookSteps.Due(state.State, clock.GetUtcNow(), AtOnce) is { IsEmpty: false } due) await Attempt(due);
    }

    private async Task Read()
    {
        while (!_work.IsEnding)
        {
            await using var read = records.Read();
            var part = await read.ReadFeedAsync(Town, state.State.Cursor, Batch);
            if (part.Last == state.State.Cursor) return;
            List<(FeedRow Row, string? Reason)> news = [];
            foreach (var row in part.Items) news.Add((row, await Reason(read, row)));
            await Change(s =>
            {
                s = s with { Cursor = part.Last };
                // Longer away than the feed is kept: the integrators must look for themselves.
                if (!part.IsComplete) s = HookSteps.Tell(s, part.Last, HookBody.Missed, "", null, null, clock.GetUtcNow());
                return news.Aggregate(s, (t, n) => HookSteps.Tell(t, n.Row.Seq, n.Row.Type, n.Row.Subject, n.Row.Department, n.Reason, DateTimeOffset.FromUnixTimeMilliseconds(n.Row.At)));
            });
            if (part.Items.Count < Batch) return;
        }
    }

    private static async Task<string?> Reason(RecordsContext read, FeedRow row) => row.Type != FeedTypes.HandoffFailed ? null
        : await read.ControlChanges.Where(c => c.Conversation == row.Subject && c.At <= row.At && (c.Trigger == "withdraw" || c.Trigger == "maxWait"))
            .OrderByDescending(c => c.Seq).Select(c => c.Trigger).FirstOrDefaultAsync();

    private async Task Attempt(ImmutableList<HookDelivery> deliveries)
    {
        var now = clock.GetUtcNow();
        var answers = await Task.WhenAll(deliveries.Select(async d => (d.Number, Answer: await Call(d, now))));
        List<string> off = [];
        await Change(s =>
        {
            var next = answers.Aggregate(s, (t, a) => HookSteps.Note(t, a.Number, a.Answer, clock.GetUtcNow()));
            off = [.. next.Endpoints.Where(h => h.Endpoint.OffBecause == "failing").Select(h => h.Endpoint.Id).Except(s.Endpoints.Where(h => h.Endpoint.OffBecause is not null).Select(h => h.Endpoint.Id))];
            return next;
        });
        foreach (var endpoint in off)
        {
            log.LogWarning("Webhook endpoint {Endpoint} of {Town} has failed for three days and was switched off", endpoint, Town);
            await records.AuditAsync(new(clock.GetUtcNow(), Town, "system", "webhook-endpoint-switched-off", endpoint, "failing for three days"));
        }
    }

    private async Task<HookAnswer> Call(HookDelivery delivery, DateTimeOffset now)
    {
        if (Find(delivery.Endpoint) is not { } hook) return new(null, HookFault.Unreachable);
        List<string> secrets = [SealedSecret.Open(key, hook.Secret)];
        if (hook.OldSecret is { } old && now < hook.Endpoint.OldSecretUntil) secrets.Add(SealedSecret.Open(key, old));
        return await caller.PostAsync(new(hook.Endpoint.Url), delivery.Message, now.ToUnixTimeSeconds(), HookBody.Of(delivery), secrets, CancellationToken.None);
    }

    private async Task<long> Head()
    {
        await using var read = records.Read();
        return await read.FeedHeadAsync();
    }

    private KeptHook? Find(string id) => state.State.Endpoints.Find(h => h.Endpoint.Id == id);

    // One at a time: turns and the work between them both write.
    private async Task Change(Func<HooksState, HooksState> change)
    {
        while (!_writing.IsCompleted) await _writing.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        await (_writing = state.Write(change(state.State), this));
    }
}
