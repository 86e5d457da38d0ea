using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace OrleansGov.Load.Scripting;

/// <summary>One mapping of a scenario file, with the lines for its problems.</summary>
internal sealed class Fields(YamlMappingNode node, string file, List<string> problems)
{
    public IEnumerable<string> Keys => node.Children.Keys.Select(k => k.ToString());

    public void Problem(string? key, string what) =>
        problems.Add($"{file}:{(key is not null && Entry(key) is { } at ? at.Start.Line : node.Start.Line)}: {(key is null ? "" : $"{key}: ")}{what}");

    /// <summary>Every other key is a problem, with the nearest known one as its remedy.</summary>
    public void Only(IReadOnlyList<string> known)
    {
        foreach (var key in Keys.Where(k => !known.Contains(k)))
            Problem(key, $"not known here → {(known.MinBy(k => Distance(k, key)) is { } near && Distance(near, key) <= 3 ? near : string.Join(", ", known))}");
    }

    public string? Text(string key) => Entry(key) is YamlScalarNode { Value: { } value } ? value : Wrong<string>(key, "a word is expected");

    public bool? Flag(string key) => Entry(key) is null ? null : Text(key) switch { "true" => true, "false" => false, _ => WrongValue<bool>(key, "true or false is expected") };

    public double? Number(string key, double least, double most) => Entry(key) is null ? null
        : double.TryParse(Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most ? n
        : WrongValue<double>(key, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most} is expected"));

    /// <summary>500ms, 1.5s, 2m, 1h.</summary>
    public TimeSpan? Time(string key) => Entry(key) is null ? null : Times.TryRead(Text(key) ?? "", out var time) ? time : WrongValue<TimeSpan>(key, $"'{Text(key)}' is no length of time → 500ms, 10s, 5m or 1h");

    /// <summary>A length, or two of them: 1s..3s.</summary>
    public Pause? Pause(string key)
    {
        if (Entry(key) is null) return null;
        var parts = (Text(key) ?? "").Split("..", 2);
        return Times.TryRead(parts[0], out var least) && Times.TryRead(parts[^1], out var most) && least <= most
            ? new Pause(least, most)
            : WrongValue<Pause>(key, $"'{Text(key)}' is no pause → 2s, or 1s..3s");
    }

    public Fields? Below(string key) => Entry(key) switch
    {
        null => null,
        YamlMappingNode below => new Fields(below, file, problems),
        _ => Wrong<Fields>(key, "'key: value' pairs are expected here"),
    };

    public IEnumerable<Fields> Children(string key)
    {
        if (Entry(key) is not YamlSequenceNode list)
        {
            if (Entry(key) is not null) Problem(key, "a list is expected, each entry behind a dash");
            yield break;
        }

        foreach (var entry in list)
        {
            if (entry is YamlMappingNode child) yield return new Fields(child, file, problems);
            else problems.Add($"{file}:{entry.Start.Line}: 'key: value' pairs are expected here");
        }
    }

    private YamlNode? Entry(string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var found) ? found : null;

    private T? Wrong<T>(string key, string what)
        where T : class
    {
        if (Entry(key) is not null) Problem(key, what);
        return null;
    }

    private T? WrongValue<T>(string key, string what)
        where T : struct
    {
        Problem(key, what);
        return null;
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }

        return row[^1];
    }
}

/// <summary>Lengths of time as people write them.</summary>
internal static class Times
{
    private static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)];

    public static bool TryRead(string text, out TimeSpan time)
    {
        foreach (var (unit, seconds) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal) || !double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var n)) continue;
            time = TimeSpan.FromSeconds(n * seconds);
            return true;
        }

        time = default;
        return false;
    }
}
