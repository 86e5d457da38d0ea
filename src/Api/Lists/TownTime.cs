namespace OrleansGov.Api.Lists;

/// <summary>Instants as the API says them: RFC 3339 in the town's time.</summary>
public static class TownTime
{
    public static DateTimeOffset Of(long utcMilliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(utcMilliseconds).ToOffset(Town.Offset);
}
