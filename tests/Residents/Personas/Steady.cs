namespace OrleansGov.Residents;

/// <summary>Answers what is asked.</summary>
public sealed class Steady : Persona
{
    public override string Name => "steady";
}
