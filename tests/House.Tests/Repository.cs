namespace OrleansGov.House.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static readonly string Root = Find();

    public static string File(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (System.IO.File.Exists(Path.Combine(at.FullName, "OrleansGov.sln"))) return at.FullName;
        throw new InvalidOperationException("These tests run from a checkout: OrleansGov.sln was not found above the output.");
    }
}
