namespace OrleansGov.Records;

/// <summary>Wakes those who watch the feed as soon as there is something newer than what they have seen. How they hear of other nodes is the database's matter.</summary>
public sealed class FeedSignal
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _head;

    /// <summary>The newest number this node has heard of.</summary>
    public long Head => Volatile.Read(ref _head);

    /// <summary>Returns as soon as a number above <paramref name="after"/> is known; never of itself.</summary>
    /// <exception cref="OperationCanceledException">Waited no longer.</exception>
    public async Task WaitAsync(long after, CancellationToken cancel)
    {
        while (true)
        {
            Task news;
            lock (_lock)
            {
                if (_head > after) return;
                news = _news.Task;
            }

            await news.WaitAsync(cancel).ConfigureAwait(false);
        }
    }

    internal void Publish(long head)
    {
        TaskCompletionSource waking;
        lock (_lock)
        {
            if (head <= _head) return;
            _head = head;
            (waking, _news) = (_news, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        waking.SetResult();
    }
}
