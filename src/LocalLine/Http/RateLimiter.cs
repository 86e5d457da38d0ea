using OrleansGov.LocalLine.World;

namespace OrleansGov.LocalLine.Http;

/// <summary>How many calls an endpoint takes (LINE reference, Rate limits). The bucket holds as much as the limit (own).</summary>
internal sealed record RateLimit(int Calls, TimeSpan Per)
{
    public static readonly RateLimit Usual = PerSecond(2000);

    public static RateLimit PerSecond(int calls) => new(calls, TimeSpan.FromSeconds(1));

    public static RateLimit PerMinute(int calls) => new(calls, TimeSpan.FromMinutes(1));

    public static RateLimit PerHour(int calls) => new(calls, TimeSpan.FromHours(1));
}

/// <summary>Token buckets per channel and endpoint; every call counts, also a refused one (own).</summary>
internal sealed class RateLimiter
{
    private readonly Lock gate = new();
    private readonly Dictionary<(LocalChannel, string), (double Left, DateTimeOffset At)> buckets = [];

    public bool Take(LocalChannel channel, Endpoint endpoint, DateTimeOffset now)
    {
        lock (gate)
        {
            var limit = endpoint.Limit;
            var key = (channel, endpoint.Name);
            var left = buckets.TryGetValue(key, out var bucket)
                ? Math.Min(limit.Calls, bucket.Left + ((now - bucket.At) / limit.Per * limit.Calls))
                : limit.Calls;
            var taken = left >= 1;
            buckets[key] = (taken ? left - 1 : left, now);
            return taken;
        }
    }
}
