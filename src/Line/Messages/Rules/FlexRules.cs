using System.Runtime.InteropServices;
using System.Text.Json;

namespace OrleansGov.Line;

/// <summary>Flex containers: bubbles and carousels of bubbles (LINE reference, Flex Message elements).</summary>
static class FlexRules
{
    static readonly string[] Sizes = ["nano", "micro", "deca", "hecto", "kilo", "mega", "giga"];
    static readonly string[] Blocks = ["header", "hero", "body", "footer"];

    public static void Container(RuleNode c)
    {
        if (c.Json.ValueKind != JsonValueKind.Object)
        {
            c.Fail("must be an object");
            return;
        }
        switch (c.OneOf("type", true, "bubble", "carousel"))
        {
            case "bubble": Bubble(c, inCarousel: false); break;
            case "carousel": Carousel(c); break;
        }
        if (AnimatedIn(c.Json) > 10) c.Fail("The number of animated images must be 10 or less");
    }

    static void Carousel(RuleNode c)
    {
        c.IsObject("type", "contents");
        if (BytesOf(c.Json) > MessageRules.MaxFlexCarouselBytes) c.Fail("The size of a carousel must be 50 KB or less");
        string? size = null;
        foreach (var bubble in c.Items("contents", 1, 12))
        {
            if (bubble.Json.ValueKind != JsonValueKind.Object)
            {
                bubble.Fail("must be an object");
                continue;
            }
            if (bubble.OneOf("type", true, "bubble") is null) continue;
            Bubble(bubble, inCarousel: true);
            var own = bubble["size"] is { Json.ValueKind: JsonValueKind.String } s ? s.AsText() : "mega";
            size ??= own;
            if (own != size) bubble.FailAt("size", "must be the same in all bubbles of a carousel");
        }
    }

    static void Bubble(RuleNode b, bool inCarousel)
    {
        b.IsObject(["type", "size", "direction", "styles", "action", .. Blocks]);
        if (BytesOf(b.Json) > MessageRules.MaxBubbleBytes) b.Fail("The size of a bubble must be 30 KB or less");
        var size = b.OneOf("size", false, Sizes) ?? "mega";
        b.OneOf("direction", false, "ltr", "rtl");
        if (b["action"] is { } action) ActionRules.Check(action, ActionPlace.Flex);

        var any = false;
        foreach (var name in Blocks)
        {
            if (b[name] is not { } block) continue;
            any = true;
            FlexComponentRules.Check(block, name == "hero" ? ["box", "image", "video"] : ["box"]);
            if (name == "hero" && FlexComponentRules.TypeOf(block) == "video" && (inCarousel || size is not ("kilo" or "mega" or "giga"))) block.Fail("A video is allowed in a bubble of size kilo, mega or giga outside a carousel only");
        }
        if (!any) b.Fail("At least one block must be specified");

        if (b["styles"] is { } styles && styles.IsObject(Blocks))
            foreach (var name in Blocks)
                if (styles[name] is { } style && style.IsObject("backgroundColor", "separator", "separatorColor"))
                {
                    style.Shape("backgroundColor", FlexShapes.Colour());
                    style.Flag("separator");
                    style.Shape("separatorColor", FlexShapes.Colour());
                }
    }

    static int BytesOf(JsonElement json) => JsonMarshal.GetRawUtf8Value(json).Length;

    static int AnimatedIn(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().Sum(AnimatedIn),
        JsonValueKind.Object => json.EnumerateObject().Sum(p => p.NameEquals("animated") && p.Value.ValueKind == JsonValueKind.True ? 1 : AnimatedIn(p.Value)),
        _ => 0,
    };
}
