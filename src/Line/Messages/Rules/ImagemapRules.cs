namespace OrleansGov.Line;

/// <summary>Imagemap messages: a picture 1040 wide with places to tap (LINE reference, Imagemap message).</summary>
static class ImagemapRules
{
    public static void Check(RuleNode m)
    {
        m.Url("baseUrl", true);
        m.Text("altText", 1500);
        if (m.Required("baseSize") is { } size && size.IsObject("width", "height"))
        {
            if (size.Whole("width", true) is { } width && width != 1040) size.FailAt("width", "must be 1040");
            size.Whole("height", true, 1);
        }
        if (m["video"] is { } video && video.IsObject("originalContentUrl", "previewImageUrl", "area", "externalLink"))
        {
            video.Url("originalContentUrl", true);
            video.Url("previewImageUrl", true);
            Area(video);
            if (video["externalLink"] is { } link && link.IsObject("linkUri", "label"))
            {
                link.Url("linkUri", true, 1000, "http", "https", "line", "tel");
                link.Text("label", 30);
            }
        }
        foreach (var action in m.Items("actions", 0, 50)) Action(action);
    }

    static void Action(RuleNode action)
    {
        if (action.Json.ValueKind != System.Text.Json.JsonValueKind.Object)
        {
            action.Fail("must be an object");
            return;
        }
        switch (action.OneOf("type", true, "uri", "message", "clipboard"))
        {
            case "uri":
                action.IsObject("type", "label", "area", "linkUri");
                action.Url("linkUri", true, 1000, "http", "https", "line", "tel");
                break;
            case "message":
                action.IsObject("type", "label", "area", "text");
                action.Text("text", 400);
                break;
            case "clipboard":
                action.IsObject("type", "label", "area", "clipboardText");
                action.Text("clipboardText", 1000);
                break;
            default: return;
        }
        action.Text("label", 100, required: false, mayBeEmpty: true);
        Area(action);
    }

    static void Area(RuleNode owner)
    {
        if (owner.Required("area") is not { } area || !area.IsObject("x", "y", "width", "height")) return;
        area.Whole("x", true, 0);
        area.Whole("y", true, 0);
        area.Whole("width", true, 1);
        area.Whole("height", true, 1);
    }
}
