namespace OrleansGov.Procedures;

/// <summary>Reads the one-time form of a secret step with the same readings as the talk, so that both say the same about the same mistake.</summary>
public static class SecretForm
{
    /// <summary>The answers, or what is wrong field by field (Japanese sentences by field id).</summary>
    /// <param name="values">Raw words by field id; unknown ids are ignored.</param>
    public static (Answer.Fields? Fields, ImmutableDictionary<string, string> Errors) Read(
        SecretStep step, IReadOnlyDictionary<string, string> values, DateTimeOffset now, Office office, string language)
    {
        var answers = ImmutableSortedDictionary.CreateBuilder<string, Answer>();
        var errors = ImmutableDictionary.CreateBuilder<string, string>();
        var business = new BusinessDays(office.Town.ClosedDays);
        foreach (var field in step.Fields)
        {
            var words = JapaneseText.Clean(values.GetValueOrDefault(field.Id) ?? "");
            if (words.Length == 0)
            {
                if (field.Optional) answers[field.Id] = new Answer.Skipped();
                else errors[field.Id] = $"{(field.Label ?? field.Id).In(language)}を入力してください。";
                continue;
            }

            switch (WordsConduct.ReadValue(field, words, Town.Today(now), business, office.Town.Phrases, w => w.In(language)))
            {
                case Reading.Accepted accepted: answers[field.Id] = accepted.Answer; break;
                case Reading.Declined declined: errors[field.Id] = declined.Why; break;
            }
        }

        return errors.Count > 0 ? (null, errors.ToImmutable()) : (new Answer.Fields(answers.ToImmutable()), errors.ToImmutable());
    }
}
