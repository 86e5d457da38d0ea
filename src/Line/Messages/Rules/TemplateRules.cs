using System.Text.Json;
using System.Text.RegularExpressions;

namespace OrleansGov.Line;

/// <summary>Template messages (LINE reference, Template messages): buttons, confirm, carousel, image carousel.</summary>
static partial class TemplateRules
{
    public static void Check(RuleNode t)
    {
        if (t.Json.ValueKind != JsonValueKind.Object)
        {
            t.Fail("must be an object");
            return;
        }
        switch (t.OneOf("type", true, "buttons", "confirm", "carousel", "image_carousel"))
        {
            case "buttons": Buttons(t); break;
            case "confirm":
                t.IsObject("type", "text", "actions");
                t.Text("text", 240, Counting.Graphemes);
                Actions(t, 2, 2);
                break;
            case "carousel": Carousel(t); break;
            case "image_carousel":
                t.IsObject("type", "columns");
                foreach (var column in t.Items("columns", 1, 10))
                {
                    if (!column.IsObject("imageUrl", "action")) continue;
                    column.Url("imageUrl", true);
                    if (column.Required("action") is { } action) ActionRules.Check(action, ActionPlace.ImageCarousel);
                }
                break;
        }
    }

    static void Buttons(RuleNode t)
    {
        t.IsObject("type", "thumbnailImageUrl", "imageAspectRatio", "imageSize", "imageBackgroundColor", "title", "text", "defaultAction", "actions");
        Look(t);
        t.Shape("imageBackgroundColor", Rgb());
        Head(t, 160);
        Actions(t, 1, 4);
    }

    static void Carousel(RuleNode t)
    {
        t.IsObject("type", "columns", "imageAspectRatio", "imageSize");
        Look(t);
        var columns = t.Items("columns", 1, 10);
        foreach (var column in columns)
        {
            if (!column.IsObject("thumbnailImageUrl", "imageBackgroundColor", "title", "text", "defaultAction", "actions")) continue;
            column.Shape("imageBackgroundColor", Rgb());
            Head(column, 120);
            Actions(column, 1, 3);
        }
        if (columns.Count == 0) return;

        var first = columns[0];
        foreach (var column in columns.Skip(1))
        {
            if (CountOf(column) != CountOf(first)) column.FailAt("actions", "The number of actions must be the same in all columns");
            foreach (var name in (ReadOnlySpan<string>)["thumbnailImageUrl", "title"])
                if (column[name] is null != first[name] is null) column.FailAt(name, "must be specified in all columns or in none");
        }
    }

    static int CountOf(RuleNode column) => column["actions"] is { Json.ValueKind: JsonValueKind.Array } actions ? actions.Json.GetArrayLength() : 0;

    static void Look(RuleNode t)
    {
        t.OneOf("imageAspectRatio", false, "rectangle", "square");
        t.OneOf("imageSize", false, "cover", "contain");
    }

    // A title or an image leaves room for 60 graphemes of text only.
    static void Head(RuleNode t, int roomForText)
    {
        t.Url("thumbnailImageUrl", false);
        t.Text("title", 40, Counting.Graphemes, required: false);
        t.Text("text", t["title"] is null && t["thumbnailImageUrl"] is null ? roomForText : 60, Counting.Graphemes);
        if (t["defaultAction"] is { } action) ActionRules.Check(action, ActionPlace.TemplateDefault);
    }

    static void Actions(RuleNode t, int min, int max)
    {
        foreach (var action in t.Items("actions", min, max)) ActionRules.Check(action, ActionPlace.Template);
    }

    [GeneratedRegex(@"^#[0-9a-fA-F]{6}\z")]
    private static partial Regex Rgb();
}
