namespace OrleansGov.Contracts;

/// <summary>
/// One Idempotency-Key of one caller to one route: the first call with it runs, its answer is kept for a day and given again. Key: <see cref="IdempotencyKey"/>.
/// </summary>
[Alias("idempotency")]
public interface IIdempotencyGrain : IWakeable
{
    /// <summary>Asks to run. Durable before it returns <see cref="ClaimKind.Run"/>.</summary>
    /// <param name="fingerprint">Hash of what is asked for.</param>
    [Alias("claim")]
    Task<IdempotencyClaim> Claim(string fingerprint);

    /// <summary>Keeps the answer; returns when it is durable.</summary>
    [Alias("answer")]
    Task Answer(KeptAnswer answer);

    /// <summary>The call is over without an answer to keep: it may be made again.</summary>
    /// <param name="undone">It was refused and has done nothing, so the key may be used for anything; else only for the same, with the same operation id.</param>
    [Alias("release")]
    Task Release(bool undone);
}

/// <summary>What a call with an Idempotency-Key may do.</summary>
/// <param name="OperationId">Born with the first claim and the same for every run under it, so that what is made can be found again after a crash.</param>
/// <param name="Answer">With <see cref="ClaimKind.Replay"/>.</param>
[GenerateSerializer, Immutable, Alias("idempotency-claim")]
public sealed record IdempotencyClaim(ClaimKind Kind, Guid OperationId, KeptAnswer? Answer);

public enum ClaimKind
{
    /// <summary>Run, then <see cref="IIdempotencyGrain.Answer"/> or <see cref="IIdempotencyGrain.Release"/>.</summary>
    Run,

    /// <summary>It has run: give its answer again.</summary>
    Replay,

    /// <summary>It is running now.</summary>
    InProgress,

    /// <summary>The key was used for something else.</summary>
    Reused,
}

/// <summary>An answer as it left.</summary>
[GenerateSerializer, Immutable, Alias("kept-answer")]
public sealed record KeptAnswer(int Status, string? ContentType, string? Location, string? ETag, string Body);
