using System.Globalization;

namespace OrleansGov.Load.Measuring;

/// <summary>Of times in milliseconds, exact: every time is kept and sorted, nothing is put into buckets.</summary>
public sealed record Percentiles(int Count, double P50, double P90, double P99, double P999, double Most)
{
    public static readonly Percentiles None = new(0, 0, 0, 0, 0, 0);

    public static Percentiles Of(IEnumerable<double> milliseconds)
    {
        var sorted = milliseconds.ToArray();
        Array.Sort(sorted);
        return sorted.Length == 0 ? None : new(sorted.Length, At(sorted, 0.5), At(sorted, 0.9), At(sorted, 0.99), At(sorted, 0.999), sorted[^1]);
    }

    /// <summary>The smallest time that at least this share of all times does not exceed (nearest rank).</summary>
    public static double At(double[] sorted, double share) => sorted[Math.Clamp((int)Math.Ceiling(sorted.Length * share) - 1, 0, sorted.Length - 1)];

    public override string ToString() => Count == 0 ? "none"
        : string.Create(CultureInfo.InvariantCulture, $"p50 {P50:0.0} ms, p90 {P90:0.0} ms, p99 {P99:0.0} ms, most {Most:0.0} ms");
}
