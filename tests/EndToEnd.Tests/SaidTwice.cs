using System.Text.Json;
using OrleansGov.LocalLine;
using OrleansGov.LocalLine.Journal;

namespace OrleansGov.EndToEnd.Tests;

/// <summary>
/// A message that LINE accepted twice. The one documented way (line.md §4): a reply went out, the process died before it could note that, and because
/// the message must arrive and its token turned out to be used, it was pushed.
/// </summary>
/// <param name="Story">The calls and kills from the first time on.</param>
/// <param name="BeforeKill">From LINE's acceptance to the process's death; null = it did not happen in this way.</param>
public sealed record SaidTwice(string Resident, string Story, TimeSpan? BeforeKill)
{
    /// <param name="kills">When the process died.</param>
    public static List<SaidTwice> In(LocalLinePlatform platform, IReadOnlyList<DateTimeOffset> kills)
    {
        var found = new List<SaidTwice>();
        var calls = platform.Journal.Where(e => e.Direction == "call" && (IsPush(e) || e.Path.EndsWith("/reply", StringComparison.Ordinal)));
        foreach (var resident in calls.GroupBy(e => e.Resident))
        {
            var accepted = new Dictionary<string, JournalEntry>();
            JournalEntry? refused = null;
            foreach (var call in resident)
            {
                if (call is { Verdict: "refused", Note: "token used before" }) refused = call;
                if (call.Verdict != "delivered") continue;
                var messages = JsonDocument.Parse(call.Request).RootElement.GetProperty("messages").GetRawText();
                // Two replies have two tokens, so they answer two different events: only a push can repeat.
                if (IsPush(call) && accepted.TryGetValue(messages, out var first))
                    found.Add(new(resident.Key ?? "", Tell(resident, first, kills), !IsPush(first) && refused?.At > first.At && kills.FirstOrDefault(k => k > first.At && k < call.At) is { Ticks: > 0 } kill ? kill - first.At : null));
                accepted[messages] = call;
            }
        }

        return found;
    }

    private static string Tell(IEnumerable<JournalEntry> calls, JournalEntry first, IReadOnlyList<DateTimeOffset> kills) => string.Join('\n', calls.Where(c => c.Seq >= first.Seq)
        .Select(c => (c.At, What: $"{c.Path.Split('/')[^1]} {c.Status} {c.Verdict} {c.Note} {c.Request[..Math.Min(c.Request.Length, 120)]}"))
        .Concat(kills.Select(k => (At: k, What: "kill"))).Where(s => s.At >= first.At).OrderBy(s => s.At).Select(s => $"{s.At:mm:ss.fff} {s.What}"));

    private static bool IsPush(JournalEntry call) => call.Path.EndsWith("/push", StringComparison.Ordinal);
}
