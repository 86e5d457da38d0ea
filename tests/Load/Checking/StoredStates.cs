using System.Text.Json;

namespace OrleansGov.Load.Checking;

/// <summary>Reads bookings out of stored states: the JSON is the same in every storage.</summary>
internal static class StoredStates
{
    /// <param name="key">Of the grain: <c>c:{town}/{number}</c>.</param>
    /// <returns>Null when the case has no day, as a wish for a person has none.</returns>
    public static BookedCase? Case(string key, JsonElement body) =>
        body.TryGetProperty("slot", out var slot) && slot.ValueKind == JsonValueKind.Object
            ? new(Last(key), Text(body, "status"), Text(slot, "resource"), Text(slot, "date"), Text(slot, "hold"))
            : null;

    /// <param name="key">Of the grain: <c>s:{town}/{resource}/{date}</c>.</param>
    public static BookedDay Day(string key, JsonElement body, Calendars calendars)
    {
        var (resource, day) = (key.Split('/')[^2], Last(key));
        return new(resource, day, [.. body.GetProperty("confirmed").EnumerateArray().Select(c => c.GetString()!)], body.GetProperty("held").EnumerateObject().Count(), calendars.Places(resource, day));
    }

    private static string Last(string key) => key[(key.LastIndexOf('/') + 1)..];

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
