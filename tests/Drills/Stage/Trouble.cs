namespace OrleansGov.Drills;

/// <summary>Something that was done to the office or around it.</summary>
/// <param name="What">For the report, such as <c>kill -9</c>.</param>
/// <param name="Node">It happened to one node only; null = to all.</param>
public sealed class Trouble(string what, DateTimeOffset from, int? node = null)
{
    public string What { get; } = what;

    public DateTimeOffset From { get; } = from;

    /// <summary>When it was over; the same as <see cref="From"/> for what takes no time.</summary>
    public DateTimeOffset To { get; private set; } = from;

    public int? Node { get; } = node;

    /// <summary>It is over now.</summary>
    public void End() => To = DateTimeOffset.UtcNow;

    /// <summary>It was going on, or began, between two moments. A process is told to die a little before it is dead, and its last words arrive a little after.</summary>
    public bool Touches(DateTimeOffset from, DateTimeOffset to) => From <= to && To >= from;
}
