namespace OrleansGov.Load.Measuring;

/// <summary>A straight line through points (least squares): how something grows.</summary>
/// <param name="Slope">Per unit of x.</param>
/// <param name="Start">At x = 0.</param>
public readonly record struct Trend(double Slope, double Start)
{
    /// <returns>Null with fewer than two different x.</returns>
    public static Trend? Through(IReadOnlyList<(double X, double Y)> points)
    {
        if (points.Count < 2) return null;
        var (x, y) = (points.Average(p => p.X), points.Average(p => p.Y));
        var spread = points.Sum(p => (p.X - x) * (p.X - x));
        if (spread == 0) return null;
        var slope = points.Sum(p => (p.X - x) * (p.Y - y)) / spread;
        return new(slope, y - slope * x);
    }
}
