namespace OrleansGov.Procedures;

/// <summary>The named validators of packs.</summary>
public static class NamedTextReading
{
    public static ReadWords Read(NamedText kind, string words) => throw new NotImplementedException();
}
