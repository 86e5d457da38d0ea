using System.Globalization;
using System.Text.RegularExpressions;

namespace OrleansGov.Api.Tests.Telemetry;

/// <summary>A reader of Prometheus' text format 0.0.4 as strict as the page should be: what it cannot read, it refuses.</summary>
public sealed partial class Exposition
{
    private readonly List<(string Name, Dictionary<string, string> Labels, double Value)> _samples = [];

    public Dictionary<string, string> Types { get; } = [];

    public Dictionary<string, string> Helps { get; } = [];

    public static Exposition Read(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var read = new Exposition();
        var (family, closed) = ("", new HashSet<string>());
        foreach (var line in text.Split('\n')[..^1])
        {
            if (line.Split(' ', 4) is ["#", "HELP", var helped, var help])
            {
                Assert.True(read.Helps.TryAdd(helped, Unescape(help)), $"two HELP lines: {helped}");
                continue;
            }

            if (line.Split(' ', 4) is ["#", "TYPE", var typed, var type])
            {
                Assert.Contains(type, (string[])["counter", "gauge", "histogram"]);
                Assert.True(read.Types.TryAdd(typed, type), $"two TYPE lines: {typed}");
                if (family.Length > 0) closed.Add(family);
                family = typed;
                continue;
            }

            var sample = Sample().Match(line);
            Assert.True(sample.Success, $"not a sample: {line}");
            var name = sample.Groups["name"].Value;
            Assert.True(name == family || (read.Types[family] == "histogram" && name[family.Length..] is "_bucket" or "_sum" or "_count"), $"{name} stands among {family}");
            Assert.DoesNotContain(family, closed); // a family's samples stand together
            var labels = Label().Matches(sample.Groups["labels"].Value).ToDictionary(l => l.Groups["name"].Value, l => Unescape(l.Groups["value"].Value));
            Assert.DoesNotContain(read._samples, s => s.Name == name && s.Labels.Count == labels.Count && s.Labels.All(l => labels.GetValueOrDefault(l.Key) == l.Value));
            read._samples.Add((name, labels, Number(sample.Groups["value"].Value)));
        }

        read.AssertHistogramsAddUp();
        return read;
    }

    /// <summary>The one sample with these labels (and perhaps others).</summary>
    public double Value(string name, params (string Name, string Value)[] labels) => Assert.Single(Find(name, labels)).Value;

    /// <summary>All samples of a name with these labels, added; 0 when there are none.</summary>
    public double Sum(string name, params (string Name, string Value)[] labels) => Find(name, labels).Sum(s => s.Value);

    public IEnumerable<string> LabelValues => _samples.SelectMany(s => s.Labels.Values);

    private List<(string Name, Dictionary<string, string> Labels, double Value)> Find(string name, (string Name, string Value)[] labels) =>
        [.. _samples.Where(s => s.Name == name && labels.All(l => s.Labels.GetValueOrDefault(l.Name) == l.Value))];

    private void AssertHistogramsAddUp()
    {
        foreach (var name in Types.Where(t => t.Value == "histogram").Select(t => t.Key))
            foreach (var series in _samples.Where(s => s.Name == $"{name}_bucket").GroupBy(s => string.Join(';', s.Labels.Where(l => l.Key != "le").OrderBy(l => l.Key).Select(l => $"{l.Key}={l.Value}"))))
            {
                var buckets = series.Select(b => (Bound: Number(b.Labels["le"]), b.Value)).ToList();
                Assert.Equal(buckets.OrderBy(b => b.Bound), buckets);
                Assert.Equal(buckets.Select(b => b.Value).Order(), buckets.Select(b => b.Value));
                Assert.Equal(double.PositiveInfinity, buckets[^1].Bound);
                var count = Assert.Single(_samples, s => s.Name == $"{name}_count" && s.Labels.All(l => series.First().Labels.GetValueOrDefault(l.Key) == l.Value) && s.Labels.Count == series.First().Labels.Count - 1);
                Assert.Equal(buckets[^1].Value, count.Value);
            }
    }

    private static double Number(string text) => text switch { "+Inf" => double.PositiveInfinity, "-Inf" => double.NegativeInfinity, "NaN" => double.NaN, _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) };

    private static string Unescape(string text) => Escape().Replace(text, e => e.Value[1] switch { 'n' => "\n", var c => c.ToString() });

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(?<labels>[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\n"])*"(?:,[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\n"])*")*)\})? (?<value>\S+)$""")]
    private static partial Regex Sample();

    [GeneratedRegex("""(?<name>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>(?:[^"\\]|\\.)*)"(?:,|$)""")]
    private static partial Regex Label();

    [GeneratedRegex("""\\[\\n"]""")]
    private static partial Regex Escape();
}
