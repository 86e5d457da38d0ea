namespace OrleansGov.Procedures;

/// <summary>
/// How each kind of step asks and reads: one file a kind in this folder. A step never sees the clock, the store or LINE; what it needs
/// to know it asks for with an <see cref="Inquiry"/>, and what it learns comes back through <see cref="Learn"/>.
/// </summary>
public static class StepConduct
{
    /// <summary>The question of the step in its present sub-state.</summary>
    public static Asking Ask(Step step, Scene scene)
    {
        var asking = step switch
        {
            ChoiceStep s => ChoiceConduct.Ask(s, scene),
            TextStep or NumberStep or DateStep or NamedTextStep => WordsConduct.Ask(step, scene),
            ItemStep s => ItemConduct.Ask(s, scene),
            SlotStep s => SlotConduct.Ask(s, scene),
            AddressStep s => AddressConduct.Ask(s, scene),
            PlaceStep s => PlaceConduct.Ask(s, scene),
            PhotoStep s => PhotoConduct.Ask(s, scene),
            ConsentStep s => ConsentConduct.Ask(s, scene),
            SecretStep s => SecretConduct.Ask(s, scene),
            HandoffStep s => Handoff(s, scene),
            _ => throw new InvalidOperationException($"Step kind '{step.Kind}' cannot be asked."),
        };
        return asking is Asking.Saying saying && scene.Draft.Stage.Length == 0 ? saying with { Says = WithExtras(step, scene, saying.Says) } : asking;
    }

    /// <summary>What the step makes of an input.</summary>
    public static Reading Read(Step step, Scene scene, StepInput input)
    {
        var say = scene.Say;
        if (step.Optional && scene.Draft.Stage.Length == 0 && input.Is(say.Skip, "なし", "とばす")) return new Reading.Accepted(new Answer.Skipped());
        if (Remembered(step, scene) is { } same && input.Tapped == SameAsBefore) return new Reading.Accepted(same);
        if (NotForThisStep(step, scene, input) is { } kind) return new Reading.Declined(kind);
        return step switch
        {
            ChoiceStep s => ChoiceConduct.Read(s, scene, input),
            TextStep or NumberStep or DateStep or NamedTextStep => WordsConduct.Read(step, scene, input),
            ItemStep s => ItemConduct.Read(s, scene, input),
            SlotStep s => SlotConduct.Read(s, scene, input),
            AddressStep s => AddressConduct.Read(s, scene, input),
            PlaceStep s => PlaceConduct.Read(s, scene, input),
            PhotoStep s => PhotoConduct.Read(s, scene, input),
            ConsentStep s => ConsentConduct.Read(s, scene, input),
            SecretStep s => SecretConduct.Read(s, scene, input),
            _ => throw new InvalidOperationException($"Step kind '{step.Kind}' cannot be read."),
        };
    }

    /// <summary>What the step makes of what it wanted to know.</summary>
    public static (Asking? Asking, Reading? Reading) Learn(Step step, Scene scene, Outcome outcome) => (step, outcome) switch
    {
        (SlotStep s, Outcome.SlotsFound found) => (SlotConduct.Offer(s, scene, found), null),
        (SlotStep, Outcome.SlotHeld held) => (null, new Reading.Accepted(held.Slot)),
        (SlotStep, Outcome.SlotFull full) => (null, new Reading.Declined(Template.Fill(scene.Say.SlotFull, Fill("day", JapaneseDates.Day(full.Date)))) { NoFault = true }),
        (SecretStep s, Outcome.FormMade made) => (SecretConduct.Invite(s, scene, made), null),
        _ => throw new InvalidOperationException($"Step '{step.Id}' did not ask for {outcome.GetType().Name}."),
    };

    /// <summary>Whether an answer given earlier still fits, now that others changed (a slot of another district does not).</summary>
    public static bool StillFits(Step step, Answer answer, Scene scene) =>
        step is not SlotStep slot || answer is not Answer.Slot held || held.Resource == SlotConduct.Resource(slot, scene);

    /// <summary>Value of the button 前回と同じ.</summary>
    public const string SameAsBefore = "\u0001same";

    public static Dictionary<string, string> Fill(params ReadOnlySpan<string> namesAndValues)
    {
        var values = new Dictionary<string, string>();
        for (var i = 0; i < namesAndValues.Length; i += 2) values[namesAndValues[i]] = namesAndValues[i + 1];
        return values;
    }

    private static Asking Handoff(HandoffStep step, Scene scene) => new Asking.Doing(
        new Intent.RequestStaff(step.Department, step.Id, scene.Procedure.Id, scene.Run.Answers) { Id = $"{scene.Run.Id}.{step.Id}" },
        new Answer.Handled());

    private static Answer? Remembered(Step step, Scene scene) =>
        step.ProfileKey is { } key && scene.Talk.Profile.TryGetValue(key, out var answer) ? answer : null;

    // 前回と同じ and スキップ, behind the step's own choices
    private static ImmutableList<Say> WithExtras(Step step, Scene scene, ImmutableList<Say> says)
    {
        var extras = ImmutableList<Choice>.Empty;
        if (Remembered(step, scene) is { } same)
            extras = extras.Add(scene.Tap(step, Template.Fill(scene.Say.SameAsBefore, Fill("value", AnswerText.Of(same))), SameAsBefore));
        if (step.Optional) extras = extras.Add(scene.Tap(step, scene.Say.Skip, scene.Say.Skip));
        return extras.IsEmpty || says.IsEmpty ? says : says.SetItem(says.Count - 1, says[^1] with { Quick = extras.AddRange(says[^1].Quick) });
    }

    // stickers, pictures and files at the wrong moment: a kind sentence, and the question again
    private static string? NotForThisStep(Step step, Scene scene, StepInput input) => input.Raw switch
    {
        InboundMessage.Sticker => scene.Say.StickerReply,
        InboundMessage.Photo when step is not PhotoStep => scene.Say.PhotoNotHere,
        InboundMessage.Location when step is not (AddressStep or PlaceStep) => scene.Say.LocationNotHere,
        InboundMessage.Attachment => scene.Say.AttachmentNotHere,
        InboundMessage.Unknown => scene.Say.UnknownNotHere,
        InboundMessage.Text when input.Text is { Length: 0 } => scene.Say.EmptyText,
        InboundMessage.Text when input.Text is { Length: > 1000 } && step is not TextStep { Multiline: true } => scene.Say.TooLong,
        _ => null,
    };
}
