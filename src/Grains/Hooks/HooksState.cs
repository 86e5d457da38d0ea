namespace OrleansGov.Grains;

/// <summary>What a town's hooks must remember.</summary>
[GenerateSerializer, Alias("hooks-state")]
public sealed record HooksState : IDue
{
    [Id(0)] public ImmutableList<KeptHook> Endpoints { get; init; } = [];

    /// <summary>Up to here the feed has been read.</summary>
    [Id(1)] public long Cursor { get; init; }

    /// <summary>The oldest first.</summary>
    [Id(2)] public ImmutableList<HookDelivery> Waiting { get; init; } = [];

    /// <summary>Deliveries that are over, the oldest first; the oldest go when there are many.</summary>
    [Id(3)] public ImmutableList<HookDelivery> Over { get; init; } = [];

    [Id(4)] public long LastNumber { get; init; }

    public DateTimeOffset? NextDue => Waiting.IsEmpty ? null : Waiting.Select(w => Endpoints.Find(e => e.Endpoint.Id == w.Endpoint) is { RestsUntil: { } rest } && rest > w.NextAt ? rest : w.NextAt).Min();
}

/// <summary>An endpoint with what nobody is shown.</summary>
/// <param name="Secret">Sealed.</param>
/// <param name="OldSecret">Sealed; in force until <see cref="HookEndpoint.OldSecretUntil"/>.</param>
/// <param name="Failures">In a row.</param>
/// <param name="RestsUntil">It did not answer: nothing is tried before.</param>
[GenerateSerializer, Alias("kept-hook")]
public sealed record KeptHook(HookEndpoint Endpoint, string Secret, string? OldSecret, int Failures, DateTimeOffset? RestsUntil);
