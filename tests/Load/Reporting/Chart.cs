using System.Globalization;
using System.Text;

namespace OrleansGov.Load.Reporting;

/// <summary>One line of a chart.</summary>
/// <param name="Colour">Name of a CSS variable.</param>
internal sealed record Series(string Label, string Colour, IReadOnlyList<(double X, double Y)> Points)
{
    public bool Filled { get; init; }
}

/// <summary>A line chart as inline SVG: no script, no font, no address. Hovering shows a point's values, by the browser's own title.</summary>
internal sealed record Chart(string Title, string Unit, IReadOnlyList<Series> Series)
{
    private const double Left = 46, Right = 18, Top = 12, Bottom = 28, Width = 480, Height = 210;

    /// <summary>A logarithmic y axis: times from one to ten thousand milliseconds.</summary>
    public bool Logarithmic { get; init; }

    /// <summary>Labels of the x axis in place of seconds.</summary>
    public IReadOnlyList<(double X, string Label)>? Ticks { get; init; }

    public override string ToString()
    {
        var all = Series.SelectMany(s => s.Points).Where(p => double.IsFinite(p.Y)).ToList();
        if (all.Count == 0) return $"<figure class=\"chart\"><figcaption>{Html.Text(Title)}</figcaption><p class=\"none\">測っていません / not measured</p></figure>";
        var (fromX, toX) = (all.Min(p => p.X), Math.Max(all.Max(p => p.X), all.Min(p => p.X) + 1e-9));
        var scale = Logarithmic ? Scale.Logarithmic(all.Where(p => p.Y > 0).Select(p => p.Y).DefaultIfEmpty(1).Min(), all.Max(p => p.Y)) : Scale.Linear(all.Max(p => p.Y));
        IReadOnlyList<(double X, string Label)> ticks = Ticks ?? TimeTicks(fromX, toX);
        if (Ticks is not null)
        {
            ticks = [.. ticks.TakeWhile((t, i) => i == 0 || ticks[i - 1].X < toX)]; // no axis beyond what was measured
            (fromX, toX) = (ticks[0].X, Math.Max(toX, ticks[^1].X));
        }

        double X(double x) => Left + (x - fromX) / (toX - fromX) * (Width - Left - Right);
        double Y(double y) => Height - Bottom - scale.At(y) * (Height - Top - Bottom);

        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<figure class=\"chart\"><figcaption>{Html.Text(Title)} <span>{Html.Text(Unit)}</span></figcaption><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Html.Text(Title)}\">");
        foreach (var (value, label) in scale.Ticks)
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(value):0.0}\" y2=\"{Y(value):0.0}\"/><text x=\"{Left - 8}\" y=\"{Y(value) + 4:0.0}\" text-anchor=\"end\">{label}</text>");
        foreach (var (at, label) in ticks)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(at):0.0}\" y=\"{Height - 10}\" text-anchor=\"middle\">{Html.Text(label)}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<line class=\"axis\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Height - Bottom}\" y2=\"{Height - Bottom}\"/>");
        foreach (var series in Series)
        {
            var points = series.Points.Where(p => double.IsFinite(p.Y) && (!Logarithmic || p.Y > 0)).ToList();
            if (points.Count == 0) continue;
            var path = string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(p.X):0.0},{Y(p.Y):0.0}")));
            if (series.Filled) svg.Append(CultureInfo.InvariantCulture, $"<polygon points=\"{X(points[0].X):0.0},{Height - Bottom} {path} {X(points[^1].X):0.0},{Height - Bottom}\" fill=\"var({series.Colour})\" opacity=\".12\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{path}\" stroke=\"var({series.Colour})\"><title>{Html.Text(series.Label)}: {points.Min(p => p.Y):0.##} – {points.Max(p => p.Y):0.##} {Html.Text(Unit)}</title></polyline>");
            if (points.Count <= 16)
                foreach (var p in points) svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(p.X):0.0}\" cy=\"{Y(p.Y):0.0}\" r=\"2.6\" fill=\"var({series.Colour})\"><title>{Html.Text(series.Label)}: {p.Y:0.##} {Html.Text(Unit)}</title></circle>");
        }

        svg.Append("</svg>");
        if (Series.Count > 1) svg.Append(CultureInfo.InvariantCulture, $"<p class=\"legend\">{string.Concat(Series.Select(s => $"<span><i style=\"background:var({s.Colour})\"></i>{Html.Text(s.Label)}</span>"))}</p>");
        return svg.Append("</figure>").ToString();
    }

    private static List<(double, string)> TimeTicks(double from, double to)
    {
        double[] steps = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600];
        var step = steps.FirstOrDefault(s => (to - from) / s <= 8, 7200);
        var ticks = new List<(double, string)>();
        for (var at = Math.Ceiling(from / step) * step; at <= to; at += step)
            ticks.Add((at, step >= 60 ? string.Create(CultureInfo.InvariantCulture, $"{at / 60:0.#} min") : string.Create(CultureInfo.InvariantCulture, $"{at:0} s")));
        return ticks;
    }
}

/// <summary>From values to heights between 0 and 1, with the labels of the axis.</summary>
internal sealed record Scale(Func<double, double> At, IReadOnlyList<(double Value, string Label)> Ticks)
{
    public static Scale Linear(double most)
    {
        var rough = Math.Max(most, 1e-9) * 1.05 / 4;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = new[] { 1, 2, 2.5, 5, 10 }.First(f => f * unit >= rough) * unit;
        var top = step * Math.Ceiling(most * 1.02 / step);
        if (top <= 0) top = step;
        return new(y => Math.Clamp(y / top, 0, 1), [.. Enumerable.Range(0, (int)Math.Round(top / step) + 1).Select(i => (i * step, Short(i * step)))]);
    }

    public static Scale Logarithmic(double least, double most)
    {
        var (low, high) = (Math.Floor(Math.Log10(Math.Max(least, 0.01))), Math.Ceiling(Math.Log10(Math.Max(most, 0.02)) + 1e-9));
        if (high <= low) high = low + 1;
        return new(y => Math.Clamp((Math.Log10(Math.Max(y, 1e-9)) - low) / (high - low), 0, 1), [.. Enumerable.Range((int)low, (int)(high - low) + 1).Select(e => (Math.Pow(10, e), Short(Math.Pow(10, e))))]);
    }

    private static string Short(double value) => value >= 1000 ? string.Create(CultureInfo.InvariantCulture, $"{value / 1000:0.##}k") : string.Create(CultureInfo.InvariantCulture, $"{value:0.###}");
}

internal static class Html
{
    public static string Text(string? text) => System.Net.WebUtility.HtmlEncode(text ?? "");
}
