using OrleansGov.Gateways;

namespace OrleansGov.Grains;

/// <summary>What becomes of hooks: pure. The grain writes it down and calls.</summary>
public static class HookSteps
{
    public const int MostEndpoints = 20;
    public const int MostWaiting = 2000;
    public const int MostOver = 500;

    /// <summary>So long an event is tried.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    /// <summary>So long an endpoint may fail before it is switched off.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(3);

    /// <summary>So long the secret before signs too.</summary>
    public static readonly TimeSpan Rotation = TimeSpan.FromHours(24);

    // Standard Webhooks' example of a schedule, cut at a day
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(8),
    ];

    /// <summary>How long after the n-th attempt (1, 2 …) the next one comes.</summary>
    public static TimeSpan WaitAfter(int attempts) => Waits[Math.Clamp(attempts, 1, Waits.Length) - 1];

    /// <summary>The event goes to every endpoint that asked for it and may hear it.</summary>
    public static HooksState Tell(HooksState state, long seq, string type, string subject, string? department, string? reason, DateTimeOffset at)
    {
        foreach (var hook in state.Endpoints.Where(h => h.Endpoint.OffBecause is null && Wants(h.Endpoint, type, department)))
            state = Queue(state, hook.Endpoint.Id, $"msg_{hook.Endpoint.Id}_{seq}", type, subject, department, reason, at);
        return state;
    }

    public static HooksState Queue(HooksState state, string endpoint, string message, string type, string subject, string? department, string? reason, DateTimeOffset at)
    {
        var number = state.LastNumber + 1;
        var delivery = new HookDelivery(number, endpoint, message, type, subject, department, at, "waiting", 0, null, null, null, at) { Reason = reason };
        var waiting = state.Waiting.Add(delivery);
        // More than can wait: the oldest is given up, where everybody can see it.
        return waiting.Count <= MostWaiting
            ? state with { LastNumber = number, Waiting = waiting }
            : End(state with { LastNumber = number, Waiting = waiting }, waiting[0] with { State = "failed", NextAt = null });
    }

    /// <summary>What can be tried now, the oldest first, a few for each endpoint.</summary>
    public static ImmutableList<HookDelivery> Due(HooksState state, DateTimeOffset now, int perEndpoint) =>
    [
        .. from hook in state.Endpoints
           where hook.Endpoint.OffBecause is null && !(hook.RestsUntil > now)
           // whoever has not answered is asked once, not with everything that waits
           from delivery in state.Waiting.Where(d => d.Endpoint == hook.Endpoint.Id && d.NextAt <= now).Take(hook.Failures > 0 ? 1 : perEndpoint)
           select delivery,
    ];

    /// <summary>The outcome of an attempt.</summary>
    public static HooksState Note(HooksState state, long number, HookAnswer answer, DateTimeOffset now)
    {
        if (state.Waiting.Find(d => d.Number == number) is not { } delivery || state.Endpoints.Find(h => h.Endpoint.Id == delivery.Endpoint) is not { } hook) return state; // removed meanwhile
        var tried = delivery with { Attempts = delivery.Attempts + 1, LastAt = now, Status = answer.Status, Fault = Name(answer.Fault) };
        if (answer.IsTaken)
        {
            state = End(state, tried with { State = "delivered", NextAt = null });
            return With(state, hook with { Endpoint = hook.Endpoint with { FailingSince = null }, Failures = 0, RestsUntil = null });
        }

        var since = hook.Endpoint.FailingSince ?? now;
        var failures = hook.Failures + 1;
        // A refusal is about the event; silence and 5xx are about the endpoint, which then rests as a whole.
        var isAway = answer.Status is null or >= 500 or 429;
        hook = hook with { Endpoint = hook.Endpoint with { FailingSince = since }, Failures = failures, RestsUntil = isAway ? now + WaitAfter(failures) : null };
        state = With(state, hook);
        var next = now + WaitAfter(tried.Attempts);
        state = next - tried.At > Life
            ? End(state, tried with { State = "failed", NextAt = null })
            : state with { Waiting = state.Waiting.Replace(delivery, tried with { NextAt = next }) };
        return now - since < Grace ? state : SwitchOff(state, hook, "failing");
    }

    /// <summary>Nothing waits for it any more.</summary>
    public static HooksState SwitchOff(HooksState state, KeptHook hook, string why)
    {
        state = With(state, hook with { Endpoint = hook.Endpoint with { OffBecause = why, Revision = hook.Endpoint.Revision + 1 }, RestsUntil = null });
        foreach (var left in state.Waiting.Where(d => d.Endpoint == hook.Endpoint.Id)) state = End(state, left with { State = "failed", NextAt = null });
        return state;
    }

    public static HooksState With(HooksState state, KeptHook hook) =>
        state with { Endpoints = state.Endpoints.SetItem(state.Endpoints.FindIndex(h => h.Endpoint.Id == hook.Endpoint.Id), hook) };

    private static HooksState End(HooksState state, HookDelivery delivery)
    {
        var over = state.Over.Add(delivery);
        return state with { Waiting = state.Waiting.RemoveAll(d => d.Number == delivery.Number), Over = over.Count > MostOver ? over.RemoveRange(0, over.Count - MostOver) : over };
    }

    private static bool Wants(HookEndpoint endpoint, string type, string? department) => type == HookBody.Missed ||
        (endpoint.Departments is null || (department is not null && endpoint.Departments.Contains(department)))
        && (endpoint.Types.IsEmpty || endpoint.Types.Exists(t => t == type || (t.EndsWith(".*", StringComparison.Ordinal) && type.StartsWith(t[..^1], StringComparison.Ordinal))));

    private static string? Name(HookFault? fault) => fault is { } f ? System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(f.ToString()) : null;
}
