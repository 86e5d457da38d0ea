using System.Globalization;

namespace Orleans.Runtime;

/// <summary>
/// Calls that wait for an answer. Once a second those past their deadline are answered with <see cref="TimeoutException"/>;
/// what the grain is doing goes on (the outcome is unknown, as it is between processes).
/// </summary>
/// <remarks>Intrusive lists in shards: joining and leaving costs two uncontended locks and no allocation. Deadlines are real time.</remarks>
internal sealed class PendingCalls(Func<TimeSpan> responseTimeout) : IDisposable
{
    private readonly Shard[] shards = [.. Enumerable.Range(0, 16).Select(_ => new Shard())];
    private Timer? sweeper;

    internal void Add(Request request, TimeSpan? timeout)
    {
        if (sweeper is null)
            StartSweeping();
        request.Deadline = Environment.TickCount64 + (long)(timeout ?? responseTimeout()).TotalMilliseconds;
        request.Shard = Environment.CurrentManagedThreadId & (shards.Length - 1);
        var shard = shards[request.Shard];
        lock (shard)
        {
            request.Next = shard.First;
            if (shard.First is { } first)
                first.Previous = request;
            shard.First = request;
        }
    }

    internal void Remove(Request request)
    {
        if (request.Shard < 0)
            return;
        var shard = shards[request.Shard];
        lock (shard)
        {
            if (request.Previous is null && shard.First != request)
                return; // gone already
            if (request.Previous is { } before)
                before.Next = request.Next;
            else
                shard.First = request.Next;
            if (request.Next is { } after)
                after.Previous = request.Previous;
            request.Previous = request.Next = null;
        }
    }

    public void Dispose() => sweeper?.Dispose();

    private void StartSweeping()
    {
        // Short time-outs (tests) want a finer sweep than once a second.
        var period = (int)Math.Clamp(responseTimeout().TotalMilliseconds / 4, 10, 1000);
        Timer created;
        using (Unflowed.Begin())
            created = new Timer(static self => ((PendingCalls)self!).Sweep(), this, period, period);
        if (Interlocked.CompareExchange(ref sweeper, created, null) is not null)
            created.Dispose();
    }

    private void Sweep()
    {
        var now = Environment.TickCount64;
        var expired = new List<Request>();
        foreach (var shard in shards)
        {
            lock (shard)
            {
                for (var request = shard.First; request is not null; request = request.Next)
                {
                    if (request.Deadline <= now)
                        expired.Add(request);
                }
            }
        }

        foreach (var request in expired)
        {
            var limit = request.Shape.Timeout ?? responseTimeout();
            request.Fail(new TimeoutException(string.Create(
                CultureInfo.InvariantCulture, $"Response did not arrive on time in {limit} for message: {request.Shape.Name} to {request.Target}.")));
        }
    }

    private sealed class Shard
    {
        internal Request? First;
    }
}
