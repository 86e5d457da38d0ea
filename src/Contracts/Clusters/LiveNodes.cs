namespace OrleansGov.Contracts;

/// <summary>How many silos of the cluster are alive as far as this one knows: they share what LINE allows a channel. A process without one is alone.</summary>
/// <param name="count">Asks the cluster's membership; cheap, but not free.</param>
public sealed class LiveNodes(Func<int> count, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private long _asked = long.MinValue;
    private int _count = 1;

    /// <summary>At least 1; at most a second old.</summary>
    public int Count
    {
        get
        {
            var now = clock.GetTimestamp();
            var asked = Volatile.Read(ref _asked);
            if ((asked == long.MinValue || clock.GetElapsedTime(asked, now) >= Fresh) && Interlocked.CompareExchange(ref _asked, now, asked) == asked)
                Volatile.Write(ref _count, Math.Max(1, count()));
            return Volatile.Read(ref _count);
        }
    }
}
