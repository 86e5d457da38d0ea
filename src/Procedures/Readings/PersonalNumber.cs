using System.Globalization;

namespace OrleansGov.Procedures;

/// <summary>
/// マイナンバー in running text: twelve digits, alone or in groups of equal length, whose check digit is right
/// (番号法の命令 第5条; security.md §2). We never keep one (P3).
/// </summary>
public static class PersonalNumber
{
    private const int Digits = 12;
    private const int SeparatorsBetweenGroups = 3;

    /// <summary>True when at least one such number stands in the text, in any digits.</summary>
    public static bool Contains(string text) => Find(text).Count > 0;

    /// <summary>The text with every digit of such numbers replaced by ＊.</summary>
    public static string Mask(string text)
    {
        var found = Find(text);
        if (found.Count == 0) return text;
        var masked = text.ToCharArray();
        foreach (var index in found) masked[index] = '＊';
        return new string(masked);
    }

    /// <summary>Where the digits of such numbers stand.</summary>
    private static HashSet<int> Find(string text)
    {
        var found = new HashSet<int>();
        var groups = Groups(text);
        for (var first = 0; first < groups.Count; first++)
        {
            var size = groups[first].Count;
            if (size == 0 || Digits % size != 0) continue;
            var run = groups.Skip(first).Take(Digits / size).ToList();
            if (run.Count < Digits / size || run.Exists(g => g.Count != size)) continue;
            if (!run.Zip(run.Skip(1)).All(pair => AreNeighbours(text, pair.First[^1], pair.Second[0]))) continue;
            var indexes = run.SelectMany(g => g).ToList();
            if (IsChecked([.. indexes.Select(i => CharUnicodeInfo.GetDecimalDigitValue(text, i))])) found.UnionWith(indexes);
        }
        return found;
    }

    /// <summary>The runs of digits, each as the places of its digits; invisible characters do not end a run.</summary>
    private static List<List<int>> Groups(string text)
    {
        var groups = new List<List<int>>();
        var open = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (IsInvisible(text[i])) continue;
            var isDigit = char.IsDigit(text[i]);
            if (isDigit && !open) groups.Add([]);
            if (isDigit) groups[^1].Add(i);
            open = isDigit;
        }
        return groups;
    }

    private static bool AreNeighbours(string text, int left, int right)
    {
        var between = text[(left + 1)..right].Where(c => !IsInvisible(c)).ToList();
        return between.Count <= SeparatorsBetweenGroups && between.TrueForAll(c => char.IsWhiteSpace(c) || JapaneseText.IsDash(c) || c is '.' or '・' or '_' or '/' or ',');
    }

    private static bool IsInvisible(char c) => char.GetUnicodeCategory(c) == UnicodeCategory.Format;

    private static bool IsChecked(int[] digits)
    {
        var sum = 0;
        for (var n = 1; n < Digits; n++) sum += digits[Digits - 1 - n] * (n <= 6 ? n + 1 : n - 5);
        var remainder = sum % 11;
        return digits[^1] == (remainder <= 1 ? 0 : 11 - remainder);
    }
}
