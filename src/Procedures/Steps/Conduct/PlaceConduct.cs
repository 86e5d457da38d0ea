namespace OrleansGov.Procedures;

/// <summary>A place: a location message, or words for it.</summary>
internal static class PlaceConduct
{
    public static Asking Ask(PlaceStep step, Scene scene) =>
        Asking.Words(scene.In(step.Ask), new Choice(scene.Say.SendLocation, new ChoiceAction.SendLocation()));

    public static Reading Read(PlaceStep step, Scene scene, StepInput input) => input switch
    {
        { Raw: InboundMessage.Location at } => At(at, scene),
        { Text: { Length: > 0 } words } => new Reading.Accepted(new Answer.Place(null, null, JapaneseText.Cut(words, 200))),
        _ => new Reading.Declined(scene.Say.PlaceUnreadable),
    };

    private static Reading At(InboundMessage.Location at, Scene scene) =>
        scene.Procedure.Addresses is { } table && table.Nearest(at.Latitude, at.Longitude) is null
            ? new Reading.Declined(Template.Fill(scene.Say.AddressOutside, StepConduct.Fill("town", table.Municipality)))
            : new Reading.Accepted(new Answer.Place(at.Latitude, at.Longitude, JapaneseText.Cut(JapaneseText.Clean(at.Address ?? at.Title ?? ""), 200)));
}
