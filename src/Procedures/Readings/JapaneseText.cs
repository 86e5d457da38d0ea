using System.Globalization;
using System.Text;

namespace OrleansGov.Procedures;

/// <summary>
/// Japanese text as people type it, brought to one form: <see cref="Fold"/> for matching, <see cref="Clean"/> for storing.
/// Nothing here throws, whatever the string holds (lone surrogates included).
/// </summary>
public static class JapaneseText
{
    // A hostile pile of combining marks is one grapheme; nobody's name needs more than a few.
    private const int MarksInARow = 8;

    /// <summary>
    /// The form for matching, never shown: NFKC, lower case, hiragana for katakana (half-width too), one long-vowel mark for all dashes,
    /// no spaces, punctuation, emoji or invisible characters. Empty when nothing is left. Folding twice changes nothing.
    /// </summary>
    public static string Fold(string text)
    {
        // Taking characters out can bring a letter and a mark together, which compose only when looked at again.
        for (var pass = 0; pass < 6 && !IsPlain(text); pass++)
        {
            var folded = FoldOnce(text);
            if (folded == text) break;
            text = folded;
        }
        return text;
    }

    /// <summary>The form for storing: NFKC, one line, single spaces, no control, zero-width or bidi characters.</summary>
    public static string Clean(string text)
    {
        var cleaned = new StringBuilder(text.Length);
        var (space, marks, last) = (false, 0, default(Rune));
        foreach (var rune in Normalized(text).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (Rune.IsWhiteSpace(rune))
            {
                space = true;
                continue;
            }
            if (IsInvisible(rune, category) && !Joins(rune, last)) continue;
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (marks > MarksInARow) continue;
            if (space && cleaned.Length > 0) cleaned.Append(' ');
            space = false;
            Append(cleaned, rune);
            last = rune;
        }
        // What stood between a letter and its mark may be gone now.
        return cleaned.ToString().Normalize();
    }

    /// <summary>Like <see cref="Clean"/>, line by line; empty lines at both ends are dropped and at most one is kept between paragraphs.</summary>
    public static string CleanLines(string text)
    {
        var lines = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Select(Clean))
        {
            if (line.Length > 0 || (lines.Count > 0 && lines[^1].Length > 0)) lines.Add(line);
        }
        if (lines.Count > 0 && lines[^1].Length == 0) lines.RemoveAt(lines.Count - 1);
        return string.Join('\n', lines);
    }

    /// <summary>What a person counts as characters (UAX #29 grapheme clusters).</summary>
    public static int Graphemes(string text)
    {
        var count = 0;
        for (var at = 0; at < text.Length; count++) at += StringInfo.GetNextTextElementLength(text.AsSpan(at));
        return count;
    }

    /// <summary>The text, or its beginning with … at the end when it has more than <paramref name="graphemes"/> graphemes; never longer than that, never within a grapheme.</summary>
    public static string Cut(string text, int graphemes)
    {
        if (graphemes <= 0) return "";
        if (text.Length <= graphemes) return text;
        var (kept, at) = (0, 0);
        for (var count = 0; at < text.Length; count++)
        {
            if (count == graphemes - 1) kept = at;
            if (count == graphemes) return text[..kept] + "…";
            at += StringInfo.GetNextTextElementLength(text.AsSpan(at));
        }
        return text;
    }

    /// <summary>Full-width katakana only, with ー, ・ and spaces; at least one letter.</summary>
    public static bool IsKatakana(string text) => IsKana(text, c => c is >= 'ァ' and <= 'ヺ' or 'ヽ' or 'ヾ');

    /// <summary>Hiragana only, with ー, ・ and spaces; at least one letter.</summary>
    public static bool IsHiragana(string text) => IsKana(text, c => c is >= 'ぁ' and <= 'ゖ' or 'ゝ' or 'ゞ');

    /// <summary>Full-width katakana for hiragana and half-width kana; other characters as NFKC leaves them.</summary>
    public static string ToKatakana(string text) =>
        string.Concat(Normalized(text).Select(c => c is (>= 'ぁ' and <= 'ゖ') or 'ゝ' or 'ゞ' ? (char)(c + 0x60) : c));

    /// <summary>True for every character that people use as a hyphen, a minus or a long-vowel mark.</summary>
    internal static bool IsDash(char c) =>
        c is '-' or 'ー' or 'ｰ' or '－' or '‐' or '‑' or '‒' or '–' or '—' or '―' or '−' or '─' or '━' or '〜' or '～' or '~' or '〰' or '﹣';

    /// <summary>NFKC of what is valid in <paramref name="text"/>; a loose ゛ or ゜ joins the kana before it.</summary>
    internal static string Normalized(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && text.AsSpan().IndexOfAny('\uFFFE', '゛', '゜') < 0) return text.Normalize(NormalizationForm.FormKC);
        var valid = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            // Lone surrogates and U+FFFE make Normalize throw.
            if (Rune.DecodeFromUtf16(rest, out var rune, out var used) == System.Buffers.OperationStatus.Done && rune.Value != 0xFFFE)
                Append(valid, rune.Value switch { 0x309B => new Rune(0x3099), 0x309C => new Rune(0x309A), _ => rune });
            rest = rest[used..];
        }
        return valid.ToString().Normalize(NormalizationForm.FormKC);
    }

    private static string FoldOnce(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in Normalized(text).ToLowerInvariant().EnumerateRunes())
        {
            if (rune.IsBmp && IsDash((char)rune.Value)) folded.Append('ー');
            else if (rune.Value is (>= 'ァ' and <= 'ヶ') or 'ヽ' or 'ヾ') folded.Append((char)(rune.Value - 0x60));
            else if (!IsNoise(rune)) Append(folded, rune);
        }
        return folded.ToString();
    }

    /// <summary>Folded for certain, seen without the tables of Unicode: hiragana, common ideographs, small letters and digits. Most words are, after one pass.</summary>
    private static bool IsPlain(string text)
    {
        foreach (var c in text)
            if (c is not ((>= 'ぁ' and <= 'ゖ') or 'ー' or (>= '一' and <= '\u9FEF') or (>= 'a' and <= 'z') or (>= '0' and <= '9'))) return false;
        return true;
    }

    // StringBuilder.Append(object) would box each rune.
    private static void Append(StringBuilder text, Rune rune)
    {
        if (rune.IsBmp) text.Append((char)rune.Value);
        else text.Append(rune.ToString());
    }

    private static bool IsNoise(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse => true,
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation
            or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation or UnicodeCategory.DashPunctuation
            or UnicodeCategory.ConnectorPunctuation => true,
        UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol => true,
        UnicodeCategory.NonSpacingMark => IsVariationSelector(rune),
        UnicodeCategory.EnclosingMark => true,
        _ => false,
    };

    private static bool IsVariationSelector(Rune rune) => rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    private static bool IsInvisible(Rune rune, UnicodeCategory category) =>
        category is UnicodeCategory.Control or UnicodeCategory.Format
        // Fillers are letters by category and show nothing.
        || rune.Value is 0x115F or 0x1160 or 0x3164 or 0x034F or 0xFFFD;

    /// <summary>The two joiners mean something after a mark (Devanagari) or a symbol (emoji) only.</summary>
    private static bool Joins(Rune rune, Rune last) =>
        rune.Value is 0x200C or 0x200D
        && Rune.GetUnicodeCategory(last) is UnicodeCategory.NonSpacingMark or UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol;

    private static bool IsKana(string text, Func<char, bool> isLetter) =>
        text.Any(isLetter) && text.All(c => isLetter(c) || c is 'ー' or '・' or ' ' or '　');
}
