using System.Text.Json;
using System.Text.RegularExpressions;
using OrleansGov.Line;
using OrleansGov.LocalLine.Http;

namespace OrleansGov.LocalLine.Messaging;

/// <summary>Reads a request body and remembers every fault, with the property it sits in, as LINE lists them.</summary>
internal sealed partial class BodyReader(Call call)
{
    private readonly List<(string Message, string? Property)> faults = [];

    public JsonElement Body { get; } = call.Body;

    public Answer? Refusal => faults.Count == 0 ? null : Answer.Faulty(faults);

    public string Text(string name)
    {
        if (Body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text) return text;
        Fault("May not be empty", name);
        return "";
    }

    public string[] Texts(string name, int most)
    {
        if (!Body.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(v => v.ValueKind != JsonValueKind.String))
        {
            Fault("May not be empty", name);
            return [];
        }

        var texts = value.EnumerateArray().Select(v => v.GetString()!).ToArray();
        if (texts.Length == 0 || texts.Length > most) Fault($"Size must be between 1 and {most}", name);
        return texts;
    }

    /// <summary>1–5 message objects, each within LINE's limits (the rules are <c>src/Line</c>'s; here they refuse).</summary>
    public IReadOnlyList<JsonElement> Messages(SendKind kind)
    {
        if (!Body.TryGetProperty("messages", out var value) || value.ValueKind != JsonValueKind.Array)
        {
            Fault("May not be empty", "messages");
            return [];
        }

        Note(MessageRules.Check(value, kind, toGroup: false));
        return [.. value.EnumerateArray()];
    }

    public void RichMenu() => Note(MessageRules.CheckRichMenu(Body));

    /// <summary>Properties LINE does not document: refused, or only noted, as the world is set.</summary>
    public void Allow(params ReadOnlySpan<string> names)
    {
        foreach (var property in Body.EnumerateObject())
        {
            if (!names.Contains(property.Name)) Note([new MessageFault(property.Name, "unknown property", IsUnknownProperty: true)]);
        }
    }

    private void Note(IEnumerable<MessageFault> found)
    {
        foreach (var fault in found)
        {
            if (fault.IsUnknownProperty && !call.Platform.Options.RefuseUnknownProperties)
                call.Platform.Find("unknown-property", null, $"{call.Endpoint.Name}: {fault.Property}");
            else
                Fault(fault.Message, fault.Property);
        }
    }

    public void Fault(string message, string? property) => faults.Add((message, property));

    [GeneratedRegex("^U[0-9a-f]{32}$")]
    public static partial Regex UserId();

    [GeneratedRegex("^[UCR][0-9a-f]{32}$")]
    public static partial Regex ChatId();
}
