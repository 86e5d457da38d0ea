using OrleansGov.Packs.Towns;

namespace OrleansGov.Packs.Tests;

/// <summary>The packs and towns of the repository.</summary>
internal static class Shipped
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "packs");

    public static PackSource BulkyWaste { get; } = PackFolder.Load(Path.Combine(Root, "bulky-waste"));

    public static TownReading Minatodai { get; } = TownReader.Load(Path.Combine(Root, "towns", "minatodai.yaml"));

    public static Procedure Procedure { get; } = Read(PackRules.Default);

    public static Procedure Read(PackRules rules)
    {
        var reading = PackReader.Read(BulkyWaste.Id, BulkyWaste.Texts, rules);
        return reading.Procedure ?? throw new InvalidOperationException(string.Join('\n', reading.Problems));
    }
}
