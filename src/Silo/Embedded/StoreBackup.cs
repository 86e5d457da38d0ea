using Microsoft.Data.Sqlite;
using OrleansGov.Silo.States;

namespace OrleansGov.Silo.Embedded;

/// <summary>
/// Copies an embedded office's data while it runs, in the order in which a copy loses nothing: grains.db first, then what is fed from it. The copy is laid out
/// like the data directory: starting an office on it is the restore.
/// </summary>
public static class StoreBackup
{
    /// <param name="target">Made here; must be missing or empty.</param>
    /// <returns>Files in the copy and their bytes.</returns>
    /// <exception cref="StoreUnavailableException">There is nothing to copy, no room for it, or the copy is not sound.</exception>
    public static (int Files, long Bytes) Copy(string dataDirectory, string target)
    {
        var (from, to) = (Path.GetFullPath(dataDirectory), Path.GetFullPath(target));
        if (!File.Exists(Path.Combine(from, "grains.db")))
            throw new StoreUnavailableException(StoreProblem.NotWritable, from, $"{from} に grains.db がありません。Data__Directory を確認してください。", $"There is no grains.db in {from}. Check Data__Directory.");
        if (Directory.Exists(to) && Directory.EnumerateFileSystemEntries(to).Any())
            throw new StoreUnavailableException(StoreProblem.NotWritable, to, $"{to} は空ではありません。新しいフォルダーを指定してください。何も変更していません。", $"{to} is not empty. Name a new folder. Nothing was changed.");
        try
        {
            Make(to);
            foreach (var file in (string[])["grains.db", "records.db"])
                if (File.Exists(Path.Combine(from, file))) Database(Path.Combine(from, file), Path.Combine(to, file));
            foreach (var folder in (string[])["keys", "content"])
                if (Directory.Exists(Path.Combine(from, folder))) Folder(Path.Combine(from, folder), Path.Combine(to, folder));
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw StoreChecks.Unusable(to, e);
        }

        var files = new DirectoryInfo(to).GetFiles("*", SearchOption.AllDirectories);
        return (files.Length, files.Sum(f => f.Length));
    }

    // A read transaction of its own: the office goes on writing meanwhile, and the copy is the state of one instant.
    private static void Database(string from, string to)
    {
        using (var source = new StoreDatabase(from, SqliteOpenMode.ReadOnly, "busy_timeout=3000"))
            source.Run($"VACUUM INTO '{to.Replace("'", "''", StringComparison.Ordinal)}'");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(to, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using (var copy = new StoreDatabase(to, SqliteOpenMode.ReadOnly))
        {
            var check = copy.Prepare("PRAGMA quick_check(1)");
            if (!check.Step() || check.Text(0) != "ok") throw new StoreUnavailableException(StoreProblem.Damaged, to, $"{to} は正しく写せませんでした。", $"{to} is not a sound copy.");
            check.Reset();
        }

        using var written = new FileStream(to, FileMode.Open, FileAccess.ReadWrite);
        written.Flush(flushToDisk: true);
    }

    private static void Folder(string from, string to)
    {
        Make(to);
        foreach (var file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(from)) Folder(folder, Path.Combine(to, Path.GetFileName(folder)));
    }

    // For the office's own account only, as the original.
    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
