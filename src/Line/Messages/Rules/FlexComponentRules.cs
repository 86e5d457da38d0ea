using System.Globalization;
using System.Text.Json;

namespace OrleansGov.Line;

/// <summary>Flex components, each with the properties it has and the children it may hold.</summary>
static class FlexComponentRules
{
    static readonly string[] Placed = ["type", "position", "offsetTop", "offsetBottom", "offsetStart", "offsetEnd", "margin"];
    static readonly string[] InBox = ["box", "button", "image", "text", "separator", "filler"];
    static readonly string[] InBaseline = ["icon", "text", "filler"];

    public static string? TypeOf(RuleNode c) => c["type"] is { Json.ValueKind: JsonValueKind.String } type ? type.AsText() : null;

    /// <summary>Checks a component that must be one of <paramref name="allowed"/>.</summary>
    public static void Check(RuleNode c, ReadOnlySpan<string> allowed)
    {
        if (c.Json.ValueKind != JsonValueKind.Object)
        {
            c.Fail("must be an object");
            return;
        }
        switch (c.OneOf("type", true, allowed))
        {
            case "box": Box(c); break;
            case "button": Button(c); break;
            case "image": Image(c); break;
            case "video": Video(c); break;
            case "icon": Icon(c); break;
            case "text": Text(c); break;
            case "separator":
                c.IsObject("type", "margin", "color");
                c.Shape("margin", FlexShapes.Gap());
                c.Shape("color", FlexShapes.Colour());
                break;
            case "filler":
                c.IsObject("type", "flex");
                c.Whole("flex", false, 0);
                break;
        }
    }

    static void Box(RuleNode c)
    {
        c.IsObject([.. Placed, "layout", "contents", "flex", "spacing", "backgroundColor", "borderColor", "borderWidth", "cornerRadius", "width", "maxWidth", "height", "maxHeight",
            "paddingAll", "paddingTop", "paddingBottom", "paddingStart", "paddingEnd", "action", "justifyContent", "alignItems", "background"]);
        Place(c);
        c.Whole("flex", false, 0);
        c.Shape("spacing", FlexShapes.Gap());
        c.Shape("backgroundColor", FlexShapes.Colour());
        c.Shape("borderColor", FlexShapes.Colour());
        c.Shape("borderWidth", FlexShapes.Border());
        c.Shape("cornerRadius", FlexShapes.Gap());
        foreach (var name in (ReadOnlySpan<string>)["width", "maxWidth", "height", "maxHeight"]) c.Shape(name, FlexShapes.Extent());
        foreach (var name in (ReadOnlySpan<string>)["paddingAll", "paddingTop", "paddingBottom", "paddingStart", "paddingEnd"]) c.Shape(name, FlexShapes.Padding());
        c.OneOf("justifyContent", false, "center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly");
        c.OneOf("alignItems", false, "center", "flex-start", "flex-end");
        Act(c);
        if (c["background"] is { } background) Gradient(background);

        var layout = c.OneOf("layout", true, "horizontal", "vertical", "baseline");
        foreach (var child in c.Items("contents", 0, int.MaxValue)) Check(child, layout == "baseline" ? InBaseline : InBox);
    }

    static void Gradient(RuleNode g)
    {
        if (!g.IsObject("type", "angle", "startColor", "endColor", "centerColor", "centerPosition")) return;
        g.OneOf("type", true, "linearGradient");
        if (g.Shape("angle", FlexShapes.Angle(), required: true) is { } angle && FlexShapes.Angle().IsMatch(angle)
            && double.Parse(angle.AsSpan()[..^3], CultureInfo.InvariantCulture) >= 360) g.FailAt("angle", "invalid property");
        g.Shape("startColor", FlexShapes.Colour(), required: true);
        g.Shape("endColor", FlexShapes.Colour(), required: true);
        g.Shape("centerColor", FlexShapes.Colour());
        if (g.Shape("centerPosition", FlexShapes.Share()) is { } position && FlexShapes.Share().IsMatch(position)
            && double.Parse(position.AsSpan()[..^1], CultureInfo.InvariantCulture) > 100) g.FailAt("centerPosition", "invalid property");
    }

    static void Button(RuleNode c)
    {
        c.IsObject([.. Placed, "flex", "action", "height", "style", "color", "gravity", "adjustMode", "scaling"]);
        Place(c);
        c.Whole("flex", false, 0);
        c.OneOf("height", false, "sm", "md");
        c.OneOf("style", false, "primary", "secondary", "link");
        c.Shape("color", FlexShapes.Colour());
        Gravity(c);
        Adjust(c);
        if (c.Required("action") is { } action) ActionRules.Check(action, ActionPlace.FlexButton);
    }

    static void Image(RuleNode c)
    {
        c.IsObject([.. Placed, "url", "flex", "align", "gravity", "size", "aspectRatio", "aspectMode", "backgroundColor", "action", "animated"]);
        Place(c);
        c.Url("url", true);
        c.Whole("flex", false, 0);
        Align(c);
        Gravity(c);
        c.Shape("size", FlexShapes.ImageSize());
        Ratio(c);
        c.OneOf("aspectMode", false, "fit", "cover");
        c.Shape("backgroundColor", FlexShapes.Colour());
        c.Flag("animated");
        Act(c);
    }

    static void Video(RuleNode c)
    {
        c.IsObject("type", "url", "previewUrl", "altContent", "aspectRatio", "action");
        c.Url("url", true);
        c.Url("previewUrl", true);
        Ratio(c);
        if (c.Required("altContent") is { } instead) Check(instead, ["box", "image"]);
        if (c["action"] is { } action) ActionRules.Check(action, ActionPlace.FlexVideo);
    }

    static void Icon(RuleNode c)
    {
        c.IsObject([.. Placed, "url", "size", "aspectRatio", "scaling"]);
        Place(c);
        c.Url("url", true);
        c.Shape("size", FlexShapes.IconSize());
        Ratio(c);
        c.Flag("scaling");
    }

    static void Text(RuleNode c)
    {
        c.IsObject([.. Placed, "flex", "text", "contents", "size", "align", "gravity", "color", "weight", "style", "decoration", "wrap", "lineSpacing", "maxLines", "action", "adjustMode", "scaling"]);
        Place(c);
        c.Whole("flex", false, 0);
        Type(c);
        Align(c);
        Gravity(c);
        c.Flag("wrap");
        c.Shape("lineSpacing", FlexShapes.Pixels());
        c.Whole("maxLines", false, 0);
        Adjust(c);
        Act(c);
        var spans = c["contents"] is null ? [] : c.Items("contents", 0, int.MaxValue);
        c.Text("text", int.MaxValue, required: spans.Count == 0, mayBeEmpty: spans.Count > 0);
        foreach (var span in spans)
        {
            if (!span.IsObject("type", "text", "size", "color", "weight", "style", "decoration")) continue;
            span.OneOf("type", true, "span");
            span.Text("text", int.MaxValue);
            Type(span);
        }
    }

    static void Type(RuleNode c)
    {
        c.Shape("size", FlexShapes.Font());
        c.Shape("color", FlexShapes.Colour());
        c.OneOf("weight", false, "regular", "bold");
        c.OneOf("style", false, "normal", "italic");
        c.OneOf("decoration", false, "none", "underline", "line-through");
    }

    static void Place(RuleNode c)
    {
        c.OneOf("position", false, "relative", "absolute");
        foreach (var name in (ReadOnlySpan<string>)["offsetTop", "offsetBottom", "offsetStart", "offsetEnd"]) c.Shape(name, FlexShapes.Offset());
        c.Shape("margin", FlexShapes.Gap());
    }

    static void Adjust(RuleNode c)
    {
        c.OneOf("adjustMode", false, "shrink-to-fit");
        c.Flag("scaling");
    }

    static void Align(RuleNode c) => c.OneOf("align", false, "start", "center", "end");

    static void Gravity(RuleNode c) => c.OneOf("gravity", false, "top", "center", "bottom");

    static void Ratio(RuleNode c)
    {
        if (c["aspectRatio"]?.AsText() is not { } text) return;
        var match = FlexShapes.Ratio().Match(text);
        if (match.Success)
        {
            var width = double.Parse(match.Groups["w"].ValueSpan, CultureInfo.InvariantCulture);
            var height = double.Parse(match.Groups["h"].ValueSpan, CultureInfo.InvariantCulture);
            if (width is >= 1 and <= 100000 && height is >= 1 and <= 100000 && height <= 3 * width) return;
        }
        c.FailAt("aspectRatio", "invalid property");
    }

    static void Act(RuleNode c)
    {
        if (c["action"] is { } action) ActionRules.Check(action, ActionPlace.Flex);
    }
}
