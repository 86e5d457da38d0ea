namespace OrleansGov.Records;

/// <summary>A part of a list.</summary>
/// <param name="HasMore">There are more after (for transcripts: before) these.</param>
public sealed record Page<T>(ImmutableList<T> Items, bool HasMore)
{
    /// <param name="found">Up to <paramref name="limit"/> + 1 rows: the one too many shows that there are more.</param>
    internal static Page<T> Of(List<T> found, int limit) => new([.. found.Take(limit)], found.Count > limit);
}
