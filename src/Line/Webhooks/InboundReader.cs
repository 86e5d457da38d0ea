using System.Text.Json;

namespace OrleansGov.Line;

/// <summary>Translates an event's payload into the dialogue engine's alphabet. A message that lacks what its kind needs is <see cref="InboundMessage.Unknown"/>: the resident still gets an answer.</summary>
static class InboundReader
{
    public static InboundMessage? Read(string eventType, JsonElement json) => eventType switch
    {
        "message" => Message(json.Child("message")!.Value),
        "postback" => Postback(json.Child("postback")!.Value),
        "follow" => new InboundMessage.Followed(json.Child("follow") is { } follow && follow.Flag("isUnblocked")),
        "unfollow" => new InboundMessage.Unfollowed(),
        "unsend" => new InboundMessage.Unsent(json.Child("unsend")!.Value.Text("messageId")!),
        _ => null,
    };

    static InboundMessage Message(JsonElement m)
    {
        var type = m.Text("type") ?? "";
        var id = m.Text("id");
        return type switch
        {
            "text" when m.Words("text") is { } text => new InboundMessage.Text(text, id),
            "image" when id is not null => new InboundMessage.Photo(id, !IsExternal(m)),
            "video" or "audio" when id is not null => new InboundMessage.Attachment(type, id),
            "file" when id is not null => new InboundMessage.Attachment(type, id, m.Text("fileName"), m.Whole("fileSize")),
            "location" when m.Number("latitude") is { } latitude && m.Number("longitude") is { } longitude =>
                new InboundMessage.Location(latitude, longitude, m.Text("title"), m.Text("address"), id),
            "sticker" => new InboundMessage.Sticker(m.Text("packageId") ?? "", m.Text("stickerId") ?? "", StickerWords(m), id),
            _ => new InboundMessage.Unknown(type, id),
        };
    }

    static InboundMessage.Tapped Postback(JsonElement p)
    {
        var picked = p.Child("params");
        return new(p.Text("data")!, picked?.Text("date") ?? picked?.Text("time") ?? picked?.Text("datetime"));
    }

    // What the resident wrote on a message sticker says more than the list of moods LINE attaches to the picture.
    static string? StickerWords(JsonElement m)
    {
        if (m.Words("text") is { Length: > 0 } written) return written;
        if (!m.TryGetProperty("keywords", out var list) || list.ValueKind != JsonValueKind.Array) return null;
        var words = string.Join(' ', list.EnumerateArray().Where(k => k.ValueKind == JsonValueKind.String).Select(k => k.TextValue()));
        return words.Length == 0 ? null : words;
    }

    static bool IsExternal(JsonElement m) => m.Child("contentProvider")?.Text("type") == "external";
}
