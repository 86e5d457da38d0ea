namespace OrleansGov.Procedures;

/// <summary>Days as people type them.</summary>
public static class DateReading
{
    public static bool TryRead(string words, DateOnly today, out DateOnly date) => throw new NotImplementedException();
}
