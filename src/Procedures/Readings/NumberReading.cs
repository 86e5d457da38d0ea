namespace OrleansGov.Procedures;

/// <summary>Whole numbers as people type them.</summary>
public static class NumberReading
{
    public static bool TryRead(string words, out int value) => throw new NotImplementedException();
}
