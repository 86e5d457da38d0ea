namespace OrleansGov.Api;

/// <summary>How a door reaches the rooms behind it: the grain of a key. Doors know contracts, never a grain factory or a cluster.</summary>
/// <param name="Resident">By <see cref="ResidentKey"/>.</param>
/// <param name="Case">By <see cref="CaseKey"/>.</param>
/// <param name="Catalog">By <see cref="CatalogKey"/>.</param>
/// <param name="Broadcast">By <see cref="BroadcastKey"/>.</param>
/// <param name="Idempotency">By <see cref="IdempotencyKey"/>.</param>
public sealed record Rooms(
    Func<string, IResidentGrain> Resident, Func<string, ICaseGrain> Case, Func<string, IProcedureCatalogGrain> Catalog,
    Func<string, IBroadcastGrain> Broadcast, Func<string, IIdempotencyGrain> Idempotency)
{
    /// <summary>By <see cref="ResidentKey"/>.</summary>
    public required Func<string, IPresenceGrain> Presence { get; init; }

    /// <summary>By <see cref="HooksKey"/>.</summary>
    public required Func<string, IHooksGrain> Hooks { get; init; }
}
