namespace OrleansGov.Procedures;

/// <summary>One of a list. LINE shows 13 quick replies: longer lists are paged, and a typed label, number or synonym reaches every option.</summary>
internal static class ChoiceConduct
{
    private const int PageSize = 9; // leaves room for "more", 戻る, やめる and a skip

    public static Asking Ask(ChoiceStep step, Scene scene)
    {
        var paged = step.Options.Count > PageSize + 1;
        var options = paged ? step.Options.Skip(scene.Draft.Page * PageSize).Take(PageSize) : step.Options;
        var choices = options.Select(o => scene.Tap(step, scene.In(o.Label), o.Value) with { Hint = o.Hint is null ? null : scene.In(o.Hint) }).ToImmutableList();
        if (paged) choices = choices.Add(scene.Tap(step, scene.Say.MoreOptions, $"\u0001page {scene.Draft.Page + 1}"));
        return Asking.Question(scene.In(step.Ask), choices, step.Look);
    }

    public static Reading Read(ChoiceStep step, Scene scene, StepInput input)
    {
        var pages = (step.Options.Count + PageSize - 1) / PageSize;
        if (input.Tapped?.Split(' ') is ["\u0001page", var page] && int.TryParse(page, out var to)) return new Reading.Moved(scene.Draft with { Page = Math.Abs(to % pages) });
        if (step.Options.Count > PageSize + 1 && input.Is(scene.Say.MoreOptions)) return new Reading.Moved(scene.Draft with { Page = (scene.Draft.Page + 1) % pages });

        if (input.Tapped is { } value && step.Options.Find(o => o.Value == value) is { } tapped) return Chosen(tapped, scene);
        if (input.Text is { } text)
        {
            var said = JapaneseText.Fold(text);
            var match = step.Options.Find(o => o.Label.ByLanguage.Values.Any(l => OfficeWords.Folded(l) == said) || o.Synonyms.Any(s => OfficeWords.Folded(s) == said));
            if (match is null && NumberReading.TryRead(text, out var n) && n >= 1 && n <= step.Options.Count) match = step.Options[n - 1];
            if (match is null)
            {
                var near = step.Options.FindAll(o => o.Label.ByLanguage.Values.Any(l => said.Length >= 2 && (OfficeWords.Folded(l).Contains(said, StringComparison.Ordinal) || said.Contains(OfficeWords.Folded(l), StringComparison.Ordinal))));
                if (near.Count == 1) match = near[0];
            }

            if (match is not null) return Chosen(match, scene);
        }

        return new Reading.Declined(scene.Say.ChooseOne);
    }

    private static Reading.Accepted Chosen(StepOption option, Scene scene) => new(new Answer.Chosen(option.Value, scene.In(option.Label)));
}
