namespace OrleansGov.Procedures;

/// <summary>Words that were read, or a kind sentence why not. Exactly one of the two is set.</summary>
/// <param name="Value">Normalised, as it is stored.</param>
/// <param name="Why">Japanese, said to the resident: the reason and an example.</param>
public readonly record struct ReadWords(string? Value, string? Why)
{
    public static ReadWords Of(string value) => new(value, null);
    public static ReadWords Declined(string why) => new(null, why);
}
