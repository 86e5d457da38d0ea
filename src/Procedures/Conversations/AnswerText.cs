namespace OrleansGov.Procedures;

/// <summary>Answers as people read them.</summary>
public static class AnswerText
{
    /// <summary>One answer in full. Throws for none: every kind has words.</summary>
    public static string Of(Answer answer) => answer switch
    {
        Answer.Chosen a => a.Label,
        Answer.Words a => a.Value,
        Answer.Number a => $"{a.Value}",
        Answer.Day a => JapaneseDates.Day(a.Value),
        Answer.Basket a => string.Join("\n", a.Lines.Select(l => $"{l.Name} ×{l.Quantity}")),
        Answer.Slot a => JapaneseDates.Day(a.Date),
        Answer.Address a => a.Rest is null ? a.Town : $"{a.Town}{a.Rest}",
        Answer.Place a => a.Spoken.Length > 0 ? a.Spoken : $"{a.Latitude:0.0000}, {a.Longitude:0.0000}",
        Answer.Photos a => $"写真{a.ContentIds.Count}枚",
        Answer.Consent => "同意済み",
        Answer.Fields a => string.Join("\n", a.Values.Values.Where(v => v is not Answer.Skipped).Select(Of)),
        Answer.Handled => "職員に取り次ぎ済み",
        Answer.Skipped => "（なし）",
        _ => throw new InvalidOperationException($"No words for {answer.GetType().Name}."),
    };

    /// <summary>The non-personal answers in one line, for lists staff see.</summary>
    public static string Summary(IReadOnlyDictionary<string, Answer> answers) => string.Join("／", answers.Values
        .Where(a => a is Answer.Basket or Answer.Chosen or Answer.Day or Answer.Address { Rest: null })
        .OrderBy(a => a is Answer.Basket ? 0 : 1)
        .Select(a => Of(a).Replace("\n", "、", StringComparison.Ordinal)));
}
