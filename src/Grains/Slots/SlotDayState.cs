namespace OrleansGov.Grains;

/// <summary>Who has a place on one day.</summary>
[GenerateSerializer, Alias("slot-day-state")]
public sealed record SlotDayState
{
    /// <summary>Places taken while a talk goes on, until when.</summary>
    [Id(0)] public ImmutableSortedDictionary<string, DateTimeOffset> Held { get; init; } = ImmutableSortedDictionary<string, DateTimeOffset>.Empty;

    /// <summary>Places that are booked.</summary>
    [Id(1)] public ImmutableSortedSet<string> Confirmed { get; init; } = [];

    public int Taken(DateTimeOffset now) => Confirmed.Count + Held.Values.Count(until => until > now);

    /// <summary>Holds past their time are dropped with the next write: nothing has to wake for them.</summary>
    public SlotDayState WithoutLapsed(DateTimeOffset now) => this with { Held = Held.RemoveRange(Held.Where(h => h.Value <= now).Select(h => h.Key)) };
}
