using System.Text.Json;

namespace OrleansGov.Grains;

/// <summary>The body of a webhook: what happened and to what, nothing about anybody. Who may know more asks the API.</summary>
public static class HookBody
{
    /// <summary>The integrator was away for longer than the feed is kept: lists are to be loaded anew.</summary>
    public const string Missed = "webhook.missed";

    /// <summary>Sent when a person asks for it.</summary>
    public const string Test = "webhook.test";

    public static byte[] Of(HookDelivery delivery)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("type", delivery.Type);
            json.WriteString("timestamp", delivery.At.ToOffset(Town.Offset));
            json.WriteStartObject("data");
            if (SubjectName(delivery.Type) is { } name) json.WriteString(name, delivery.Subject);
            if (delivery.Department is { } department) json.WriteString("department", department);
            if (delivery.Reason is { } reason) json.WriteString("reason", reason);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <summary>What the subject of an event is called in bodies; null = it has none.</summary>
    public static string? SubjectName(string type) => type.Split('.')[0] switch
    {
        "handoff" or "conversation" or "message" or "alert" => "conversationId",
        "case" => "caseNumber",
        "broadcast" => "broadcastId",
        "canned-reply" => "cannedReplyId",
        _ => null,
    };
}
