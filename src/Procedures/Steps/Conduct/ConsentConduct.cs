namespace OrleansGov.Procedures;

/// <summary>Agreement to a text; which version of the text was agreed to is kept.</summary>
internal static class ConsentConduct
{
    public static Asking Ask(ConsentStep step, Scene scene)
    {
        ImmutableList<Choice> choices = [scene.Tap(step, scene.Say.Agree, "yes") with { Primary = true }, scene.Tap(step, scene.Say.Disagree, "no")];
        return step.Url is { } url
            ? Asking.Question(scene.In(step.Ask), [.. choices, new Choice(scene.Say.ReadFullText, new ChoiceAction.OpenLink(url))], ChoiceLook.Buttons)
            : Asking.Question(scene.In(step.Ask), choices, ChoiceLook.Confirm);
    }

    public static Reading Read(ConsentStep step, Scene scene, StepInput input) =>
        input.Tapped == "yes" || input.Is(scene.Say.Agree, scene.Say.Yes, "同意", "同意する", "ok") ? new Reading.Accepted(new Answer.Consent(step.TextVersion, scene.Now))
        : input.Tapped == "no" || input.Is(scene.Say.Disagree, scene.Say.No, "同意しない") ? new Reading.Declined(scene.Say.ConsentNeeded) { NoFault = true }
        : new Reading.Declined(scene.Say.ChooseOne);
}
