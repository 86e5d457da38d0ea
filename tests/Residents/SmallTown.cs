using System.Text.RegularExpressions;

namespace OrleansGov.Residents;

/// <summary>The packs of the checkout, if wanted with so few places a day that residents compete for them, and a data directory; both gone afterwards.</summary>
public sealed partial class SmallTown : IDisposable
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), $"orleansgov-{Guid.NewGuid():N}");

    /// <param name="placesPerDay">Null = as many as the packs say.</param>
    public SmallTown(int? placesPerDay)
    {
        PlacesPerDay = placesPerDay ?? int.MaxValue;
        var source = CheckoutPacks();
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(Packs, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            if (placesPerDay is not null && Path.GetFileName(file) == "calendar.yaml") File.WriteAllText(copy, Capacity().Replace(File.ReadAllText(file), $"${{what}}: {placesPerDay}"));
            else File.Copy(file, copy);
        }
    }

    public int PlacesPerDay { get; }

    public string Packs => Path.Combine(_root, "packs");

    public string Data => Path.Combine(_root, "data");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>The packs that the checkout ships.</summary>
    public static string CheckoutPacks()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "OrleansGov.sln"))) return Path.Combine(at.FullName, "packs");
        throw new InvalidOperationException("This runs from a checkout: OrleansGov.sln was not found above the output.");
    }

    [GeneratedRegex(@"(?<what>capacity|\d{4}-\d\d-\d\d): \d+")]
    private static partial Regex Capacity();
}
