namespace OrleansGov.Packs.Talks;

/// <summary>Where a talk went another way than its author expected.</summary>
/// <param name="Line">1-based line of the talk.</param>
/// <param name="Expected">In Japanese.</param>
/// <param name="Got">In Japanese.</param>
public sealed record TalkFailure(string File, int Line, string Expected, string Got)
{
    public PackProblem ToProblem() => new(File, Line, $"会話が期待と違います。期待: {Expected}", $"実際: {Got}");

    public override string ToString() => $"{File}:{Line}: 期待: {Expected} ／ 実際: {Got}";
}
