using System.Text.Json;
using System.Text.RegularExpressions;

namespace OrleansGov.Line;

/// <summary>
/// Everything LINE refuses in messages and rich menus (LINE Messaging API reference, Message objects, Action objects, Flex Message elements, Rich menu),
/// written down independently of the renderer: the renderer is tested against it, the local LINE refuses by it.
/// Sizes are measured on the JSON as sent. Media behind URLs are not fetched.
/// </summary>
public static partial class MessageRules
{
    /// <summary>A whole request over this many bytes is 413.</summary>
    public const int MaxRequestBytes = 2 * 1024 * 1024;

    public const int MaxBubbleBytes = 30 * 1024;
    public const int MaxFlexCarouselBytes = 50 * 1024;

    static readonly string[] Common = ["type", "quickReply", "sender"];

    /// <summary>Checks the <c>messages</c> array of a send.</summary>
    /// <param name="messages">The array itself.</param>
    /// <param name="kind">How it is sent: quote tokens and mentions belong to replies and pushes.</param>
    /// <param name="toGroup">The target is a group or room (mentions allowed, <c>trackingId</c> not); null = not known, both pass.</param>
    /// <returns>Every fault, in reading order; empty = LINE would accept it.</returns>
    public static ImmutableList<MessageFault> Check(JsonElement messages, SendKind kind, bool? toGroup = null) =>
        Collect(messages, "messages", root =>
        {
            foreach (var message in root.Elements(1, 5)) Message(message, kind, toGroup);
        });

    /// <summary>Checks a rich menu object (<c>POST /v2/bot/richmenu</c>).</summary>
    public static ImmutableList<MessageFault> CheckRichMenu(JsonElement richMenu) => Collect(richMenu, "", RichMenuRules.Check);

    /// <summary>Checks a Flex container by itself, as LINE's Flex simulator does.</summary>
    public static ImmutableList<MessageFault> CheckFlex(JsonElement container) => Collect(container, "", FlexRules.Container);

    static ImmutableList<MessageFault> Collect(JsonElement json, string path, Action<RuleNode> check)
    {
        var faults = new List<MessageFault>();
        try
        {
            check(new(json, path, faults));
        }
        catch (InvalidOperationException) // a property name with a lone surrogate; JsonElement cannot read on
        {
            faults.Add(new(path, "must be valid Unicode text"));
        }
        return [.. faults];
    }

    static void Message(RuleNode m, SendKind kind, bool? toGroup)
    {
        if (m.Json.ValueKind != JsonValueKind.Object)
        {
            m.Fail("must be an object");
            return;
        }
        var type = m.OneOf("type", true, "text", "textV2", "sticker", "image", "video", "audio", "location", "coupon", "imagemap", "template", "flex");
        if (type is null) return;

        m.IsObject([.. Common, .. PropertiesOf(type)]);
        switch (type)
        {
            case "text": PlainText(m); break;
            case "textV2": TextV2Rules.Check(m, kind, toGroup); break;
            case "sticker":
                m.Text("packageId", 100);
                m.Text("stickerId", 100);
                break;
            case "image":
                m.Url("originalContentUrl", true);
                m.Url("previewImageUrl", true);
                break;
            case "video":
                m.Url("originalContentUrl", true);
                m.Url("previewImageUrl", true);
                if (m.Text("trackingId", 100, required: false) is { Length: > 0 } tracking && (toGroup == true || !Tracking().IsMatch(tracking))) m.FailAt("trackingId", "invalid property");
                break;
            case "audio":
                m.Url("originalContentUrl", true);
                m.Number("duration", true);
                break;
            case "location":
                m.Text("title", 100);
                m.Text("address", 100);
                m.Number("latitude", true);
                m.Number("longitude", true);
                break;
            case "coupon":
                m.Text("couponId", 100);
                if (m.Text("deliveryTag", 30, required: false) is { Length: > 0 } tag && !Word().IsMatch(tag)) m.FailAt("deliveryTag", "invalid property");
                break;
            case "imagemap": ImagemapRules.Check(m); break;
            case "template":
                m.Text("altText", 1500);
                if (m.Required("template") is { } template) TemplateRules.Check(template);
                break;
            case "flex":
                m.Text("altText", 1500);
                if (m.Required("contents") is { } contents) FlexRules.Container(contents);
                break;
        }

        if (type is "text" or "textV2" or "sticker" && m["quoteToken"] is { } quote)
        {
            quote.AsText();
            if (kind is not (SendKind.Reply or SendKind.Push)) quote.Fail("invalid property");
        }
        QuickReply(m["quickReply"]);
        Sender(m["sender"]);
    }

    static string[] PropertiesOf(string type) => type switch
    {
        "text" => ["text", "emojis", "quoteToken"],
        "textV2" => ["text", "substitution", "quoteToken"],
        "sticker" => ["packageId", "stickerId", "quoteToken"],
        "image" => ["originalContentUrl", "previewImageUrl"],
        "video" => ["originalContentUrl", "previewImageUrl", "trackingId"],
        "audio" => ["originalContentUrl", "duration"],
        "location" => ["title", "address", "latitude", "longitude"],
        "coupon" => ["couponId", "deliveryTag"],
        "imagemap" => ["baseUrl", "altText", "baseSize", "video", "actions"],
        "template" => ["altText", "template"],
        _ => ["altText", "contents"],
    };

    static void PlainText(RuleNode m)
    {
        var text = m.Text("text", 5000);
        foreach (var emoji in m.Items("emojis", 0, 20, required: false))
        {
            if (!emoji.IsObject("index", "productId", "emojiId")) continue;
            emoji.Text("productId", 100);
            emoji.Text("emojiId", 100);
            if (emoji.Whole("index", true, 0) is { } index && text is not null && (index >= text.Length || index >= 0 && text[(int)index] != '$')) emoji.FailAt("index", "invalid property");
        }
    }

    static void QuickReply(RuleNode? quickReply)
    {
        if (quickReply is not { } q || !q.IsObject("items")) return;
        foreach (var item in q.Items("items", 1, 13))
        {
            if (!item.IsObject("type", "action", "imageUrl")) continue;
            item.OneOf("type", true, "action");
            item.Url("imageUrl", false);
            if (item.Required("action") is { } action) ActionRules.Check(action, ActionPlace.QuickReply);
        }
    }

    static void Sender(RuleNode? sender)
    {
        if (sender is not { } s || !s.IsObject("name", "iconUrl")) return;
        if (s.Text("name", 20, required: false) is { } name && name.Contains("LINE", StringComparison.OrdinalIgnoreCase)) s.FailAt("name", "invalid property");
        s.Url("iconUrl", false);
    }

    [GeneratedRegex(@"^[a-zA-Z0-9\-.=,+*()%$&;:@{}!?<>\[\]]+\z")]
    private static partial Regex Tracking();

    [GeneratedRegex(@"^[a-zA-Z0-9_]+\z")]
    private static partial Regex Word();
}
