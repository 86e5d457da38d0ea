using OrleansGov.Records;

namespace OrleansGov.Api.StaffConsole;

/// <summary>How many waited over the day, as bars of half an hour, and the same in a table.</summary>
/// <param name="Most">The tallest bar; at least 4, so that one resident does not look like a crowd.</param>
public sealed record WaitingChart(WaitingLine Line, ImmutableList<WaitingBar> Bars, int Most)
{
    public const int Width = 640, Height = 180, Left = 32, Bottom = 24, Top = 12;

    public static WaitingChart Of(WaitingLine line, DateOnly day)
    {
        var most = Math.Max(4, line.Slices.IsEmpty ? 0 : line.Slices.Max(s => s.Longest));
        var (start, width) = (Town.At(day, TimeOnly.MinValue).ToUnixTimeMilliseconds(), (Width - Left) / 48.0);
        return new(line, [.. line.Slices.Select(s =>
        {
            var height = (double)s.Longest / most * (Height - Bottom - Top);
            return new WaitingBar(s, Left + ((s.From - start) / 1_800_000.0 * width), Height - Bottom - height, Math.Max(1, width - 2), height);
        })], most);
    }

    public static double Across(int hour) => Left + (hour * (Width - Left) / 24.0);

    public double Up(int people) => Height - Bottom - ((double)people / Most * (Height - Bottom - Top));
}

public sealed record WaitingBar(WaitingSlice Slice, double X, double Y, double W, double H);

/// <summary>How far residents come in a procedure: a bar for each step, and the same in a table.</summary>
public sealed record FunnelChart(Funnel Funnel, string Title, ImmutableList<FunnelBar> Bars)
{
    public const int Width = 640, Row = 30, Left = 190, Right = 70;

    public int Height => Bars.Count * Row;

    /// <param name="nameOf">What a step is called.</param>
    public static FunnelChart Of(Funnel funnel, string title, Func<string, string> nameOf)
    {
        var most = Math.Max(1, funnel.Started);
        var rows = funnel.Steps.Select(s => (nameOf(s.Step), s.Answered, s.GaveUp, s.HandedOver)).Prepend(("始めた", funnel.Started, 0, 0)).Append(("受付完了", funnel.Completed, 0, 0));
        return new(funnel, title, [.. rows.Select((r, i) => new FunnelBar(Short(r.Item1), r.Item2, r.Item3, r.Item4, i * Row, (double)Math.Min(r.Item2, most) / most * (Width - Left - Right)))]);
    }

    private static string Short(string name) => name.Length <= 13 ? name : name[..12] + "…";
}

/// <param name="W">Width of its bar.</param>
public sealed record FunnelBar(string Name, int Runs, int GaveUp, int HandedOver, int Y, double W);
