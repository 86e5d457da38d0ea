namespace OrleansGov.Packs.Yaml;

/// <summary>YAML as packs need it: maps, lists and texts, each with the line it stands on (1-based).</summary>
internal abstract record YamlNode(int Line);

/// <param name="Text">The text without quotes; empty for an empty value.</param>
internal sealed record YamlScalar(int Line, string Text) : YamlNode(Line);

internal sealed record YamlList(int Line, ImmutableList<YamlNode> Items) : YamlNode(Line);

internal sealed record YamlMap(int Line, ImmutableList<YamlEntry> Entries) : YamlNode(Line);

internal sealed record YamlEntry(string Key, int Line, YamlNode Value);
