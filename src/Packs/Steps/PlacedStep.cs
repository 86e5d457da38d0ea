using OrleansGov.Packs.Yaml;

namespace OrleansGov.Packs.Steps;

/// <summary>A step and where it stands in the file, for the checks that need to see all of them.</summary>
/// <param name="Id">Known even when the rest of the step could not be read.</param>
/// <param name="Step">Null when the step could not be read; the reasons have been reported.</param>
/// <param name="Secret">True for a field of a secret step.</param>
internal sealed record PlacedStep(string Id, Step? Step, Section Section, bool Secret)
{
    public int Line => Section.Line;
    public int LineOf(string key) => Section.LineOf(key);
}
