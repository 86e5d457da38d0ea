namespace OrleansGov.Procedures;

/// <summary>A <c>when</c> expression over answers.</summary>
public sealed class Condition
{
    private Condition() { }
}
