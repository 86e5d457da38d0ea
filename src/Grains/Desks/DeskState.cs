namespace OrleansGov.Grains;

/// <summary>A desk's queue: who waits and who is served, and how long the last ones waited.</summary>
[GenerateSerializer, Alias("desk-state")]
public sealed record DeskState
{
    /// <summary>So many estimates back the next one.</summary>
    public const int Remembered = 20;

    /// <summary>By grain key of the resident.</summary>
    [Id(0)] public ImmutableSortedDictionary<string, DeskNews> Here { get; init; } = ImmutableSortedDictionary<string, DeskNews>.Empty;

    /// <summary>When people were taken from the queue, the latest last.</summary>
    [Id(1)] public ImmutableList<DateTimeOffset> Taken { get; init; } = [];

    /// <summary>Those who left last: a repeated, older piece of news must not bring them back.</summary>
    [Id(2)] public ImmutableList<DeskNews> Left { get; init; } = [];

    /// <summary>The state after a piece of news; the same one when it is old.</summary>
    public DeskState After(DeskNews news)
    {
        var known = Here.GetValueOrDefault(news.Conversation) ?? Left.FindLast(l => l.Conversation == news.Conversation);
        if (known is not null && known.Epoch >= news.Epoch) return this;
        var taken = news.Place == DeskPlace.Served && known?.Place == DeskPlace.Waiting ? Newest(Taken.Add(news.At)) : Taken;
        var left = Left.RemoveAll(l => l.Conversation == news.Conversation);
        return news.Place == DeskPlace.Gone
            ? new DeskState { Here = Here.Remove(news.Conversation), Taken = taken, Left = Newest(left.Add(news)) }
            : new DeskState { Here = Here.SetItem(news.Conversation, news), Taken = taken, Left = left };
    }

    /// <summary>
    /// How long one more person would wait: the pace at which people were taken lately, for each who is before. Null with fewer than three taken in two hours:
    /// an estimate that is a guess is not said.
    /// </summary>
    public TimeSpan? Estimate(int ahead, DateTimeOffset now)
    {
        var lately = Taken.FindAll(t => now - t < TimeSpan.FromHours(2));
        return lately.Count < 3 ? null : (now - lately[0]) / lately.Count * (ahead + 1);
    }

    private static ImmutableList<T> Newest<T>(ImmutableList<T> list) => list.Count > Remembered ? list.RemoveRange(0, list.Count - Remembered) : list;
}
