using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OrleansGov.LocalLine.World;

namespace OrleansGov.LocalLine.Webhooks;

/// <summary>Turns events into the exact bytes that are signed and sent.</summary>
internal static partial class Wire
{
    public static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Body(LocalChannel channel, IEnumerable<SentEvent> events, bool redelivery, Func<int, int> below)
    {
        var copies = new JsonArray();
        foreach (var sent in events)
        {
            var copy = (JsonObject)sent.Json.DeepClone();
            if (copy["deliveryContext"] is JsonObject context) context["isRedelivery"] = redelivery;
            copies.Add(copy);
        }

        JsonNode body = new JsonObject { ["destination"] = channel.Settings.BotUserId, ["events"] = copies };
        if (channel.WireStyle.HasFlag(WireStyle.ExtraProperties)) AddStrangers(body);
        if (channel.WireStyle.HasFlag(WireStyle.ShuffleProperties)) body = Shuffled(body, below);
        var text = body.ToJsonString(Relaxed);
        return Encoding.UTF8.GetBytes(channel.WireStyle.HasFlag(WireStyle.EscapeAstral) ? text : Unescaped(text));
    }

    public static string Sign(string secret, ReadOnlySpan<byte> body) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    // The framework's encoder always escapes what lies beyond the BMP; LINE sends it as UTF-8.
    private static string Unescaped(string json) => json.Contains("\\uD", StringComparison.Ordinal)
        ? Pair().Replace(json, m => m.Groups["slashes"].Value + new string(
            [(char)int.Parse(m.Groups["high"].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
             (char)int.Parse(m.Groups["low"].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)]))
        : json;

    private static void AddStrangers(JsonNode node)
    {
        switch (node)
        {
            case JsonObject o:
                foreach (var (_, child) in o.ToArray())
                    if (child is not null) AddStrangers(child);
                o["xUnannounced"] = new JsonObject { ["since"] = "2027" };
                break;
            case JsonArray a:
                foreach (var child in a)
                    if (child is not null) AddStrangers(child);
                break;
        }
    }

    private static JsonNode Shuffled(JsonNode node, Func<int, int> below) => node switch
    {
        JsonObject o => new JsonObject(o.Select(p => (below(int.MaxValue), p)).OrderBy(x => x.Item1)
            .Select(x => KeyValuePair.Create(x.p.Key, x.p.Value is { } child ? Shuffled(child, below) : null)).ToArray()),
        JsonArray a => new JsonArray(a.Select(child => child is null ? null : Shuffled(child, below)).ToArray()),
        _ => node.DeepClone(),
    };

    [GeneratedRegex(@"(?<!\\)(?<slashes>(?:\\\\)*)\\u(?<high>D[89AB][0-9A-F]{2})\\u(?<low>D[C-F][0-9A-F]{2})", RegexOptions.IgnoreCase)]
    private static partial Regex Pair();
}
