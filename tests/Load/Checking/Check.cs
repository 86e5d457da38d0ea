namespace OrleansGov.Load.Checking;

public enum Verdict { Passed, Failed, Skipped }

/// <summary>One thing that must hold, and whether it does.</summary>
/// <param name="What">In Japanese and English, for people.</param>
/// <param name="Found">What was found, in short.</param>
/// <param name="Limit">What was allowed; "" = nothing but the rule itself.</param>
/// <param name="Why">Examples of what is wrong, or why it could not be checked.</param>
public sealed record Check(string Key, string What, Verdict Verdict, string Found, string Limit = "", string Why = "")
{
    /// <summary>Nothing of the wrong kind may have been found.</summary>
    public static Check None(string key, string what, IReadOnlyCollection<string> wrong, string found) =>
        new(key, what, wrong.Count == 0 ? Verdict.Passed : Verdict.Failed, found, "", string.Join('\n', wrong.Take(5)));

    public static Check Skip(string key, string what, string why) => new(key, what, Verdict.Skipped, "", "", why);
}
