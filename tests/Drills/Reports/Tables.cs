using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansGov.Drills;

/// <summary>Results for people and for programs.</summary>
internal static class Tables
{
    public static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The table of docs/reliability.md.</summary>
    public static string Markdown(IEnumerable<DrillResult> results)
    {
        var text = new StringBuilder();
        text.AppendLine("| drill | mode | what was done | dialogues | events accepted = applied | refused | redelivered | lost | doubled | oversold | out of order | read twice in the window, outside | answered again, from the start (p50 / p99 / max s) | from the end |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var r in results)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {r.Drill} | {r.Where} | {r.Troubles} | {r.Dialogues} | {r.Accepted} = {r.Applied} | {r.Refusals.Values.Sum()} | {r.Redeliveries} | {r.Lost} | {r.Doubled} | {r.Oversold} | {r.OutOfOrder} | {r.ReadTwiceInWindow}, {r.ReadTwiceOutside} | {r.Recovery.FromStart} | {r.Recovery.FromEnd} |");
        return text.ToString();
    }
}
