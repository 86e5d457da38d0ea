namespace OrleansGov.Api.Telemetry;

/// <summary>Every figure of this process at one instant, in the order the instruments were made.</summary>
public sealed record Figures(DateTimeOffset At, IReadOnlyList<Family> Families)
{
    public static readonly Figures None = new(DateTimeOffset.MinValue, []);

    public Family? Find(string name)
    {
        foreach (var family in Families) if (family.Name == name) return family;
        return null;
    }
}

/// <summary>One instrument with its series.</summary>
/// <param name="Name">As the instrument is called: <c>orleansgov.turn.duration</c>.</param>
/// <param name="Unit">UCUM: <c>s</c>, <c>By</c>, <c>{event}</c>; empty = none.</param>
public sealed record Family(string Name, string Unit, string Help, FamilyKind Kind, IReadOnlyList<Series> Series);

public enum FamilyKind { Counter, Gauge, Histogram }

/// <summary>One combination of labels.</summary>
/// <param name="Value">Of a counter or gauge; of a histogram its sum.</param>
/// <param name="Spread">Of a histogram only.</param>
public sealed record Series(IReadOnlyList<KeyValuePair<string, string>> Labels, double Value, Spread? Spread = null)
{
    public string? Label(string name)
    {
        foreach (var (key, value) in Labels) if (key == name) return value;
        return null;
    }
}

/// <summary>How values of a histogram are spread over its buckets.</summary>
/// <param name="Bounds">Upper bounds, inclusive, ascending.</param>
/// <param name="Counts">One for each bound, not cumulated, and one for what lies above the last.</param>
public sealed record Spread(IReadOnlyList<double> Bounds, IReadOnlyList<long> Counts)
{
    public long Count
    {
        get
        {
            var all = 0L;
            foreach (var count in Counts) all += count;
            return all;
        }
    }

    public Spread Plus(Spread other) => new(Bounds, [.. Counts.Zip(other.Counts, (a, b) => a + b)]);

    /// <summary>What has been added since an earlier look at the same histogram.</summary>
    public Spread Since(Spread earlier) => new(Bounds, [.. Counts.Zip(earlier.Counts, (now, then) => now - then)]);

    /// <summary>The value below which a part of all values lies, estimated within its bucket; null when there are none.</summary>
    /// <param name="part">0 to 1; 0.99 = the slowest of a hundred.</param>
    public double? Quantile(double part)
    {
        var (wanted, below) = (Count * part, 0L);
        if (Count == 0) return null;
        for (var i = 0; i < Bounds.Count; i++)
        {
            if (below + Counts[i] >= wanted && Counts[i] > 0)
            {
                var from = i == 0 ? 0 : Bounds[i - 1];
                return from + (Bounds[i] - from) * (wanted - below) / Counts[i];
            }

            below += Counts[i];
        }

        return Bounds[^1]; // at least that
    }
}
