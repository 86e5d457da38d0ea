namespace OrleansGov.Drills;

/// <summary>How long residents waited for the first answer because of a trouble: for their words, and for what comes of a form.</summary>
/// <param name="FromStart">From the trouble's start (or the word, if that came later) to the answer, of those who were talking then.</param>
/// <param name="FromEnd">From the trouble's end, of those who were waiting then.</param>
public sealed record Waits(Percentiles FromStart, Percentiles FromEnd)
{
    /// <param name="dialogues">Of each resident: when something was said, tapped or sent in, and when the office spoke.</param>
    public static Waits Of(IEnumerable<(IReadOnlyList<DateTimeOffset> Acts, IReadOnlyList<DateTimeOffset> Answers)> dialogues, IReadOnlyList<Trouble> troubles)
    {
        List<TimeSpan> fromStart = [], fromEnd = [];
        foreach (var (acts, answers) in dialogues)
        {
            var waits = Answered(acts, answers);
            foreach (var trouble in troubles)
            {
                var talking = waits.Exists(w => w.Act <= trouble.From);
                if (talking && waits.Find(w => w.Answer > trouble.From) is { Answer.Ticks: > 0 } first) fromStart.Add(first.Answer - (first.Act > trouble.From ? first.Act : trouble.From));
                if (waits.Find(w => w.Answer > trouble.To && w.Act <= trouble.To) is { Answer.Ticks: > 0 } waiting) fromEnd.Add(waiting.Answer - trouble.To);
            }
        }

        return new(Percentiles.Of(fromStart), Percentiles.Of(fromEnd));
    }

    // What is said again while nothing comes belongs to the same wait.
    private static List<(DateTimeOffset Act, DateTimeOffset Answer)> Answered(IReadOnlyList<DateTimeOffset> acts, IReadOnlyList<DateTimeOffset> answers)
    {
        var waits = new List<(DateTimeOffset, DateTimeOffset)>();
        DateTimeOffset? act = null;
        foreach (var (at, spoken) in acts.Select(a => (a, false)).Concat(answers.Select(a => (a, true))).Order())
        {
            if (!spoken) act ??= at;
            else if (act is { } since)
            {
                waits.Add((since, at));
                act = null;
            }
        }

        return waits;
    }
}

/// <summary>Of times in seconds; null when there are none.</summary>
/// <param name="Count">How many times were measured.</param>
public sealed record Percentiles(int Count, double? P50, double? P99, double? Max)
{
    public static Percentiles Of(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Select(t => t.TotalSeconds).Order().ToArray();
        double? At(double share) => sorted.Length == 0 ? null : Math.Round(sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))], 3);
        return new(sorted.Length, At(0.5), At(0.99), At(1));
    }

    public override string ToString() => Count == 0 ? "–" : FormattableString.Invariant($"{P50:0.00} / {P99:0.00} / {Max:0.00}");
}
