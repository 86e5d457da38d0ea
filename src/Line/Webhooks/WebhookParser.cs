using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace OrleansGov.Line;

/// <summary>
/// Reads a webhook body whose signature has been verified. Relies on nothing but <c>type</c>: every other property may be missing, of another
/// JSON type, or new. One event that cannot be read never costs its neighbours.
/// </summary>
public static class WebhookParser
{
    // JsonDocument does not recurse, so depth is cheap; a neighbour's absurd nesting should not make the whole body "no JSON".
    static readonly JsonDocumentOptions Options = new() { MaxDepth = 1000 };

    /// <summary>Reads <paramref name="body"/>; never throws.</summary>
    /// <param name="body">Raw bytes, with or without a byte-order mark.</param>
    /// <param name="clock">Stands in for events without a timestamp.</param>
    public static WebhookReading Parse(ReadOnlyMemory<byte> body, TimeProvider? clock = null)
    {
        if (body.Span.StartsWith("\uFEFF"u8)) body = body[3..];
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body, Options);
        }
        catch (JsonException)
        {
            return new(null, WebhookFault.NotJson);
        }

        using (document)
        try
        {
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return new(null, WebhookFault.NotAnObject);
            if (!root.TryGetProperty("events", out var list) || list.ValueKind != JsonValueKind.Array) return new(null, WebhookFault.EventsNotAnArray);
            // Invalid UTF-8 is no JSON. It is forgiven only where an event could be lost by strictness; damaged text then reads as U+FFFD.
            if (list.GetArrayLength() == 0 && !Utf8.IsValid(body.Span)) return new(null, WebhookFault.NotJson);

            var now = (clock ?? TimeProvider.System).GetUtcNow();
            return new(new(root.Text("destination"), [.. list.EnumerateArray().Select(e => Read(e, now))]), null);
        }
        catch (InvalidOperationException) // a property name that is no text
        {
            return new(null, WebhookFault.NotJson);
        }
    }

    static WebhookEvent Read(JsonElement json, DateTimeOffset now)
    {
        try
        {
            return ReadSound(json, now);
        }
        catch (InvalidOperationException) // looking for a property meets a name with a lone surrogate
        {
            return Unreadable(json, now, "a property name is not text");
        }
    }

    static WebhookEvent ReadSound(JsonElement json, DateTimeOffset now)
    {
        if (json.ValueKind != JsonValueKind.Object) return Unreadable(json, now, "not an object");
        if (json.Words("type") is not { Length: > 0 } type) return Unreadable(json, now, "no type");

        var mode = json.Text("mode") ?? "active";
        var read = new WebhookEvent(type, IdOf(json), TimeOf(json) ?? now, mode,
            json.Child("deliveryContext") is { } delivery && delivery.Flag("isRedelivery"),
            mode == "standby" ? null : ReplyTokenOf(json), SourceOf(json), null);
        return type switch
        {
            "message" when json.Child("message") is not { } message => read with { Unreadable = "message event without message" },
            "postback" when json.Child("postback")?.Text("data") is null => read with { Unreadable = "postback event without data" },
            "unsend" when json.Child("unsend")?.Text("messageId") is null => read with { Unreadable = "unsend event without message id" },
            _ => read with { Message = InboundReader.Read(type, json) },
        };
    }

    static WebhookEvent Unreadable(JsonElement json, DateTimeOffset now, string why) =>
        new("", DerivedId(json), now, "active", false, null, EventSource.None, null) { Unreadable = why };

    static string IdOf(JsonElement json) => json.Text("webhookEventId") is { Length: > 0 and <= 64 } id && !id.Contains('\uFFFD') ? id : DerivedId(json);

    static string DerivedId(JsonElement json) => Ulid.Of(JsonMarshal.GetRawUtf8Value(json));

    static DateTimeOffset? TimeOf(JsonElement json) =>
        json.TryGetProperty("timestamp", out var ms) && ms.ValueKind == JsonValueKind.Number && ms.TryGetInt64(out var value) && value is > 0 and < 253402300800000
            ? DateTimeOffset.FromUnixTimeMilliseconds(value)
            : null;

    // Old consoles verify a URL with events whose tokens are 32 zeros or 32 f: replying to them fails.
    static string? ReplyTokenOf(JsonElement json) =>
        json.Text("replyToken") is { Length: > 0 } token && !(token.Length == 32 && (token.All(c => c == '0') || token.All(c => c == 'f'))) ? token : null;

    static EventSource SourceOf(JsonElement json) => json.Child("source") is not { } source ? EventSource.None : source.Text("type") switch
    {
        "user" => new(SourceKind.User, source.Text("userId")),
        "group" => new(SourceKind.Group, source.Text("userId"), source.Text("groupId")),
        "room" => new(SourceKind.Room, source.Text("userId"), source.Text("roomId")),
        _ => EventSource.None,
    };
}
