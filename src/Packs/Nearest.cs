namespace OrleansGov.Packs;

/// <summary>「もしかして」: the known word that lies nearest to a mistyped one.</summary>
internal static class Nearest
{
    /// <returns>Null when none is near enough to be meant.</returns>
    public static string? To(string word, IEnumerable<string> known)
    {
        if (word.Length > 60) return null;
        var best = known
            .Select(k => (Known: k, Distance: Distance(word.ToLowerInvariant().Replace('_', '-'), k.ToLowerInvariant())))
            .OrderBy(p => p.Distance).ThenBy(p => p.Known, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Known is not null && best.Distance <= Math.Max(1, Math.Min(word.Length, best.Known.Length) / 3) ? best.Known : null;
    }

    /// <summary>A fix in Japanese: the near word, or what there is to choose from.</summary>
    public static string Fix(string word, IReadOnlyCollection<string> known) =>
        To(word, known) is { } near ? $"もしかして「{near}」ですか。"
        : known.Count == 0 ? "この行を消してください。"
        : $"使えるのは {string.Join("、", known.Take(30))} です。";

    // Levenshtein's distance in which two letters that changed places count once, as they do for people.
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
