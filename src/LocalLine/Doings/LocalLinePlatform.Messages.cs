using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansGov.LocalLine.Content;
using OrleansGov.LocalLine.Webhooks;
using OrleansGov.LocalLine.World;

namespace OrleansGov.LocalLine;

/// <content>What a resident may send, and take back.</content>
public sealed partial class LocalLinePlatform
{
    /// <summary>Writes a text.</summary>
    /// <param name="resident">Who.</param>
    /// <param name="text">What.</param>
    /// <param name="quotedMessageId">Id of a message this one quotes, or null.</param>
    public SentEvent SendText(LocalResident resident, string text, string? quotedMessageId = null) => Say(resident, null, quoted: quotedMessageId,
        ("type", "text"), ("text", text));

    /// <summary>Sends a sticker.</summary>
    public SentEvent SendSticker(LocalResident resident, string packageId, string stickerId, params IEnumerable<string> keywords) => Say(resident, null, null,
        ("type", "sticker"), ("packageId", packageId), ("stickerId", stickerId), ("stickerResourceType", "STATIC"),
        ("keywords", new JsonArray([.. keywords.Take(15).Select(k => (JsonNode)k)])));

    /// <summary>Sends a place; degrees, WGS 84.</summary>
    public SentEvent SendLocation(LocalResident resident, double latitude, double longitude, string? title = null, string? address = null) => Say(resident, null, null,
        ("type", "location"), ("title", title), ("address", address), ("latitude", latitude), ("longitude", longitude));

    /// <summary>Sends one or more pictures; several at once are several events that share an <c>imageSet</c>.</summary>
    /// <param name="resident">Who.</param>
    /// <param name="preparation">How long the content answers 202.</param>
    /// <param name="images">Bytes and media type of each.</param>
    public IReadOnlyList<SentEvent> SendImages(LocalResident resident, TimeSpan preparation, params IReadOnlyList<(byte[] Bytes, string MediaType)> images)
    {
        var set = images.Count > 1 ? Mint.Hex(16).ToUpperInvariant() : null;
        return
        [
            .. images.Select((image, i) => Say(resident, new StoredContent("image", image.Bytes, image.MediaType, Now + preparation), null,
                ("type", "image"), ("contentProvider", new JsonObject { ["type"] = "line" }),
                ("imageSet", set is null ? null : new JsonObject { ["id"] = set, ["index"] = i + 1, ["total"] = images.Count })))
        ];
    }

    /// <summary>Sends a video; its content answers 202 for <see cref="LocalLineOptions.VideoPreparation"/>.</summary>
    public SentEvent SendVideo(LocalResident resident, byte[] bytes, TimeSpan duration) => Say(
        resident, new StoredContent("video", bytes, "video/mp4", Now + Options.VideoPreparation), null,
        ("type", "video"), ("duration", (long)duration.TotalMilliseconds), ("contentProvider", new JsonObject { ["type"] = "line" }));

    /// <summary>Sends a voice message; its content answers 202 for <see cref="LocalLineOptions.VideoPreparation"/>.</summary>
    public SentEvent SendAudio(LocalResident resident, byte[] bytes, TimeSpan duration) => Say(
        resident, new StoredContent("audio", bytes, "audio/x-m4a", Now + Options.VideoPreparation), null,
        ("type", "audio"), ("duration", (long)duration.TotalMilliseconds), ("contentProvider", new JsonObject { ["type"] = "line" }));

    /// <summary>Sends a file; the name is whatever the person's phone says.</summary>
    public SentEvent SendFile(LocalResident resident, string fileName, byte[] bytes) => Say(
        resident, new StoredContent("file", bytes, "application/octet-stream", Now), null,
        ("type", "file"), ("fileName", fileName), ("fileSize", bytes.Length));

    /// <summary>Takes a message back; its content is gone from then on. Null when it is not on the screen or not this person's.</summary>
    public SentEvent? Unsend(LocalResident resident, string messageId)
    {
        lock (Gate)
        {
            if (!resident.Screen.Unsend(messageId)) return null;
            Contents.Withdraw(messageId);
            ScreenChanged(resident);
        }

        return Emit(resident, "unsend", replies: false, ("unsend", new JsonObject { ["messageId"] = messageId }));
    }

    private SentEvent Say(LocalResident resident, StoredContent? content, string? quoted, params (string Name, JsonNode? Value)[] properties)
    {
        if (resident.Friendship is Friendship.Blocked or Friendship.Deleted)
            throw new InvalidOperationException($"Resident '{resident.Id}' is {resident.Friendship} and cannot write.");
        var id = Mint.MessageId();
        var message = new JsonObject { ["id"] = id };
        foreach (var (name, value) in properties)
            if (value is not null) message[name] = value;
        var type = message["type"]!.GetValue<string>();
        if (type is "text" or "sticker" or "image" or "video") message["quoteToken"] = Mint.Seal("quote", resident.Id, id);
        if (quoted is not null) message["quotedMessageId"] = quoted;
        message["markAsReadToken"] = Mint.Seal("read", resident.Id, id);
        if (content is not null) Contents.Add(id, resident.Channel, content);
        Show(resident, id, message, null);
        return Emit(resident, "message", replies: true, ("message", message));
    }

    private void Show(LocalResident resident, string id, JsonNode message, string? label)
    {
        lock (Gate)
        {
            resident.WroteAt = Now;
            resident.Screen.Add(id, fromBot: false, Now, message.Deserialize<JsonElement>(), label);
            ScreenChanged(resident);
        }
    }
}
