namespace OrleansGov.Residents;

/// <summary>Everything twice within milliseconds, the last button too: still one booking.</summary>
public sealed class DoubleTapper : Persona
{
    public override string Name => "double-tapper";

    public override Deed Decide(Moment now) => now.Natural is Deed.Say or Deed.Tap ? now.Natural with { Twice = true } : now.Natural;
}
