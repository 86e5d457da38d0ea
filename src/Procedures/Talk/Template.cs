namespace OrleansGov.Procedures;

/// <summary>Texts with <c>{names}</c> in them, as packs write them.</summary>
public static class Template
{
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) => throw new NotImplementedException();

    public static ImmutableList<string> Placeholders(string text) => throw new NotImplementedException();
}
