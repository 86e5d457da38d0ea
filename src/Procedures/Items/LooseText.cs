namespace OrleansGov.Procedures;

/// <summary>How near two words are, for people who half remember or mistype them.</summary>
internal static class LooseText
{
    private const string SmallKana = "ぁぃぅぇぉっゃゅょゎ";
    private const string LargeKana = "あいうえおつやゆよわ";

    /// <summary>
    /// <see cref="JapaneseText.Fold"/>, and further: no long-vowel marks, large kana for small ones, じ and ず for ぢ and づ; so ソファー, そふあ
    /// and ソファ are one word.
    /// </summary>
    public static string Key(string text) => string.Concat(JapaneseText.Fold(text).Where(c => c != 'ー').Select(c =>
        SmallKana.IndexOf(c, StringComparison.Ordinal) is >= 0 and var small ? LargeKana[small]
        : c switch { 'ぢ' => 'じ', 'づ' => 'ず', 'ゔ' => 'ぶ', _ => c }));

    /// <summary>Typing mistakes that are forgiven in a word of this length.</summary>
    public static int ForgivenMistakes(int length) => length switch { < 3 => 0, < 6 => 1, < 10 => 2, _ => 3 };

    /// <summary>
    /// Damerau–Levenshtein distance (optimal string alignment): letters added, left out, changed, or swapped with their neighbour.
    /// Gives up with <paramref name="limit"/> + 1 as soon as it must be larger.
    /// </summary>
    public static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit) return limit + 1;
        var width = b.Length + 1;
        Span<int> rows = width <= 100 ? stackalloc int[300] : new int[3 * width];
        var before = rows[..width];
        var previous = rows.Slice(width, width);
        var current = rows.Slice(2 * width, width);
        for (var j = 0; j < width; j++) previous[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            var best = i;
            for (var j = 1; j < width; j++)
            {
                var changed = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(changed, Math.Min(previous[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) current[j] = Math.Min(current[j], before[j - 2] + 1);
                best = Math.Min(best, current[j]);
            }
            if (best > limit) return limit + 1;
            var spare = before;
            before = previous;
            previous = current;
            current = spare;
        }
        return Math.Min(previous[b.Length], limit + 1);
    }
}
