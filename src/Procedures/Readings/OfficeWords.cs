using System.Collections.Concurrent;

namespace OrleansGov.Procedures;

/// <summary>
/// The office's own words, folded once: menus, labels, words that always work. Every turn compares what was said with dozens of them, and folding them
/// anew was a quarter of all memory a turn asked for (docs/performance.md). What residents say never comes here.
/// </summary>
internal static class OfficeWords
{
    private const int Most = 10_000; // a town has hundreds; drafts that come and go must not fill the memory
    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);
    private static int _count;

    /// <summary><see cref="JapaneseText.Fold"/> of a word of the office.</summary>
    public static string Folded(string word)
    {
        if (Known.TryGetValue(word, out var folded)) return folded;
        folded = JapaneseText.Fold(word);
        if (_count < Most && Known.TryAdd(word, folded)) Interlocked.Increment(ref _count);
        return folded;
    }
}
