namespace OrleansGov.Packs;

/// <summary>Gathers what is wrong, so that an officer sees everything at once. Stops at <see cref="Most"/>: nobody reads further.</summary>
internal sealed class Problems
{
    public const int Most = 200;
    private readonly List<PackProblem> found = [];

    public bool Any => found.Count > 0;

    public FileProblems In(string file) => new(this, file);

    public void Add(string file, int line, string message, string fix)
    {
        if (found.Count < Most) found.Add(new PackProblem(file, line, message, fix));
    }

    public ImmutableList<PackProblem> Sorted() =>
        [.. found.Distinct().OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line)];
}

/// <summary>The same for one file.</summary>
internal sealed class FileProblems(Problems all, string file)
{
    public string File => file;
    public void At(int line, string message, string fix) => all.Add(file, line, message, fix);
}
