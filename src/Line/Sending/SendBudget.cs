using System.Collections.Concurrent;

namespace OrleansGov.Line;

/// <summary>Endpoints LINE counts by themselves (LINE reference, Rate limits).</summary>
public enum LineEndpoint { Reply, Push, Multicast, Loading, Profile, Content, Quota, RichMenuChange, RichMenuList, RichMenuLink, RichMenuImage, Token, Validate }

/// <summary>
/// Keeps our calls below LINE's limits: one token bucket per channel and endpoint at 80 % of the limit, so that a 429 is an incident and not a habit.
/// Per process; several silos share the load evenly enough and 20 % are left for the rest.
/// </summary>
/// <param name="share">Part of LINE's limit we allow ourselves.</param>
public sealed class SendBudget(TimeProvider clock, double share = 0.8)
{
    readonly ConcurrentDictionary<(string Channel, LineEndpoint Endpoint), Bucket> buckets = new();

    /// <summary>Waits until the call fits the budget.</summary>
    public async ValueTask WaitAsync(string channel, LineEndpoint endpoint, CancellationToken cancellation)
    {
        if (Reserve(channel, endpoint) is not { Ticks: > 0 } wait) return;
        LineMeter.Waited(channel, endpoint, wait);
        await Task.Delay(wait, clock, cancellation);
    }

    /// <summary>Takes one call out of the budget; the time until it may start. Calls that wait keep their order.</summary>
    public TimeSpan Reserve(string channel, LineEndpoint endpoint)
    {
        var bucket = buckets.GetOrAdd((channel, endpoint), key => new(Limit(key.Endpoint), share));
        return bucket.Take(clock.GetTimestamp(), clock.TimestampFrequency);
    }

    static (double Calls, TimeSpan Per) Limit(LineEndpoint endpoint) => endpoint switch
    {
        LineEndpoint.RichMenuChange => (100, TimeSpan.FromHours(1)),
        LineEndpoint.RichMenuList => (10, TimeSpan.FromSeconds(1)),
        LineEndpoint.Loading => (100, TimeSpan.FromSeconds(1)),
        LineEndpoint.Multicast => (200, TimeSpan.FromSeconds(1)),
        LineEndpoint.Token => (370, TimeSpan.FromSeconds(1)),
        _ => (2000, TimeSpan.FromSeconds(1)),
    };

    sealed class Bucket((double Calls, TimeSpan Per) limit, double share)
    {
        readonly double capacity = Math.Max(1, limit.Calls * share);
        readonly double perSecond = limit.Calls * share / limit.Per.TotalSeconds;
        readonly Lock gate = new();
        double level = double.NaN;
        long seen;

        public TimeSpan Take(long now, long frequency)
        {
            lock (gate)
            {
                level = double.IsNaN(level) ? capacity : Math.Min(capacity, level + (now - seen) / (double)frequency * perSecond);
                seen = now;
                level--;
                return level >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-level / perSecond);
            }
        }
    }
}
