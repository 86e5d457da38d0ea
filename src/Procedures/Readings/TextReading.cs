namespace OrleansGov.Procedures;

/// <summary>Free words of a <see cref="TextStep"/>.</summary>
public static class TextReading
{
    public static ReadWords Read(TextStep step, string words) => throw new NotImplementedException();
}
