using System.Text.RegularExpressions;

namespace OrleansGov.Procedures;

/// <summary>Texts with <c>{names}</c> in them, as packs write them: 「受付番号は{number}です」.</summary>
public static partial class Template
{
    [GeneratedRegex(@"\{(?<name>[A-Za-z][A-Za-z0-9_.-]*)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Placeholder { get; }

    /// <summary>
    /// Puts the values in, once: braces inside a value stay as they are. A name without a value stays visible, so that a talk test or a
    /// careful officer sees it; publishing refuses it beforehand (<see cref="Placeholders"/>).
    /// </summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        text.Contains('{', StringComparison.Ordinal)
            ? Placeholder.Replace(text, match => values.TryGetValue(match.Groups["name"].Value, out var value) ? value : match.Value)
            : text;

    /// <summary>The names used in the text, each once, in order.</summary>
    public static ImmutableList<string> Placeholders(string text) =>
        [.. Placeholder.Matches(text).Select(match => match.Groups["name"].Value).Distinct()];
}
