namespace OrleansGov.Contracts;

/// <summary>What falls due when: the <see cref="IDue.NextDue"/> column of grain storage, ordered.</summary>
public interface IDueIndex
{
    /// <summary>States due at or before an instant, earliest first.</summary>
    /// <param name="limit">Most rows to return; fewer means that there are no more.</param>
    /// <param name="after">The last row of the page before this one; null = the first page.</param>
    /// <exception cref="GrainStorageException">The index could not be read.</exception>
    Task<IReadOnlyList<DueGrain>> DueBefore(DateTimeOffset instant, int limit, DueGrain? after = null);
}

/// <summary>A stored state that is due.</summary>
/// <param name="Row">The storage's own number of the row; breaks ties between equal instants.</param>
/// <param name="GrainId">Text of Orleans' GrainId: <c>type/key</c>.</param>
public sealed record DueGrain(long Row, string StateName, string GrainId, DateTimeOffset NextDue);
