using System.Text.Json;

namespace OrleansGov.LocalLine.Messaging;

/// <summary>The limits of message objects.</summary>
internal static class MessageCheck
{
    /// <summary>Every fault in a <c>messages</c> array, with its property path such as <c>messages[0].text</c>.</summary>
    public static IEnumerable<(string Message, string Property)> Faults(JsonElement messages)
    {
        var n = 0;
        foreach (var message in messages.EnumerateArray())
        {
            var property = $"messages[{n++}]";
            if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
                yield return ("May not be empty", property + ".type");
        }
    }
}
