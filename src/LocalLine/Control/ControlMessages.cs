using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OrleansGov.LocalLine.World;

namespace OrleansGov.LocalLine.Control;

/// <summary>Messages a page sends on a resident's behalf.</summary>
internal static class ControlMessages
{
    public static void Send(LocalLinePlatform platform, LocalResident resident, JsonElement message)
    {
        switch (Text(message, "type"))
        {
            case "text":
                platform.SendText(resident, Text(message, "text") ?? "", Text(message, "quotedMessageId"));
                break;
            case "sticker":
                var keywords = message.TryGetProperty("keywords", out var list) && list.ValueKind == JsonValueKind.Array
                    ? list.EnumerateArray().Select(k => k.GetString() ?? "").ToArray()
                    : [];
                platform.SendSticker(resident, Text(message, "packageId") ?? "446", Text(message, "stickerId") ?? "1988", keywords);
                break;
            case "location":
                platform.SendLocation(resident, message.GetProperty("latitude").GetDouble(), message.GetProperty("longitude").GetDouble(),
                    Text(message, "title"), Text(message, "address"));
                break;
            case "file":
                platform.SendFile(resident, Text(message, "fileName") ?? "file.txt", Encoding.UTF8.GetBytes(Text(message, "text") ?? ""));
                break;
            case var other:
                throw new InvalidOperationException($"A resident cannot send '{other}'.");
        }
    }

    /// <summary>Form field <c>image</c>: pictures, all at once; field <c>file</c>: files, one event each.</summary>
    public static async Task SendFiles(LocalLinePlatform platform, LocalResident resident, HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var images = new List<(byte[], string)>();
        foreach (var file in form.Files)
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes);
            if (file.Name == "image") images.Add((bytes.ToArray(), file.ContentType ?? "image/jpeg"));
            else platform.SendFile(resident, file.FileName, bytes.ToArray());
        }

        if (images.Count > 0) platform.SendImages(resident, TimeSpan.Zero, images);
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
