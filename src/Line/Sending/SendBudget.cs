using System.Collections.Concurrent;

namespace OrleansGov.Line;

/// <summary>Endpoints LINE counts by themselves (LINE reference, Rate limits).</summary>
public enum LineEndpoint { Reply, Push, Multicast, Loading, Profile, Content, Quota, RichMenuChange, RichMenuList, RichMenuLink, RichMenuImage, Token, Validate }

/// <summary>
/// Keeps our calls below LINE's limits: one token bucket per channel and endpoint at 80 % of the limit, so that a 429 is an incident and not a habit. LINE
/// counts the channel, not the caller: the nodes of a cluster share a limit evenly. After a 429 the whole bucket waits, and goes on without the burst
/// that it would have saved up meanwhile.
/// </summary>
/// <param name="share">Part of LINE's limit that all nodes together allow themselves.</param>
/// <param name="nodes">How many nodes send at present; null = this one alone.</param>
public sealed class SendBudget(TimeProvider clock, double share = 0.8, Func<int>? nodes = null)
{
    readonly ConcurrentDictionary<(string Channel, LineEndpoint Endpoint), Bucket> buckets = new();

    /// <summary>Waits until the call fits the budget.</summary>
    public async ValueTask WaitAsync(string channel, LineEndpoint endpoint, CancellationToken cancellation) =>
        await TryWaitAsync(channel, endpoint, TimeSpan.MaxValue, cancellation);

    /// <summary>Waits until the call fits the budget, unless that takes too long: who waits costs memory, and an outbox can wait without.</summary>
    /// <returns>False = it does not fit in time; nothing was taken from the budget.</returns>
    public async ValueTask<bool> TryWaitAsync(string channel, LineEndpoint endpoint, TimeSpan patience, CancellationToken cancellation)
    {
        var bucket = BucketOf(channel, endpoint);
        while (true)
        {
            if (bucket.Take(Nodes, patience) is not { } wait) return false;
            if (wait == TimeSpan.Zero) return true;
            LineMeter.Waited(channel, endpoint, wait);
            await Task.Delay(wait, clock, cancellation);
            if (!bucket.IsPaused) return true; // else LINE said 429 meanwhile, and the place in the queue is void
            patience -= wait < patience ? wait : patience;
        }
    }

    /// <summary>Takes one call out of the budget; the time until it may start. Calls that wait keep their order.</summary>
    public TimeSpan Reserve(string channel, LineEndpoint endpoint) => BucketOf(channel, endpoint).Take(Nodes, TimeSpan.MaxValue)!.Value;

    /// <summary>LINE answered 429: everything of this channel to this endpoint waits 1, 2, 4 … at most 60 s, ± 20 %.</summary>
    /// <param name="startedAt">The clock's timestamp when the call began: those that were on their way together are one incident.</param>
    public void Refused(string channel, LineEndpoint endpoint, long startedAt) => BucketOf(channel, endpoint).Refused(startedAt);

    /// <summary>LINE took a call: the next 429 is a new incident.</summary>
    public void Taken(string channel, LineEndpoint endpoint, long startedAt) => BucketOf(channel, endpoint).Taken(startedAt);

    int Nodes => Math.Max(1, nodes?.Invoke() ?? 1);

    Bucket BucketOf(string channel, LineEndpoint endpoint) =>
        buckets.TryGetValue((channel, endpoint), out var known) ? known : buckets.GetOrAdd((channel, endpoint), key => new(Limit(key.Endpoint), share, clock));

    static (double Calls, TimeSpan Per) Limit(LineEndpoint endpoint) => endpoint switch
    {
        LineEndpoint.RichMenuChange => (100, TimeSpan.FromHours(1)),
        LineEndpoint.RichMenuList => (10, TimeSpan.FromSeconds(1)),
        LineEndpoint.Loading => (100, TimeSpan.FromSeconds(1)),
        LineEndpoint.Multicast => (200, TimeSpan.FromSeconds(1)),
        LineEndpoint.Token => (370, TimeSpan.FromSeconds(1)),
        _ => (2000, TimeSpan.FromSeconds(1)),
    };

    sealed class Bucket((double Calls, TimeSpan Per) limit, double share, TimeProvider clock)
    {
        const int LongestPause = 60; // seconds

        readonly Lock gate = new();
        double level = double.NaN;
        long seen; // up to when the bucket has been filled; in the future while it is paused
        long paused = long.MinValue;
        int strikes;

        public bool IsPaused
        {
            get
            {
                lock (gate) return seen > clock.GetTimestamp();
            }
        }

        /// <returns>The time until the call may start; null = longer than <paramref name="patience"/>, and nothing was taken.</returns>
        public TimeSpan? Take(int nodes, TimeSpan patience)
        {
            var perSecond = limit.Calls * share / limit.Per.TotalSeconds / nodes;
            var capacity = Math.Max(1, limit.Calls * share / nodes);
            lock (gate)
            {
                var now = clock.GetTimestamp();
                if (double.IsNaN(level)) (level, seen) = (capacity, now);
                if (now > seen) (level, seen) = (Math.Min(capacity, level + clock.GetElapsedTime(seen, now).TotalSeconds * perSecond), now);
                var wait = clock.GetElapsedTime(now, seen) + (level >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - level) / perSecond));
                if (wait > patience) return null;
                level--;
                return wait;
            }
        }

        public void Refused(long startedAt)
        {
            lock (gate)
            {
                if (startedAt < paused) return;
                var now = clock.GetTimestamp();
                var seconds = Math.Min(LongestPause, Math.Pow(2, Math.Min(strikes++, 10))) * (0.8 + 0.4 * Random.Shared.NextDouble());
                (paused, seen, level) = (now, now + (long)(seconds * clock.TimestampFrequency), 0);
            }
        }

        public void Taken(long startedAt)
        {
            lock (gate)
                if (startedAt >= paused) strikes = 0;
        }
    }
}
