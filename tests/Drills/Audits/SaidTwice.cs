using System.Text.Json;
using OrleansGov.LocalLine.Journal;

namespace OrleansGov.Drills;

/// <summary>
/// A message that LINE took more often than the office decided to say it. The one documented way (line.md §4): a reply went out, its fate became unknown
/// (the process died, or LINE's answer got lost), and because the message must arrive and its token turned out to be used, it was pushed.
/// </summary>
/// <param name="Story">The calls and troubles from the first time on.</param>
/// <param name="Window">What made its fate unknown; null = nothing did: a fault of the office.</param>
/// <param name="BeforeTrouble">From LINE's acceptance to the moment its fate became unknown.</param>
public sealed record SaidTwice(string Resident, string Story, string? Window, TimeSpan BeforeTrouble)
{
    /// <param name="calls">LINE's journal of the office's calls concerning one resident, oldest first.</param>
    /// <param name="decided">What Records say was said to this resident.</param>
    public static IEnumerable<SaidTwice> In(string resident, IReadOnlyList<JournalEntry> calls, IEnumerable<string> decided, IReadOnlyList<Trouble> troubles)
    {
        var times = decided.CountBy(FirstLine).ToDictionary();
        foreach (var same in calls.Where(Accepted).GroupBy(c => FirstLine(TextOf(c))))
        {
            var taken = same.ToList();
            for (var extra = Math.Max(times.GetValueOrDefault(same.Key), 1); extra < taken.Count; extra++) yield return Explain(resident, calls, taken[extra - 1], taken[extra], troubles);
        }
    }

    /// <summary>First lines of what LINE took although no book says that it was decided: something was said before it was durable.</summary>
    public static IEnumerable<string> NeverDecided(IReadOnlyList<JournalEntry> calls, IEnumerable<string> decided)
    {
        var known = decided.Select(FirstLine).ToHashSet();
        return calls.Where(Accepted).Select(c => FirstLine(TextOf(c))).Where(line => !known.Contains(line));
    }

    /// <summary>LINE took it, whatever it answered.</summary>
    public static bool Accepted(JournalEntry call) => IsSend(call) && call.Verdict is "delivered";

    public static bool IsSend(JournalEntry call) => call.Direction == "call" && (IsPush(call) || IsReply(call));

    public static bool IsReply(JournalEntry call) => call.Path.EndsWith("/message/reply", StringComparison.Ordinal);

    private static bool IsPush(JournalEntry call) => call.Path.EndsWith("/message/push", StringComparison.Ordinal);

    private static SaidTwice Explain(string resident, IReadOnlyList<JournalEntry> calls, JournalEntry first, JournalEntry second, IReadOnlyList<Trouble> troubles)
    {
        var between = troubles.FirstOrDefault(t => t.Touches(first.At, second.At));
        var answerLost = first.Status is < 200 or >= 300;
        var foundUsed = calls.Any(c => c.Note == "token used before" && c.At >= first.At && c.At <= second.At);
        var documented = IsReply(first) && IsPush(second) && (answerLost || foundUsed) && between is not null;
        return new(resident, Tell(calls, first, troubles), documented ? between!.What : null, between is null || between.To <= first.At ? TimeSpan.Zero : between.To - first.At);
    }

    private static string Tell(IEnumerable<JournalEntry> calls, JournalEntry first, IReadOnlyList<Trouble> troubles) => string.Join('\n', calls.Where(c => c.Seq >= first.Seq)
        .Select(c => (c.At, What: $"{c.Path.Split('/')[^1]} {c.Status} {c.Verdict} {c.Note} {c.Request[..Math.Min(c.Request.Length, 120)]}"))
        .Concat(troubles.Where(t => t.To >= first.At).Select(t => (At: t.From, What: $"{t.What} (until {t.To:mm:ss.fff})"))).OrderBy(s => s.At).Take(12).Select(s => $"    {s.At:mm:ss.fff} {s.What}"));

    private static string TextOf(JournalEntry call)
    {
        using var body = JsonDocument.Parse(call.Request);
        var message = body.RootElement.GetProperty("messages")[0];
        return (message.TryGetProperty("text", out var text) || message.TryGetProperty("altText", out text) ? text.GetString() : null) ?? "";
    }

    private static string FirstLine(string text) => text.TrimStart().Split('\n', 2)[0].Trim();
}
