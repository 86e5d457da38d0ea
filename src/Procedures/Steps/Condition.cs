using System.Diagnostics.CodeAnalysis;

namespace OrleansGov.Procedures;

/// <summary>A <c>when</c> expression over answers.</summary>
public sealed class Condition
{
    private Condition() { }

    public ImmutableHashSet<string> References { get; } = [];

    public static bool TryParse(string text, [NotNullWhen(true)] out Condition? condition, [NotNullWhen(false)] out string? fault, out int column) => throw new NotImplementedException();

    public bool Holds(IReadOnlyDictionary<string, Answer> answers) => throw new NotImplementedException();
}
