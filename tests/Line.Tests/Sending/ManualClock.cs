namespace OrleansGov.Line.Tests.Sending;

/// <summary>Time that passes when told to. Timers stay real: only time-outs of real sockets use them here.</summary>
sealed class ManualClock : TimeProvider
{
    DateTimeOffset now = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    public void Advance(TimeSpan by) => now += by;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => now.Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
}
