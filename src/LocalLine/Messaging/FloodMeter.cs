namespace OrleansGov.LocalLine.Messaging;

/// <summary>Counts pushes to one person within a minute: masses to one user are refused (LINE guide; the number is ours).</summary>
internal sealed class FloodMeter
{
    private const int Limit = 100;
    private DateTimeOffset since;
    private int count;

    public bool Floods(DateTimeOffset now)
    {
        if (now - since > TimeSpan.FromMinutes(1)) (since, count) = (now, 0);
        return ++count > Limit;
    }
}
