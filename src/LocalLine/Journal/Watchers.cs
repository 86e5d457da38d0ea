using System.Threading.Channels;

namespace OrleansGov.LocalLine.Journal;

/// <summary>Something changed that a page may want to fetch again.</summary>
/// <param name="Kind"><c>screen</c> or <c>journal</c>.</param>
/// <param name="Resident">Whose screen; null for the journal.</param>
/// <param name="Seq">Newest sequence number of that screen or of the journal.</param>
/// <param name="Unread">Of that screen.</param>
/// <param name="Loading">Of that screen.</param>
public sealed record Change(string Kind, string? Resident, long Seq, int Unread, bool Loading);

/// <summary>Tells open pages about changes; a slow page loses old changes, never slows the world.</summary>
internal sealed class Watchers
{
    private readonly Lock gate = new();
    private Channel<Change>[] open = [];

    public void Tell(Change change)
    {
        foreach (var channel in Volatile.Read(ref open)) channel.Writer.TryWrite(change);
    }

    public (ChannelReader<Change> Changes, IDisposable Leave) Watch()
    {
        var channel = Channel.CreateBounded<Change>(new BoundedChannelOptions(512) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (gate) open = [.. open, channel];
        return (channel.Reader, new Leaving(this, channel));
    }

    private sealed class Leaving(Watchers watchers, Channel<Change> channel) : IDisposable
    {
        public void Dispose()
        {
            lock (watchers.gate) watchers.open = [.. watchers.open.Where(c => c != channel)];
            channel.Writer.TryComplete();
        }
    }
}
