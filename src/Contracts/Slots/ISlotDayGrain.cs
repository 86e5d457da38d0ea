namespace OrleansGov.Contracts;

/// <summary>
/// One resource on one day. One grain owns one day, so it cannot oversell. Key: <c>s:{town}/{resource}/{yyyy-MM-dd}</c>.
/// The capacity comes with every call, from the calendar of the version in hand; the grain owns who has a place.
/// </summary>
[Alias("slot-day")]
public interface ISlotDayGrain : IGrainWithStringKey
{
    /// <summary>Places left.</summary>
    [Alias("look")]
    Task<int> Look(int capacity);

    /// <summary>Holds one place until <paramref name="until"/>; the same id holds one place only, and a repeat prolongs it.</summary>
    /// <returns>False when the day is full.</returns>
    [Alias("hold")]
    Task<bool> Hold(string hold, int capacity, DateTimeOffset until);

    /// <summary>Makes the place the holder's. A hold that has lapsed is taken again if there is room. Idempotent.</summary>
    /// <returns>False when the hold lapsed and the day is full.</returns>
    [Alias("confirm")]
    Task<bool> Confirm(string hold, int capacity);

    /// <summary>Gives the place back, held or confirmed. Idempotent; unknown holds are no error.</summary>
    [Alias("release")]
    Task Release(string hold);
}

public static class SlotKey
{
    public static string For(string town, string resource, DateOnly date) => $"s:{town}/{resource}/{date:yyyy-MM-dd}";
}
