using System.Text.Json;

namespace OrleansGov.Line;

/// <summary>
/// A card as a Flex bubble: coloured head with badge and title, rows that wrap, the total set larger, small print, buttons at the foot.
/// Nothing in a card is ever cut; a card that would exceed LINE's bytes is the caller's to say in plain text.
/// </summary>
sealed class CardWriter(ChoiceWriter choices)
{
    /// <summary>LINE's 30 KB less a tenth: LINE does not say on which bytes it measures.</summary>
    public const int MaxBubble = MessageRules.MaxBubbleBytes * 9 / 10;

    /// <summary>LINE's 50 KB less a tenth.</summary>
    public const int MaxCarousel = MessageRules.MaxFlexCarouselBytes * 9 / 10;

    public const int MaxBubbles = 12;

    const int ButtonsPerBubble = 10;

    /// <summary>The bubble, or null when it is too big for LINE.</summary>
    public byte[]? Bubble(Say.Card card)
    {
        // A rough look first: rendering half a megabyte only to throw it away would be a gift to whoever typed it.
        if (card.Plain.Length > MaxBubble) return null;
        var colour = Colour(card.Tone);
        var buttons = card.Buttons.Where(b => !ChoiceWriter.IsQuickOnly(b)).ToList();
        var bytes = LineJson.Bytes(w => w.Bubble(
            Has(card.Badge) || Has(card.Title) ? () => Head(w, card, colour) : null,
            () => Body(w, card, colour),
            buttons.Count > 0 ? () => Foot(w, buttons, colour) : null));
        return bytes.Length <= MaxBubble ? bytes : null;
    }

    /// <summary>Bubbles that list choices as buttons, for where quick replies have no room left.</summary>
    public IEnumerable<byte[]> ListBubbles(string text, IEnumerable<Choice> list)
    {
        var page = ImmutableList<Choice>.Empty;
        foreach (var choice in list)
        {
            if (page.Count == ButtonsPerBubble || !page.IsEmpty && ListBubble(text, page.Add(choice)).Length > MaxBubble)
            {
                yield return ListBubble(text, page);
                page = [];
            }
            page = page.Add(choice);
        }
        if (!page.IsEmpty) yield return ListBubble(text, page);
    }

    byte[] ListBubble(string text, ImmutableList<Choice> list) => LineJson.Bytes(w => w.Bubble(null,
        () => w.Box("vertical", () => w.Words(text, true, "size", "md", "color", FlexWriter.Ink)),
        () => Foot(w, list, Colour(CardTone.Plain))));

    /// <summary>One choice with its explanation, for carousels of choices; null when too big.</summary>
    public byte[]? ChoiceBubble(Choice choice)
    {
        if ((choice.Hint?.Length ?? 0) + choice.Label.Length > MaxBubble) return null;
        var bytes = LineJson.Bytes(w => w.Bubble(null,
            () => w.Box("vertical", () =>
            {
                w.Words(ChoiceWriter.LabelOf(choice), true, "size", "md", "weight", "bold", "color", FlexWriter.Ink);
                if (Has(choice.Hint)) w.Words(choice.Hint, true, "size", "sm", "color", FlexWriter.Soft);
            }, "spacing", "sm"),
            () => w.Box("vertical", () => w.Button(choice with { Primary = true }, choices, Colour(CardTone.Review)))));
        return bytes.Length <= MaxBubble ? bytes : null;
    }

    public static bool Has(string? text) => !string.IsNullOrWhiteSpace(text);

    static void Head(Utf8JsonWriter w, Say.Card card, string colour) => w.Box("vertical", () =>
    {
        if (Has(card.Badge))
            w.Box("horizontal", () => w.Box("vertical",
                () => w.Words(card.Badge, true, "size", "xs", "weight", "bold", "color", FlexWriter.White),
                "flex", "0", "backgroundColor", "#FFFFFF33", "cornerRadius", "xl", "paddingStart", "10px", "paddingEnd", "10px", "paddingTop", "3px", "paddingBottom", "3px"));
        if (Has(card.Title)) w.Words(card.Title, true, "size", "lg", "weight", "bold", "color", FlexWriter.White);
    }, "backgroundColor", colour, "paddingAll", "16px", "spacing", "sm");

    void Body(Utf8JsonWriter w, Say.Card card, string colour) => w.Box("vertical", () =>
    {
        if (Has(card.Lead)) w.Words(card.Lead, true, "size", "sm", "color", FlexWriter.Ink);
        if (Has(card.Lead) && card.Rows.Count > 0) w.Line();
        foreach (var row in card.Rows) Row(w, row, colour, large: false);
        if (card.Total is { } total)
        {
            w.Line();
            Row(w, total, colour, large: true);
        }
        if (Has(card.Note)) w.Words(card.Note, true, "size", "xs", "color", FlexWriter.Soft, "margin", "lg");
        if (!Has(card.Lead) && card.Rows.Count == 0 && card.Total is null && !Has(card.Note) && !Has(card.Title)) w.Words("…", true);
    }, "spacing", "md", "paddingAll", "16px");

    void Row(Utf8JsonWriter w, CardRow row, string colour, bool large) => w.Box("horizontal", () =>
    {
        if (Has(row.Label)) w.Words(row.Label, true, "flex", "3", "size", large ? "md" : "sm", "color", FlexWriter.Soft, "gravity", large ? "center" : "top");
        if (large) w.Words(row.Value, true, "flex", "5", "size", "xl", "weight", "bold", "align", "end", "color", FlexWriter.Ink);
        else w.Words(row.Value, true, "flex", "7", "size", "sm", "color", FlexWriter.Ink);
        if (row.Edit is { } edit) Edit(w, edit, colour);
    }, "spacing", row.Edit is null ? "md" : "none", "margin", large ? "lg" : "md");

    // A word to tap at the height of its row's first line, rather than a button component, which takes a line of its own. The padding
    // makes it a target of 44 × 26 px at least; the box stretches with the row, and the target with it.
    void Edit(Utf8JsonWriter w, Choice edit, string colour)
    {
        w.WriteStartObject();
        w.WriteString("type", "box");
        w.WriteString("layout", "vertical");
        w.WriteNumber("flex", 0);
        w.WriteString("paddingStart", "16px");
        w.WriteString("paddingBottom", "6px");
        w.WritePropertyName("action");
        choices.Write(w, edit, ChoiceWriter.FlexLabel);
        w.WriteStartArray("contents");
        w.Words(ChoiceWriter.LabelOf(edit).Fit(ChoiceWriter.FlexLabel), false, "size", "sm", "align", "end", "decoration", "underline", "color", colour);
        w.WriteEndArray();
        w.WriteEndObject();
    }

    void Foot(Utf8JsonWriter w, IReadOnlyList<Choice> buttons, string colour) => w.Box("vertical", () =>
    {
        foreach (var button in buttons)
        {
            if (!ChoiceWriter.Fits(button, ChoiceWriter.FlexLabel)) w.Words(ChoiceWriter.LabelOf(button).CutUnits(1000), true, "size", "xs", "color", FlexWriter.Soft);
            w.Button(button, choices, colour);
        }
    }, "spacing", "sm", "paddingAll", "12px");

    // White text on each of these has a contrast of at least 5:1.
    static string Colour(CardTone tone) => tone switch
    {
        CardTone.Review => "#1D4F9C",
        CardTone.Done => "#17693F",
        CardTone.Warning => "#A63A12",
        _ => "#37474F",
    };
}
