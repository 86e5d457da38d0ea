namespace OrleansGov.Contracts;

/// <summary>The webhooks of a town's integrators: where they are, what they were told, what still waits. One grain: whichever node it is on tells them. Key: <see cref="HooksKey"/>.</summary>
[Alias("hooks")]
public interface IHooksGrain : IWakeable
{
    /// <summary>All endpoints, the oldest first.</summary>
    [Alias("list")]
    Task<ImmutableList<HookEndpoint>> List();

    /// <summary>Adds an endpoint. It is told what happens from now on.</summary>
    /// <returns>Null when the town has as many as it may have.</returns>
    [Alias("add")]
    Task<HookSecret?> Add(HookDraft draft);

    /// <summary>Replaces address, events and whether it is on. On again: what failed is forgotten, it is told from now on.</summary>
    [Alias("change")]
    Task<HookVerdict> Change(string id, int revision, HookDraft draft, bool isOn);

    [Alias("remove")]
    Task<HookVerdict> Remove(string id, int revision);

    /// <summary>A new secret; the one before signs beside it for a day.</summary>
    /// <returns>Null when there is no such endpoint.</returns>
    [Alias("rotate")]
    Task<HookSecret?> Rotate(string id);

    /// <summary>Attempts, the latest event first; null when there is no such endpoint.</summary>
    /// <param name="before">Number of a delivery; null = from the latest.</param>
    [Alias("deliveries")]
    Task<ImmutableList<HookDelivery>?> Deliveries(string id, long? before, int limit);

    /// <summary>Sends a delivery once more, with the id it had.</summary>
    /// <returns>Null when there is no such delivery any more.</returns>
    [Alias("redeliver")]
    Task<HookDelivery?> Redeliver(string id, long number);

    /// <summary>Sends <c>webhook.test</c>; it appears among the deliveries.</summary>
    /// <returns>Null when there is no such endpoint.</returns>
    [Alias("test")]
    Task<HookDelivery?> Test(string id);
}

/// <summary>An integrator's endpoint.</summary>
/// <param name="Types">Feed types it wants; a type ending in a dot and a star means all of that resource; empty = all.</param>
/// <param name="Departments">Whose events it may hear; null = all of the town.</param>
/// <param name="Revision">The ETag.</param>
/// <param name="OffBecause">Why it is off: <c>asked</c> or <c>failing</c> (three days without success); null = on.</param>
/// <param name="FailingSince">Since when every attempt has failed; null = it works, or was not tried.</param>
/// <param name="OldSecretUntil">The secret before signs too until then.</param>
[GenerateSerializer, Immutable, Alias("hook-endpoint")]
public sealed record HookEndpoint(
    string Id, string Url, ImmutableList<string> Types, ImmutableList<string>? Departments, string? Contact, int Revision, string? OffBecause, DateTimeOffset CreatedAt, string CreatedBy,
    DateTimeOffset? FailingSince, DateTimeOffset? OldSecretUntil);

/// <param name="Contact">Whom to tell when it fails: an e-mail address; may be null.</param>
/// <param name="By">As in the audit trail.</param>
[GenerateSerializer, Immutable, Alias("hook-draft")]
public sealed record HookDraft(string Url, ImmutableList<string> Types, ImmutableList<string>? Departments, string? Contact, string By);

/// <param name="Secret"><c>whsec_…</c>; told once.</param>
[GenerateSerializer, Immutable, Alias("hook-secret")]
public sealed record HookSecret(HookEndpoint Endpoint, string Secret)
{
    /// <summary>Names the kind of thing only: a secret must never reach a log.</summary>
    public override string ToString() => nameof(HookSecret);
}

/// <summary>An event on its way to an endpoint, or over.</summary>
/// <param name="Number">Rises in the town.</param>
/// <param name="Message">The header <c>webhook-id</c>, the same for all attempts.</param>
/// <param name="State">waiting, delivered, failed (given up).</param>
/// <param name="Status">HTTP status of the last attempt; null = no answer.</param>
/// <param name="Fault">timedOut, unreachable, tls, forbiddenAddress; null = there was an answer.</param>
[GenerateSerializer, Immutable, Alias("hook-delivery")]
public sealed record HookDelivery(
    long Number, string Endpoint, string Message, string Type, string Subject, string? Department, DateTimeOffset At, string State, int Attempts, DateTimeOffset? LastAt, int? Status, string? Fault, DateTimeOffset? NextAt)
{
    /// <summary>Why a hand-over failed; null for other events.</summary>
    [Id(0)] public string? Reason { get; init; }
}

public enum HookVerdict { Done, Unknown, Stale }

public static class HooksKey
{
    public static string For(string town) => $"w:{town}";

    public static string Town(string key) => key[2..];
}
