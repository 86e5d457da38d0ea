using System.Reflection;
using System.Text.RegularExpressions;
using OrleansGov.Packs.Yaml;

namespace OrleansGov.Packs.Towns;

/// <summary>
/// The municipality's own words for the engine's sentences. Every property of <see cref="Phrases"/> can be replaced under its kebab-case name;
/// a sentence keeps the placeholders it had, so that no amount and no date gets lost.
/// </summary>
internal static partial class PhraseOverrides
{
    private static readonly ImmutableSortedDictionary<string, PropertyInfo> Known = typeof(Phrases)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.CanWrite && (p.PropertyType == typeof(string) || p.PropertyType == typeof(Wording)))
        .ToImmutableSortedDictionary(p => Kebab(p.Name), p => p, StringComparer.Ordinal);

    public static Phrases Read(Section town)
    {
        var phrases = Phrases.Default with { };
        foreach (var (key, line, value) in town.Entries("phrases"))
        {
            if (!Known.TryGetValue(key, out var property))
                town.Problems.At(line, $"「{key}」という文はありません。", Nearest.Fix(key, [.. Known.Keys]));
            else if (Replacement(town, key, value, property) is { } replacement)
                property.SetValue(phrases, replacement);
        }
        return phrases;
    }

    private static object? Replacement(Section town, string key, YamlNode value, PropertyInfo property)
    {
        var usual = property.GetValue(Phrases.Default);
        var names = Template.Placeholders((usual as Wording)?.Japanese ?? usual as string ?? "").ToImmutableHashSet();
        if (property.PropertyType == typeof(string) && value is not YamlScalar)
        {
            town.Problems.At(value.Line, $"「{key}」は1つの文で書きます。", $"「{key}: 文」の形にしてください。");
            return null;
        }
        if (town.AsWording(value, key, Section.LongestText, names) is not { } wording) return null;
        foreach (var missing in wording.ByLanguage.Values.SelectMany(said => names.Except(Template.Placeholders(said))).Distinct())
            town.Problems.At(value.Line, $"「{key}」に {{{missing}}} がありません。", $"文の中に {{{missing}}} を入れてください。そこに内容が入ります。");
        return property.PropertyType == typeof(Wording) ? wording : (object)wording.Japanese;
    }

    internal static string Kebab(string name) => Hump().Replace(name, "-$1").TrimStart('-').ToLowerInvariant();

    [GeneratedRegex("([A-Z])", RegexOptions.CultureInvariant)]
    private static partial Regex Hump();
}
