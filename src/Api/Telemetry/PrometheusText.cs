using System.Globalization;
using System.Text;

namespace OrleansGov.Api.Telemetry;

/// <summary>
/// Figures in Prometheus' text format 0.0.4. Names follow OpenTelemetry's rules for Prometheus: dots become underscores, the unit and <c>_total</c> are
/// appended. https://prometheus.io/docs/instrumenting/exposition_formats/
/// </summary>
public static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(Figures figures)
    {
        var text = new StringBuilder(64 * 1024);
        foreach (var family in figures.Families.Where(f => f.Series.Count > 0))
        {
            var name = NameOf(family);
            if (family.Help.Length > 0) text.Append("# HELP ").Append(name).Append(' ').Append(family.Help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
            text.Append("# TYPE ").Append(name).Append(' ').Append(family.Kind switch { FamilyKind.Counter => "counter", FamilyKind.Histogram => "histogram", _ => "gauge" }).Append('\n');
            foreach (var series in family.Series)
                if (series.Spread is { } spread) Histogram(text, name, series, spread);
                else Line(text, name, series.Labels, null, series.Value);
        }

        return text.ToString();
    }

    private static void Histogram(StringBuilder text, string name, Series series, Spread spread)
    {
        var below = 0L;
        for (var i = 0; i < spread.Bounds.Count; i++) Line(text, $"{name}_bucket", series.Labels, Number(spread.Bounds[i]), below += spread.Counts[i]);
        Line(text, $"{name}_bucket", series.Labels, "+Inf", spread.Count);
        Line(text, $"{name}_sum", series.Labels, null, series.Value);
        Line(text, $"{name}_count", series.Labels, null, spread.Count);
    }

    private static void Line(StringBuilder text, string name, IReadOnlyList<KeyValuePair<string, string>> labels, string? upTo, double value)
    {
        text.Append(name);
        var separator = '{';
        foreach (var (label, words) in labels)
        {
            text.Append(separator).Append(Plain(label, colons: false)).Append("=\"");
            text.Append(words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('"');
            separator = ',';
        }

        if (upTo is not null)
        {
            text.Append(separator).Append("le=\"").Append(upTo).Append('"');
            separator = ',';
        }

        text.Append(separator == '{' ? " " : "} ").Append(Number(value)).Append('\n');
    }

    private static string NameOf(Family family)
    {
        var name = Plain(family.Name, colons: true);
        var unit = family.Unit switch
        {
            "s" => "seconds",
            "ms" => "milliseconds",
            "By" => "bytes",
            "1" => family.Kind == FamilyKind.Gauge ? "ratio" : "",
            "" or ['{', ..] => "",
            var other => Plain(other, colons: true),
        };
        if (unit.Length > 0 && !name.EndsWith(unit, StringComparison.Ordinal)) name = $"{name}_{unit}";
        return family.Kind == FamilyKind.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? $"{name}_total" : name;
    }

    private static string Plain(string name, bool colons)
    {
        var plain = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || (c == ':' && colons) ? c : '_'));
        return char.IsAsciiDigit(plain[0]) ? $"_{plain}" : plain;
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture), // NaN is NaN
    };
}
