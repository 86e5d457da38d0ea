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
            file.SetLength(0);
            file.Write(System.Text.Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
            file.Flush();
            return new StoreLock(file);
        }
        catch (IOException e) when (StoreFailure.IsSharing(e))
        {
            throw new StoreUnavailableException(StoreProblem.Locked, path,
                $"{directory} は別の OrleansGov が使用中です{Holder(path)}。先にそちらを止めるか、--data で別のフォルダーを指定してください。",
                $"Another OrleansGov is running on {directory}{Holder(path)}. Stop it first, or choose another folder with --data.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreChecks.Unusable(path, e);
        }
    }

    public void Dispose() => _file.Dispose(); // the empty file stays: removing it would race with the next holder

    private static string Holder(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            return reader.ReadLine() is { Length: > 0 } id ? $" (process {id})" : "";
        }
        catch (IOException)
        {
            return ""; // Windows does not let others read it; the message does without
        }
    }
}
