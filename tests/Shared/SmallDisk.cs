using System.ComponentModel;
using System.Diagnostics;

namespace OrleansGov.Shared;

/// <summary>A disk of a few megabytes in memory, where this machine lets us mount one.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly string _directory;

    private SmallDisk(string directory, string? refused) => (_directory, Refused) = (directory, refused);

    /// <summary>Why there is none; null = there is one.</summary>
    public string? Refused { get; }

    private string Ballast => Path.Combine(_directory, "ballast");

    public static SmallDisk Mount(string directory, int megabytes = 2)
    {
        Directory.CreateDirectory(directory);
        return new SmallDisk(directory, Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", directory));
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
        if (Refused is null) Run("umount", "-l", _directory);
    }

    /// <returns>Null when it worked, else why not.</returns>
    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var words = process.StandardError.ReadToEnd() + process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"{program}: {words.Trim()}";
        }
        catch (Win32Exception e)
        {
            return $"{program}: {e.Message}";
        }
    }
}
