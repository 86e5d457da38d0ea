namespace OrleansGov.Silo.Tests;

/// <summary>A data directory that is gone after the test.</summary>
public sealed class TemporaryData : IDisposable
{
    public string Directory { get; } = Path.Combine(Path.GetTempPath(), $"orleansgov-{Guid.NewGuid():N}");

    public string Database => Path.Combine(Directory, "grains.db");

    public void Dispose()
    {
        if (System.IO.Directory.Exists(Directory)) System.IO.Directory.Delete(Directory, recursive: true);
    }
}
