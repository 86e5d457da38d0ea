using Orleans.Runtime;

namespace OrleansGov.Grains;

/// <summary>
/// One Idempotency-Key. That the call runs now is known in memory only: when its server dies the key is free at once, and the same operation id leads the
/// repeat to what the first run has made.
/// </summary>
public sealed class IdempotencyGrain([PersistentState("idempotency", StorageNames.Hot)] IPersistentState<IdempotencyState> state, TimeProvider clock) : Grain, IIdempotencyGrain
{
    /// <summary>A run that says nothing for so long is taken for dead.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(1);

    private DateTimeOffset? _runningSince;

    public async Task<IdempotencyClaim> Claim(string fingerprint)
    {
        var now = clock.GetUtcNow();
        if (state.State is { Fingerprint: { } known } kept && now < kept.NextDue)
        {
            if (known != fingerprint) return new(ClaimKind.Reused, kept.OperationId, null);
            if (kept.Answer is { } answer) return new(ClaimKind.Replay, kept.OperationId, answer);
            if (now - _runningSince < LongestRun) return new(ClaimKind.InProgress, kept.OperationId, null);
        }
        else await state.Write(new IdempotencyState { Fingerprint = fingerprint, OperationId = Guid.NewGuid(), BegunAt = now }, this);

        _runningSince = now;
        return new(ClaimKind.Run, state.State.OperationId, null);
    }

    public async Task Answer(KeptAnswer answer)
    {
        _runningSince = null;
        await state.Write(state.State with { Answer = answer }, this);
    }

    public Task Release(bool undone)
    {
        _runningSince = null;
        return undone && state.RecordExists ? state.ClearStateAsync() : Task.CompletedTask;
    }

    public Task Wake() => clock.GetUtcNow() < state.State.NextDue ? Task.CompletedTask : Release(undone: true);
}

/// <summary>A claim, and the answer once there is one.</summary>
[GenerateSerializer, Alias("idempotency-state")]
public sealed record IdempotencyState : IDue
{
    /// <summary>How long a key is remembered: the life of LINE's own retry keys.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    [Id(0)] public string? Fingerprint { get; init; }
    [Id(1)] public Guid OperationId { get; init; }
    [Id(2)] public DateTimeOffset BegunAt { get; init; }
    [Id(3)] public KeptAnswer? Answer { get; init; }

    public DateTimeOffset? NextDue => Fingerprint is null ? null : BegunAt + Life;
}
