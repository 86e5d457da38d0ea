using System.Text.Json;

namespace OrleansGov.Line;

/// <summary>The few Flex components our cards are made of. Texts are made solid here, so no caller can write an empty one.</summary>
static class FlexWriter
{
    public const string Ink = "#111827";
    public const string Soft = "#5B6472";
    public const string White = "#FFFFFF";

    public static void Bubble(this Utf8JsonWriter w, Action? header, Action body, Action? footer)
    {
        w.WriteStartObject();
        w.WriteString("type", "bubble");
        w.WriteString("size", "mega");
        if (header is not null) { w.WritePropertyName("header"); header(); }
        w.WritePropertyName("body");
        body();
        if (footer is not null) { w.WritePropertyName("footer"); footer(); }
        w.WriteEndObject();
    }

    /// <param name="look">Properties in pairs: name, value. Whole numbers are written as numbers (flex).</param>
    public static void Box(this Utf8JsonWriter w, string layout, Action contents, params ReadOnlySpan<string> look)
    {
        w.WriteStartObject();
        w.WriteString("type", "box");
        w.WriteString("layout", layout);
        w.Look(look);
        w.WriteStartArray("contents");
        contents();
        w.WriteEndArray();
        w.WriteEndObject();
    }

    public static void Words(this Utf8JsonWriter w, string? text, bool wrap, params ReadOnlySpan<string> look)
    {
        w.WriteStartObject();
        w.WriteString("type", "text");
        w.WriteString("text", text.Solid("—"));
        if (wrap) w.WriteBoolean("wrap", true);
        w.Look(look);
        w.WriteEndObject();
    }

    public static void Line(this Utf8JsonWriter w)
    {
        w.WriteStartObject();
        w.WriteString("type", "separator");
        w.WriteString("margin", "lg");
        w.WriteString("color", "#E4E7EC");
        w.WriteEndObject();
    }

    public static void Button(this Utf8JsonWriter w, Choice choice, ChoiceWriter choices, string colour)
    {
        w.WriteStartObject();
        w.WriteString("type", "button");
        w.WriteString("height", "sm");
        w.WriteString("style", choice.Primary ? "primary" : "secondary");
        if (choice.Primary) w.WriteString("color", colour);
        w.WriteString("adjustMode", "shrink-to-fit");
        w.WritePropertyName("action");
        choices.Write(w, choice, ChoiceWriter.FlexLabel);
        w.WriteEndObject();
    }

    static void Look(this Utf8JsonWriter w, ReadOnlySpan<string> look)
    {
        for (var i = 0; i < look.Length; i += 2)
            if (look[i] == "flex") w.WriteNumber("flex", look[i + 1][0] - '0');
            else w.WriteString(look[i], look[i + 1]);
    }
}
