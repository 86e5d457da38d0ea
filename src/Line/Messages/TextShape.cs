using System.Globalization;
using System.Text;

namespace OrleansGov.Line;

/// <summary>LINE's two ways of counting text, and cutting it where a reader would not notice (LINE docs, Character counting in a text).</summary>
public static class TextShape
{
    const string Ellipsis = "…";

    /// <summary>Grapheme clusters: what a reader calls one character.</summary>
    public static int Graphemes(this string text) => new StringInfo(text).LengthInTextElements;

    /// <summary>The text with every lone surrogate replaced by U+FFFD, so that it can be written as UTF-8.</summary>
    public static string WellFormed(this string text)
    {
        var broken = false;
        for (var i = 0; i < text.Length && !broken; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) i++;
            else broken = true;
        }
        if (!broken) return text;

        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) whole.Append(rune.ToString());
        return whole.ToString();
    }

    /// <summary>At most <paramref name="max"/> graphemes, the last one an ellipsis if something was cut.</summary>
    public static string CutGraphemes(this string text, int max)
    {
        if (text.Length <= max) return text;
        var info = new StringInfo(text);
        return info.LengthInTextElements <= max ? text : info.SubstringByTextElements(0, max - 1) + Ellipsis;
    }

    /// <summary>At most <paramref name="max"/> UTF-16 units, cut between graphemes, with an ellipsis inside the limit.</summary>
    public static string CutUnits(this string text, int max) =>
        text.Length <= max ? text : text[..LastBorder(text, max - Ellipsis.Length)] + Ellipsis;

    /// <summary>The largest grapheme border at or before <paramref name="max"/>; a rune border when one grapheme alone is longer.</summary>
    public static int LastBorder(string text, int max)
    {
        if (text.Length <= max) return text.Length;
        var end = 0;
        while (end < text.Length)
        {
            var next = end + StringInfo.GetNextTextElementLength(text, end);
            if (next > max) break;
            end = next;
        }
        if (end > 0) return end;
        return max > 1 && char.IsHighSurrogate(text[max - 1]) ? max - 1 : max;
    }
}
