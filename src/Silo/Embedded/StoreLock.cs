using OrleansGov.Silo.States;

namespace OrleansGov.Silo.Embedded;

/// <summary>
/// data/.lock: one process per data directory. The operating system holds the lock for the life of the process, so a crash leaves nothing to clean up.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    public static StoreLock Take(string directory)
    {
        var path = Path.Combine(directory, ".lock");
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(HolderPath(directory), $"{Environment.ProcessId}\n");
            return new StoreLock(file);
        }
        catch (IOException e) when (StoreFailure.IsSharing(e))
        {
            throw new StoreUnavailableException(StoreProblem.Locked, path,
                $"{directory} は別の OrleansGov が使用中です{Holder(directory)}。先にそちらを止めるか、--data で別のフォルダーを指定してください。",
                $"Another OrleansGov is running on {directory}{Holder(directory)}. Stop it first, or choose another folder with --data.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreChecks.Unusable(path, e);
        }
    }

    public void Dispose() => _file.Dispose(); // the empty file stays: removing it would race with the next holder

    // Beside the lock, because nobody else may read a locked file; believed only while the lock is held.
    private static string HolderPath(string directory) => Path.Combine(directory, ".lock-holder");

    private static string Holder(string directory)
    {
        try
        {
            return $" (process {File.ReadAllText(HolderPath(directory)).Trim()})";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
