using System.Globalization;
using System.Text;
using OrleansGov.Residents.Broadcasts;

namespace OrleansGov.Load.Broadcasting;

/// <summary>What a broadcast cost and whom it reached.</summary>
/// <param name="Received">Residents by how often LINE was given it for them.</param>
/// <param name="Calls">Multicasts that reached LINE.</param>
/// <param name="Repeats">Of these, answered 409: accepted before.</param>
/// <param name="Seconds">From the start to the end as the API says it; LINE's own time and starts after kills included.</param>
/// <param name="FreezingSeconds">Of these, until the audience was written down.</param>
/// <param name="OfficeCpuSeconds">Processor time of the office, user and system, without its starts: planning, calls, tidying up.</param>
/// <param name="MegabytesBefore">Resident memory before the broadcast, at its most, and after it.</param>
public sealed record BroadcastReport(
    int Recipients, int Kills, BroadcastLook End, IReadOnlyDictionary<int, int> Received, int Calls, int Repeats, double Seconds, double FreezingSeconds, double OfficeCpuSeconds,
    double MegabytesBefore, double MostMegabytes, double MegabytesAfter)
{
    /// <summary>Everybody once, and the office knows it.</summary>
    public bool Holds => Received.Count == 1 && Received.GetValueOrDefault(1) == Recipients && End == new BroadcastLook("done", Recipients, Recipients, 0, 0, 0);

    public override string ToString()
    {
        var text = new StringBuilder();
        void Line(string what, FormattableString value) => text.Append(CultureInfo.InvariantCulture, $"{what,-28}{FormattableString.Invariant(value)}\n");
        Line("recipients, kills (-9)", $"{Recipients:N0}, {Kills}");
        Line("received it", $"{string.Join(", ", Received.OrderBy(r => r.Key).Select(r => FormattableString.Invariant($"{r.Value:N0} × {r.Key}")))}");
        Line("the office says", $"{End}");
        Line("calls, answered 409", $"{Calls:N0}, {Repeats:N0}");
        Line("seconds (freezing)", $"{Seconds:0.0} ({FreezingSeconds:0.0})");
        Line("office CPU", $"{OfficeCpuSeconds:0.0} s, {OfficeCpuSeconds * 1e6 / Recipients:0.0} µs a recipient");
        Line("office memory", $"{MegabytesBefore:0} MB before, at most {MostMegabytes:0}, {MegabytesAfter:0} after");
        Line("holds", $"{(Holds ? "yes: everybody once" : "NO")}");
        return text.ToString();
    }
}
