namespace OrleansGov.Procedures;

/// <summary>An address in the town, found by name, reading, postal code or location; 番地 only where the step's precision asks for it.</summary>
internal static class AddressConduct
{
    private const string Pick = "pick", Rest = "rest";

    public static Asking Ask(AddressStep step, Scene scene) => scene.Draft.Stage switch
    {
        Pick => Asking.Question(scene.Say.AddressWhich, [.. scene.Draft.Candidates.Select(name => scene.Tap(step, name, name)), scene.Tap(step, scene.Say.NoneOfThese, scene.Say.NoneOfThese)]),
        Rest => Asking.Words(Template.Fill(scene.Say.AddressRest, StepConduct.Fill("place", scene.Draft["town"]!))),
        _ => Asking.Words(scene.In(step.Ask), new Choice(scene.Say.SendLocation, new ChoiceAction.SendLocation())),
    };

    public static Reading Read(AddressStep step, Scene scene, StepInput input)
    {
        var table = scene.Procedure.Addresses!;
        if (input.Raw is InboundMessage.Location at)
        {
            return table.Nearest(at.Latitude, at.Longitude) is { } nearest
                ? new Reading.Moved(Scene.Fresh with { Stage = Pick, Candidates = [nearest.Name] })
                : new Reading.Declined(Template.Fill(scene.Say.AddressOutside, StepConduct.Fill("town", table.Municipality)));
        }

        var words = input.Tapped ?? input.Text ?? "";
        if (scene.Draft.Stage == Rest)
        {
            var town = table.Blocks.Find(b => b.Name == scene.Draft["town"])!;
            var read = TextReading.Read(new TextStep(step.Id, step.Ask, 1, 100, Multiline: false), words);
            return read.Value is { } rest ? Accept(town, rest) : new Reading.Declined(read.Why!);
        }

        if (scene.Draft.Stage == Pick)
        {
            if (input.Is(scene.Say.NoneOfThese, scene.Say.No, "ちがう", "違う")) return new Reading.Moved(Scene.Fresh);
            if (scene.Draft.Candidates.Count == 1 && input.Is(scene.Say.Yes, "そう", "ok")) return Found(table.Blocks.Find(b => b.Name == scene.Draft.Candidates[0])!, "");
        }

        if (table.Split(words) is { } parts) return Found(parts.Block, parts.Rest);
        var some = table.Find(words, 11);
        return some.Count switch
        {
            0 => new Reading.Declined(Template.Fill(scene.Say.AddressNotFound, StepConduct.Fill("words", words.Count(char.IsDigit) > 7 ? "その言葉" : JapaneseText.Cut(JapaneseText.Clean(words), 20), "town", table.Municipality))),
            1 => Found(some[0], ""),
            _ => new Reading.Moved(Scene.Fresh with { Stage = Pick, Candidates = [.. some.Select(b => b.Name)] }),
        };

        Reading Found(TownBlock block, string rest) =>
            step.Precision == AddressPrecision.Town ? Accept(block, null)
            : rest.Length > 0 ? Accept(block, JapaneseText.Clean(rest))
            : new Reading.Moved((Scene.Fresh with { Stage = Rest }).With("town", block.Name));

        static Reading Accept(TownBlock block, string? rest) => new Reading.Accepted(new Answer.Address(block.PostalCode, block.Name, block.District, rest));
    }
}
