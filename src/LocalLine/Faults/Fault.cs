namespace OrleansGov.LocalLine.Faults;

/// <summary>A misbehaviour of LINE, ordered by a test or by the simulator page.</summary>
/// <param name="Endpoint">
/// Short name of the call (<c>reply</c>, <c>push</c>, <c>multicast</c>, <c>content</c>, <c>profile</c>, <c>token</c> …), <c>webhook</c>, or <c>*</c> for every call.
/// </param>
/// <param name="Kind">
/// Calls: <c>error-before</c>, <c>error-after</c> (accepted, then an error), <c>hangup-before</c>, <c>hangup-after</c>, <c>delay</c>, <c>slow-body</c>, <c>429</c>, <c>401</c>.
/// Webhooks: <c>duplicate</c> (twice, without the flag), <c>late</c> (overtaken by later events), <c>redelivery-only</c> (the first copy is lost),
/// <c>thrice</c> (three copies, two of them flagged, in any order within <c>Ms</c>).
/// </param>
/// <param name="Status">Status of the error; default 500.</param>
/// <param name="Count">How often it strikes; null = until removed.</param>
/// <param name="Probability">Chance per call, 0–1.</param>
/// <param name="Ms">Length of a delay, in milliseconds.</param>
public sealed record Fault(string Endpoint, string Kind, int? Status = null, int? Count = null, double? Probability = null, int? Ms = null);

/// <summary>Faults in force, and how often each may still strike.</summary>
internal sealed class FaultList(Func<double> chance)
{
    private readonly Lock gate = new();
    private readonly List<(Fault Fault, int Left)> faults = [];

    public void Add(Fault fault)
    {
        lock (gate) faults.Add((fault, fault.Count ?? int.MaxValue));
    }

    public void Clear()
    {
        lock (gate) faults.Clear();
    }

    /// <summary>The first fault that strikes this call, used up by one; null = all is well.</summary>
    public Fault? Strike(string endpoint)
    {
        lock (gate)
        {
            for (var i = 0; i < faults.Count; i++)
            {
                var (fault, left) = faults[i];
                if (fault.Endpoint != endpoint && (fault.Endpoint != "*" || endpoint == "webhook")) continue;
                if (fault.Probability is { } p && chance() >= p) continue;
                if (left == 1) faults.RemoveAt(i);
                else if (fault.Count is not null) faults[i] = (fault, left - 1);
                return fault;
            }

            return null;
        }
    }
}
