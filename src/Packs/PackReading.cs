namespace OrleansGov.Packs;

/// <summary>What came of reading a pack: a procedure that is safe to publish, or everything that is wrong with it.</summary>
/// <param name="Procedure">Null when there is any problem. Its version is 1 until the catalogue gives it one.</param>
/// <param name="Problems">In the order of files and lines; empty = the pack is sound.</param>
public sealed record PackReading(Procedure? Procedure, ImmutableList<PackProblem> Problems);

/// <summary>One thing that is wrong with a pack, said to the officer who wrote it.</summary>
/// <param name="File">Path inside the pack.</param>
/// <param name="Line">1-based; 0 when the whole file is meant.</param>
/// <param name="Message">What is wrong, in Japanese.</param>
/// <param name="Fix">What to do, in Japanese.</param>
public sealed record PackProblem(string File, int Line, string Message, string Fix)
{
    public override string ToString() => Line > 0 ? $"{File}:{Line}: {Message} → {Fix}" : $"{File}: {Message} → {Fix}";
}

/// <summary>What an installation decides about packs.</summary>
public sealed record PackRules
{
    public static readonly PackRules Default = new();

    /// <summary>True where the installation decided that personal details are asked in the talk (<c>Privacy__PersonalDetails=Talk</c>).</summary>
    public bool PersonalDetailsInTalk { get; init; }

    /// <summary>Ids of the town's departments; null = any department is accepted.</summary>
    public ImmutableHashSet<string>? Departments { get; init; }
}
