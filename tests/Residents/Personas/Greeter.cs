namespace OrleansGov.Residents;

/// <summary>Says one word, is answered, and is not heard of again: somebody the office has seen.</summary>
public sealed class Greeter : Persona
{
    private bool _said;

    public override string Name => "greeter";

    public override bool MayEnd(Ending ending) => ending == Ending.Answered;

    public override Deed Decide(Moment now)
    {
        if (_said) return new Deed.Leave(Ending.Answered);
        _said = true;
        return new Deed.Say("こんにちは") { Step = "greeting" };
    }
}
