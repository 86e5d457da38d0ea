namespace OrleansGov.Silo.Tests.Embedded;

/// <summary>A disk of two megabytes in memory, where this machine lets us mount one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _directory;

    private SmallDisk(string directory, string? refused) => (_directory, Refused) = (directory, refused);

    /// <summary>Why there is none; null = there is one.</summary>
    public string? Refused { get; }

    private string Ballast => Path.Combine(_directory, "ballast");

    public static SmallDisk Mount(string directory)
    {
        Directory.CreateDirectory(directory);
        return new SmallDisk(directory, Child.Run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", directory));
    }

    /// <summary>Takes every byte that is left.</summary>
    public void Fill()
    {
        using var file = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, 0);
        try
        {
            while (true) file.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // full, as wanted
        }
    }

    public void Free() => File.Delete(Ballast);

    public void Dispose()
    {
        if (Refused is null) Child.Run("umount", "-l", _directory);
    }
}
