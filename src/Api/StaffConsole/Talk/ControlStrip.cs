using OrleansGov.Records;

namespace OrleansGov.Api.StaffConsole;

/// <summary>Who had the talk over time, as a picture of three lanes (ボット, 待ち, 職員) and as the same in a table.</summary>
public sealed record ControlStrip(ImmutableList<StripBar> Bars)
{
    public const int Width = 320, Lane = 18, Left = 52;

    public static readonly ControlStrip Empty = new(ImmutableList<StripBar>.Empty);

    public static ControlStrip Of(IReadOnlyList<ControlBand> bands, DateTimeOffset now)
    {
        if (bands.Count == 0) return Empty;
        // a night with the bot must not press an hour of people flat: a band counts by the root of its length
        var end = now.ToUnixTimeMilliseconds();
        var shares = bands.Select(b => Math.Sqrt(Math.Max(1000, (b.To ?? end) - b.From))).ToList();
        var (sum, x) = (shares.Sum(), (double)Left);
        var bars = ImmutableList.CreateBuilder<StripBar>();
        for (var i = 0; i < bands.Count; i++)
        {
            var width = shares[i] / sum * (Width - Left);
            var lane = bands[i].Who switch { "person" => 2, "queue" or "outOfHours" => 1, _ => 0 };
            bars.Add(new(bands[i], lane, x, Math.Max(2, width - 1)));
            x += width;
        }

        return new(bars.ToImmutable());
    }
}

/// <param name="Lane">0 ボット, 1 待ち, 2 職員.</param>
public sealed record StripBar(ControlBand Band, int Lane, double X, double W)
{
    public string Left => Svg.Number(X);
    public string Wide => Svg.Number(W);

    public string Words => Band.Who switch
    {
        "person" => $"職員（{Band.OwnerName}）",
        "queue" => "職員待ち",
        "outOfHours" => "時間外の受付",
        _ => "ボット",
    };
}
