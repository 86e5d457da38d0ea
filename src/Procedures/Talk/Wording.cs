using System.Text.Json.Serialization;

namespace OrleansGov.Procedures;

/// <summary>A text in one or more languages, as a pack or a municipality wrote it. Falls back to easy Japanese, then Japanese.</summary>
/// <param name="ByLanguage">Keys: <c>ja</c>, <c>ja-easy</c>, <c>en</c>, <c>zh-Hans</c> … Always has <c>ja</c>.</param>
[GenerateSerializer, Immutable, Alias("wording")]
public sealed record Wording(ImmutableSortedDictionary<string, string> ByLanguage)
{
    /// <summary>A text that exists in Japanese only.</summary>
    public static implicit operator Wording(string japanese) => FromString(japanese);

    public static Wording FromString(string japanese) => new(ImmutableSortedDictionary<string, string>.Empty.Add("ja", japanese));

    [JsonIgnore]
    public string Japanese => ByLanguage["ja"];

    /// <summary>The text in <paramref name="language"/>, or in the nearest language there is.</summary>
    public string In(string language) =>
        ByLanguage.TryGetValue(language, out var text) ? text
        : language != "ja" && ByLanguage.TryGetValue("ja-easy", out text) ? text
        : ByLanguage["ja"];
}
