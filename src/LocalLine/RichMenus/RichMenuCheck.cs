using System.Globalization;
using System.Text.Json;

namespace OrleansGov.LocalLine.RichMenus;

/// <summary>The limits of a rich menu object (LINE reference, Rich menu object).</summary>
internal static class RichMenuCheck
{
    public static IEnumerable<(string Message, string Property)> Faults(JsonElement menu)
    {
        var size = menu.TryGetProperty("size", out var s) && s.ValueKind == JsonValueKind.Object ? s : default;
        if (Number(size, "width") is not { } width || width is < 800 or > 2500) yield return ("width must be between 800 and 2500", "size.width");
        else if (Number(size, "height") is not { } height || height < 250) yield return ("height must be 250 or more", "size.height");
        else if ((double)width / height < 1.45) yield return ("The aspect ratio must be 1.45 or more", "size");

        if (!menu.TryGetProperty("selected", out var selected) || selected.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) yield return ("May not be null", "selected");
        if (Graphemes(menu, "name") is not (>= 1 and <= 300)) yield return ("Length must be between 1 and 300", "name");
        if (Graphemes(menu, "chatBarText") is not (>= 1 and <= 14)) yield return ("Length must be between 1 and 14", "chatBarText");
        if (!menu.TryGetProperty("areas", out var areas) || areas.ValueKind != JsonValueKind.Array || areas.GetArrayLength() > 20)
        {
            yield return ("Size must be between 0 and 20", "areas");
            yield break;
        }

        var n = 0;
        foreach (var area in areas.EnumerateArray())
        {
            var path = $"areas[{n++}]";
            var bounds = area.ValueKind == JsonValueKind.Object && area.TryGetProperty("bounds", out var b) ? b : default;
            foreach (var side in (string[])["x", "y", "width", "height"])
                if (Number(bounds, side) is not >= 0) yield return ("Must be 0 or more", $"{path}.bounds.{side}");
            if (area.ValueKind != JsonValueKind.Object || !area.TryGetProperty("action", out var action) || action.ValueKind != JsonValueKind.Object || !action.TryGetProperty("type", out _))
                yield return ("May not be null", $"{path}.action");
        }
    }

    private static int? Number(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    private static int? Graphemes(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? new StringInfo(value.GetString()!).LengthInTextElements : null;
}
