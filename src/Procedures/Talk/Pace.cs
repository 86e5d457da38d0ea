namespace OrleansGov.Procedures;

/// <summary>
/// How fast one resident writes: a bucket of a minute's messages that fills evenly. When it is empty the office asks once for a pause and then keeps
/// quiet until it has calmed: until a quarter of the bucket is full again, which a flood that goes on does not allow.
/// </summary>
/// <param name="Left">Messages that will still be answered.</param>
/// <param name="Flooded">The pause has been asked for and is not over.</param>
public sealed record Pace(double Left, DateTimeOffset At, bool Flooded)
{
    // A fast finger taps several times a second, and Dialogue drops its double taps anyway.
    private const double OfATap = 0.25;

    public static Pace Fresh(int perMinute, DateTimeOffset now) => new(perMinute, now, false);

    /// <summary>The pace after one more message, and what becomes of it.</summary>
    public (Pace Next, PaceVerdict Verdict) After(InboundMessage message, int perMinute, DateTimeOffset now)
    {
        // Not words: they change who may be written to and what may be kept, whatever else goes on.
        if (message is InboundMessage.Followed or InboundMessage.Unfollowed or InboundMessage.Unsent) return (this, PaceVerdict.Answer);
        var filled = Math.Min(perMinute, Left + Math.Max(0, (now - At).TotalMinutes) * perMinute);
        var calm = !Flooded || filled >= perMinute / 4d;
        var left = filled - (message is InboundMessage.Tapped ? OfATap : 1);
        if (calm && left >= 0) return (new(left, now, false), PaceVerdict.Answer);
        return (new(Math.Max(0, left), now, true), calm ? PaceVerdict.Ask : PaceVerdict.Quiet);
    }
}

/// <summary>What becomes of a message, given its pace.</summary>
public enum PaceVerdict
{
    /// <summary>It is a turn like any other.</summary>
    Answer,

    /// <summary>Recorded, and answered with the request for a pause.</summary>
    Ask,

    /// <summary>Recorded.</summary>
    Quiet,
}
