namespace OrleansGov.Procedures;

/// <summary>
/// Personal details. Default: a one-time web form that writes straight to our store, so that nothing personal stays in the talk. Where the
/// installation decided otherwise, the same fields are asked one after another in the talk.
/// </summary>
internal static class SecretConduct
{
    public static Asking Ask(SecretStep step, Scene scene)
    {
        if (!scene.Office.PersonalDetailsInTalk) return new Asking.Needing(new Inquiry.MakeForm(scene.Run.Id, step.Id));
        var field = Next(step, scene.Draft)!;
        var asking = WordsConduct.Ask(field, Inner(step, scene));
        if (asking is not Asking.Saying saying) return asking;
        var says = scene.Draft.Fields.IsEmpty && field.Id == step.Fields[0].Id ? saying.Says.Insert(0, new Say.Words(scene.In(step.Ask))) : saying.Says;
        return new Asking.Saying(field.Optional ? says.SetItem(says.Count - 1, says[^1] with { Quick = [scene.Tap(step, scene.Say.Skip, scene.Say.Skip)] }) : says);
    }

    /// <summary>The message with the link, now that the form exists.</summary>
    public static Asking Invite(SecretStep step, Scene scene, Outcome.FormMade made) => new Asking.Saying([
        new Say.Card(scene.In(step.Label ?? step.Ask), [], [new Choice(scene.Say.OpenForm, new ChoiceAction.OpenLink(made.Path)) { Primary = true }])
        {
            Lead = scene.Run.Answers.ContainsKey(step.Id) ? scene.Say.FormAlready : scene.In(step.Ask),
            Note = scene.Say.FormLead,
            Quick = scene.Run.Answers.ContainsKey(step.Id) ? [Choice.Say(scene.Say.FormKeep)] : [Choice.Say(scene.Say.FormDone)],
        }]);

    public static Reading Read(SecretStep step, Scene scene, StepInput input)
    {
        if (!scene.Office.PersonalDetailsInTalk)
        {
            var done = input.Is(scene.Say.FormDone, "入力した", "終わりました", "送信しました", "できました");
            if (scene.Run.Answers.TryGetValue(step.Id, out var filled) && (done || input.Is(scene.Say.FormKeep, "そのまま", "進む", "次へ"))) return new Reading.Accepted(filled);
            if (done) return new Reading.Declined(scene.Say.FormNotYet) { NoFault = true };
            return new Reading.Declined(input.Text is { } words && LooksPersonal(words) ? scene.Say.FormNotInTalk : scene.Say.FormOnly);
        }

        var field = Next(step, scene.Draft)!;
        var fields = scene.Draft.Fields;
        if (field.Optional && input.Is(scene.Say.Skip, "なし", "とばす")) fields = fields.Add(field.Id, new Answer.Skipped());
        else
        {
            var reading = WordsConduct.ReadValue(field, input.Tapped ?? input.Text ?? "", scene.Today, scene.Business, scene.Say, scene.In);
            if (reading is not Reading.Accepted accepted) return reading;
            fields = fields.Add(field.Id, accepted.Answer);
        }

        return fields.Count == step.Fields.Count ? new Reading.Accepted(new Answer.Fields(fields))
            : new Reading.Moved(scene.Draft with { Stage = "fields", Fields = fields });
    }

    // enough digits for a phone or a house, a mail address, or one that introduces itself
    private static bool LooksPersonal(string words) =>
        words.Count(char.IsDigit) >= 5 || words.Contains('@', StringComparison.Ordinal) || words.Contains("です", StringComparison.Ordinal) && words.Length < 15 || words.Contains("番地", StringComparison.Ordinal);

    private static Step? Next(SecretStep step, StepDraft draft) => step.Fields.Find(f => !draft.Fields.ContainsKey(f.Id));

    // buttons of a field must answer the secret step, not a step of the field's own
    private static Scene Inner(SecretStep step, Scene scene) => scene with { Draft = Scene.Fresh, Procedure = scene.Procedure };
}
