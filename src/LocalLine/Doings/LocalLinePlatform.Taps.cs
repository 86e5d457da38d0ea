using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansGov.LocalLine.Webhooks;
using OrleansGov.LocalLine.World;

namespace OrleansGov.LocalLine;

/// <content>What a resident may tap: buttons, quick replies, the rich menu, pickers.</content>
public sealed partial class LocalLinePlatform
{
    private static readonly string[] Pickers = ["date", "time", "datetime"];

    /// <summary>Taps what bears this label: in the quick replies, the newest messages first, then the menu.</summary>
    /// <param name="resident">Who.</param>
    /// <param name="label">The label, exactly.</param>
    /// <param name="picked">Date and time pickers: <c>yyyy-MM-dd</c>, <c>HH:mm</c> or <c>yyyy-MM-ddTHH:mm</c>.</param>
    /// <returns>The event, or null for actions that stay on the phone (links, clipboard, camera).</returns>
    /// <exception cref="InvalidOperationException">Nothing on the screen bears this label.</exception>
    public SentEvent? Tap(LocalResident resident, string label, string? picked = null) =>
        Tap(resident, FindAction(resident, label)
            ?? throw new InvalidOperationException($"'{label}' is not on the screen of '{resident.Name}'. There: {string.Join(" · ", Labels(resident))}"), picked);

    /// <summary>Performs an action object of LINE.</summary>
    public SentEvent? Tap(LocalResident resident, JsonElement action, string? picked = null)
    {
        var label = Text(action, "label");
        switch (Text(action, "type"))
        {
            case "message":
                return SendText(resident, Text(action, "text") ?? "");
            case "postback":
                if ((Text(action, "displayText") ?? Text(action, "text")) is { } shown)
                {
                    var id = Mint.MessageId();
                    Show(resident, id, new JsonObject { ["id"] = id, ["type"] = "text", ["text"] = shown }, label);
                }

                return Postback(resident, Text(action, "data") ?? "", null);
            case "datetimepicker":
                var mode = Text(action, "mode") ?? "date";
                var value = Picked(mode, picked ?? Text(action, "initial"), Text(action, "min"), Text(action, "max"));
                return Postback(resident, Text(action, "data") ?? "", new JsonObject { [mode] = value });
            case "richmenuswitch":
                var alias = Text(action, "richMenuAliasId") ?? "";
                return Postback(resident, Text(action, "data") ?? "", new JsonObject { ["newRichMenuAliasId"] = alias, ["status"] = Switch(resident, alias) });
            default:
                return null;
        }
    }

    /// <summary>Labels a person could tap now, newest message first.</summary>
    public IReadOnlyList<string> Labels(LocalResident resident) => [.. Actions(resident).Select(a => Text(a, "label")).OfType<string>().Distinct()];

    private SentEvent Postback(LocalResident resident, string data, JsonObject? parameters)
    {
        lock (Gate) resident.WroteAt = Now;
        var postback = new JsonObject { ["data"] = data };
        if (parameters is not null) postback["params"] = parameters;
        return Emit(resident, "postback", replies: true, ("postback", postback));
    }

    private string Switch(LocalResident resident, string alias)
    {
        lock (Gate)
        {
            var shelf = resident.Channel.RichMenus;
            if (shelf.Alias(alias) is not { } menu) return "RICHMENU_ALIAS_ID_NOTFOUND";
            if (!shelf.Has(menu)) return "RICHMENU_NOTFOUND";
            resident.LinkedMenu = menu;
            ScreenChanged(resident);
            return "SUCCESS";
        }
    }

    private static string Picked(string mode, string? value, string? min, string? max)
    {
        if (!Pickers.Contains(mode)) throw new InvalidOperationException($"No picker has the mode '{mode}'.");
        var format = mode switch { "date" => "yyyy-MM-dd", "time" => "HH:mm", _ => "yyyy-MM-dd'T'HH:mm" };
        value = value?.Replace('t', 'T') ?? throw new InvalidOperationException("A picker needs a value.");
        if (!DateTime.TryParseExact(value, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            throw new InvalidOperationException($"'{value}' is not of the form {format}.");
        if (string.CompareOrdinal(value, min?.Replace('t', 'T') ?? value) < 0 || string.CompareOrdinal(value, max?.Replace('t', 'T') ?? value) > 0)
            throw new InvalidOperationException($"The picker offers {min} to {max}, not '{value}'.");
        return value;
    }

    private JsonElement? FindAction(LocalResident resident, string label)
    {
        foreach (var action in Actions(resident))
            if (Text(action, "label") == label) return action;
        return null;
    }

    private IEnumerable<JsonElement> Actions(LocalResident resident)
    {
        var view = Screen(resident);
        if (view.QuickReply is { } quick)
            foreach (var action in In(quick)) yield return action;
        foreach (var message in view.Messages.Reverse().Where(m => m.FromBot))
            foreach (var property in message.Message.EnumerateObject().Where(p => p.Name != "quickReply"))
                foreach (var action in In(property.Value)) yield return action;
        if (view.RichMenuId is { } menu && resident.Channel.RichMenus.Find(menu) is { } shown)
            foreach (var action in In(shown.Json.GetProperty("areas"))) yield return action;
    }

    private static IEnumerable<JsonElement> In(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(In),
        JsonValueKind.Object => (Text(element, "type") is "postback" or "message" or "uri" or "datetimepicker" or "clipboard" or "camera" or "cameraRoll" or "location" or "richmenuswitch"
            ? [element]
            : Enumerable.Empty<JsonElement>()).Concat(element.EnumerateObject().SelectMany(p => In(p.Value))),
        _ => [],
    };

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
