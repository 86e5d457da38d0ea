namespace OrleansGov.Browser.Tests;

/// <summary>Where things are: artifacts/ENGINE/bin/Browser.Tests/CONFIGURATION is where this runs, artifacts/ENGINE/bin/Api/CONFIGURATION is the product.</summary>
internal static class Repository
{
    private static readonly DirectoryInfo Here = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    public static string Root { get; } = Find(Here);

    public static string Product { get; } = Path.Combine(Here.Parent!.Parent!.FullName, "Api", Here.Name, "OrleansGov.Api.dll");

    /// <summary>Pictures for the documentation. Kept only on demand (SCREENS=docs), so that a test run leaves the checkout as it was.</summary>
    public static string Screens { get; } = Environment.GetEnvironmentVariable("SCREENS") == "docs"
        ? Path.Combine(Root, "docs", "screens")
        : Path.Combine(Root, "artifacts", "screens");

    private static string Find(DirectoryInfo from) => File.Exists(Path.Combine(from.FullName, "OrleansGov.sln"))
        ? from.FullName
        : Find(from.Parent ?? throw new InvalidOperationException($"No OrleansGov.sln above {AppContext.BaseDirectory}."));
}
