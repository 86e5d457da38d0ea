namespace OrleansGov.Silo.States;

/// <summary>
/// When a state falls due, as its column says it. What lies some way ahead is written as the next full ten seconds: turn after turn the column then mostly
/// stays as it is, and a write does not touch its index. The column only says when to look; the grain itself knows what is due.
/// </summary>
internal static class DueColumn
{
    private const long Grid = 10_000;
    private const long Ahead = 20_000;

    /// <returns>UTC milliseconds; null = never.</returns>
    public static long? Of(object? state, long now) => (state as IDue)?.NextDue?.ToUnixTimeMilliseconds() is not { } due ? null
        : due - now < Ahead || due > long.MaxValue - Grid ? due
        : (due + Grid - 1) / Grid * Grid;
}
