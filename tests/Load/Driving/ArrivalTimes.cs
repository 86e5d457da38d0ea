using OrleansGov.Load.Scripting;

namespace OrleansGov.Load.Driving;

/// <summary>When residents come in an open phase, planned beforehand: the office cannot make them come later.</summary>
public static class ArrivalTimes
{
    /// <summary>Times since the beginning of the phase, rising.</summary>
    public static IEnumerable<TimeSpan> Of(Arrivals.Open open, Random chance)
    {
        // The expected number of arrivals until t is N(t) = from·t + (to − from)·t²/2T; the k-th comes where N reaches k (evenly), or a sum of k exponential steps (Poisson).
        var total = open.For.TotalSeconds;
        var bend = (open.To - open.From) / (2 * total);
        for (var reached = Step(); ; reached += Step())
        {
            var at = Math.Abs(bend) < 1e-12 ? reached / open.From : Root(reached);
            if (double.IsNaN(at) || at >= total) yield break;
            yield return TimeSpan.FromSeconds(at);
        }

        double Step() => open.Poisson ? -Math.Log(1 - chance.NextDouble()) : 1;

        double Root(double reached) => (-open.From + Math.Sqrt(open.From * open.From + 4 * bend * reached)) / (2 * bend);
    }
}
