namespace OrleansGov.Procedures;

/// <summary>Steps that are answered with one typed value: text, paragraph, number, date and the named kinds.</summary>
internal static class WordsConduct
{
    public static Asking Ask(Step step, Scene scene)
    {
        if (step is DateStep date)
        {
            var min = date.MinDays is { } a ? scene.Today.AddDays(a) : (DateOnly?)null;
            var max = date.MaxDays is { } b ? scene.Today.AddDays(b) : (DateOnly?)null;
            var data = new TapData(TapData.Answer, scene.Run.Id, step.Id, "").ToString();
            return Asking.Words(scene.In(step.Ask), new Choice(scene.Say.PickDate, new ChoiceAction.PickDate(data, min ?? scene.Today, min, max)));
        }

        if (step is NumberStep { Min: >= 0 } number && number.Max - number.Min < 10)
        {
            return Asking.Question(scene.In(step.Ask), [.. Enumerable.Range(number.Min, number.Max - number.Min + 1)
                .Select(n => scene.Tap(step, $"{n}{number.Unit}", n.ToString(System.Globalization.CultureInfo.InvariantCulture)))]);
        }

        return Asking.Words(scene.In(step.Ask));
    }

    public static Reading Read(Step step, Scene scene, StepInput input)
    {
        if (Said(input) is not { } words) return new Reading.Declined(scene.In(step.Help ?? step.Ask));
        return ReadValue(step, words, scene.Today, scene.Business, scene.Say, scene.In);
    }

    /// <summary>Reads one value; also used by the fields of a form.</summary>
    public static Reading ReadValue(Step step, string words, DateOnly today, BusinessDays business, Phrases say, Func<Wording, string> wording)
    {
        switch (step)
        {
            case NumberStep number:
                return NumberReading.TryRead(words, out var n) && n >= number.Min && n <= number.Max
                    ? new Reading.Accepted(new Answer.Number(n))
                    : new Reading.Declined(Template.Fill(say.NumberWrong, StepConduct.Fill("min", $"{number.Min}", "max", $"{number.Max}{number.Unit}")));
            case DateStep date:
                return ReadDate(date, words, today, business, say);
            case NamedTextStep named:
                return From(NamedTextReading.Read(named.Name, words));
            case TextStep text:
                return From(TextReading.Read(text, words));
            case ChoiceStep choice:
                var said = JapaneseText.Fold(words);
                return choice.Options.Find(o => o.Value == words || o.Label.ByLanguage.Values.Any(l => OfficeWords.Folded(l) == said) || o.Synonyms.Any(s => OfficeWords.Folded(s) == said)) is { } option
                    ? new Reading.Accepted(new Answer.Chosen(option.Value, wording(option.Label)))
                    : new Reading.Declined(say.ChooseOne);
            default:
                throw new InvalidOperationException($"Step kind '{step.Kind}' is not read from one value.");
        }

        static Reading From(ReadWords read) => read.Value is { } value ? new Reading.Accepted(new Answer.Words(value)) : new Reading.Declined(read.Why!);
    }

    private static Reading ReadDate(DateStep step, string words, DateOnly today, BusinessDays business, Phrases say)
    {
        if (!DateReading.TryRead(words, today, out var date)) return new Reading.Declined(say.DateWrong);
        if (step.MinDays is { } min && date < today.AddDays(min))
            return new Reading.Declined(Template.Fill(say.DateTooEarly, StepConduct.Fill("day", JapaneseDates.Day(today.AddDays(min)))));
        if (step.MaxDays is { } max && date > today.AddDays(max))
            return new Reading.Declined(Template.Fill(say.DateTooLate, StepConduct.Fill("day", JapaneseDates.Day(today.AddDays(max)))));
        if (step.BusinessDaysOnly && !business.IsOpen(date))
            return new Reading.Declined(Template.Fill(say.DateNotBusinessDay, StepConduct.Fill("day", JapaneseDates.Day(date))));
        return new Reading.Accepted(new Answer.Day(date));
    }

    private static string? Said(StepInput input) => input.Raw is InboundMessage.Tapped { Picked: { } picked } ? picked : input.Tapped ?? input.Text;
}
