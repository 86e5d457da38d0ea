namespace OrleansGov.Procedures;

/// <summary>The engine's own sentences. A municipality may replace any of them (kebab-case keys in its town file).</summary>
public sealed record Phrases
{
    public static readonly Phrases Default = new();
}
