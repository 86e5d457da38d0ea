namespace OrleansGov.Line;

/// <summary>Splits long texts where a reader would: paragraphs, lines, sentences, words, and only then between graphemes.</summary>
static class TextSplitter
{
    public const int MaxUnits = 5000;

    static readonly string[] Borders = ["\n\n", "\n", "。", "！", "？", ". ", "、", " "];

    public static IEnumerable<string> Split(string text)
    {
        while (text.Length > MaxUnits)
        {
            var end = BorderIn(text);
            if (text[..end].Trim('\n') is { Length: > 0 } part && !string.IsNullOrWhiteSpace(part)) yield return part;
            text = text[end..];
        }
        if (text.Trim('\n') is { Length: > 0 } last && !string.IsNullOrWhiteSpace(last)) yield return last;
    }

    // The second half of the room only: an early full stop should not make a short message.
    static int BorderIn(string text)
    {
        foreach (var border in Borders)
        {
            var at = text.LastIndexOf(border, MaxUnits - 1, MaxUnits / 2, StringComparison.Ordinal);
            if (at < 0) continue;
            var end = at + border.Length;
            if (TextShape.LastBorder(text, end) == end) return end;
        }
        return TextShape.LastBorder(text, MaxUnits);
    }
}
