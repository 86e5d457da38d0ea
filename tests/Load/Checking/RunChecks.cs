using System.Globalization;
using OrleansGov.Load.Measuring;
using OrleansGov.Load.Scripting;
using OrleansGov.LocalLine.Journal;

namespace OrleansGov.Load.Checking;

/// <summary>What must hold in every run, and the limits of the scenario.</summary>
internal static class RunChecks
{
    // LINE accepts these, and a sound office causes them here: the same question for the same word said twice, an answer under way while somebody blocks,
    // the push after a form that crosses the resident's next word.
    private static readonly string[] Tolerated = ["same-text-twice", "sent-to-blocked", "push-while-reply-token-fresh"];

    public static IEnumerable<Check> Of(Recorder recorder, Ledger ledger, IReadOnlyList<Finding> findings)
    {
        var (samples, ends) = recorder.Taken();
        var wrong = ends.Where(e => e.Wrong is not null).Select(e => e.Wrong!).ToList();
        if (recorder.Running > 0) wrong.Add($"{recorder.Running} dialogues did not end");
        yield return Check.None("ends", "対話は正しく終わる / every dialogue ends properly", wrong, $"{ends.Length} dialogues");

        var (events, notAccepted, unanswered) = ledger.Balance();
        yield return Check.None("accepted", "出来事はすべて受領 / every event accepted", notAccepted == 0 ? [] : [$"{notAccepted} events were never answered with 200"], $"{events} events");
        yield return Check.None("answered", "返事のない言葉がない / no lost answer", unanswered == 0 ? [] : [$"{unanswered} events were accepted and nothing was said afterwards"], $"{events - unanswered} answered");
        yield return Check.None("once", "同じ返事を二度しない / no doubled answer", [.. ledger.SaidTwice.Select(r => $"push {r} repeats word for word what had been said")], $"{ledger.Replies} replies, {ledger.Pushes} pushes");
        yield return Check.None("line", "LINEの作法を守る / LINE finds nothing wrong",
            [.. findings.Where(f => !Tolerated.Contains(f.Code)).GroupBy(f => f.Code).Select(g => $"{g.Key}: {g.Count()}, such as {g.First().Detail}")],
            findings.Count == 0 ? "nothing" : string.Join(", ", findings.GroupBy(f => f.Code).Select(g => $"{g.Key} {g.Count()}")));
        if (samples.Length == 0) yield return new("turns", "やりとりがあった / something was said", Verdict.Failed, "no turn");
    }

    /// <param name="found">Measured values by key; a missing one could not be measured.</param>
    /// <param name="judged">False: limits are shown and fail nothing (a machine that is busy with other things).</param>
    public static IEnumerable<Check> OfLimits(Limits limits, IReadOnlyDictionary<string, double> found, bool judged)
    {
        foreach (var kind in LimitKind.All)
        {
            if (!limits.Of.TryGetValue(kind.Key, out var limit)) continue;
            var allowed = $"{(kind.AtLeast ? "≥" : "≤")} {Text(limit, kind)}";
            if (!found.TryGetValue(kind.Key, out var value)) yield return Check.Skip(kind.Key, kind.Label, "not measured: the process was not named") with { Limit = allowed };
            else if (!judged) yield return new(kind.Key, kind.Label, Verdict.Skipped, Text(value, kind), allowed, "limits were not to be judged in this run");
            else yield return new(kind.Key, kind.Label, (kind.AtLeast ? value >= limit : value <= limit) ? Verdict.Passed : Verdict.Failed, Text(value, kind), allowed);
        }
    }

    private static string Text(double value, LimitKind kind) => string.Create(CultureInfo.InvariantCulture, $"{(value >= 100 || value == Math.Floor(value) ? Math.Round(value) : Math.Round(value, 2))} {kind.Unit}").Trim();
}
