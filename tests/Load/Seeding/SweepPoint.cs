using System.Globalization;

namespace OrleansGov.Load.Seeding;

/// <summary>What a turn costs with so many residents ever seen.</summary>
public sealed record SweepPoint(long Seen, int Turns, double? OfficeMs, double? DatabaseMs, double? Megabytes, double BytesEach, double ReplyP50, double ReplyP99)
{
    public static string Table(IReadOnlyList<SweepPoint> points)
    {
        var lines = points.Select(p => string.Create(CultureInfo.InvariantCulture,
            $"| {p.Seen,9:#,0} | {p.Turns,6} | {p.OfficeMs,9:0.000} | {p.DatabaseMs,11:0.000} | {Ratio(p, points[0])} | {p.Megabytes,6:0} | {p.BytesEach,10:0} | {p.ReplyP50,6:0.0} | {p.ReplyP99,6:0.0} |"));
        return $"|      seen |  turns | office ms | database ms |   × first | MB     | bytes each | p50 ms | p99 ms |\n|---|---|---|---|---|---|---|---|---|\n{string.Join('\n', lines)}";
    }

    private static string Ratio(SweepPoint point, SweepPoint first) => first.OfficeMs is null ? "         " : string.Create(CultureInfo.InvariantCulture, $"{(point.OfficeMs + (point.DatabaseMs ?? 0)) / (first.OfficeMs + (first.DatabaseMs ?? 0)),9:0.00}");
}
