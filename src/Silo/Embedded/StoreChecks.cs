using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using OrleansGov.Silo.States;

namespace OrleansGov.Silo.Embedded;

/// <summary>
/// What must hold before the store is opened for writing. Every check reads only (and removes only the probe file it has just made), so a refused start leaves
/// the data exactly as it was found.
/// </summary>
internal static class StoreChecks
{
    private const int ProbeBytes = 256 * 1024; // room for the WAL's index and a first batch

    /// <summary>The directory exists and takes new files.</summary>
    public static void Directory(string directory)
    {
        var probe = Path.Combine(directory, $".probe-{Environment.ProcessId}");
        try
        {
            // what residents told the office is for nobody else on this machine
            if (OperatingSystem.IsWindows()) System.IO.Directory.CreateDirectory(directory);
            else System.IO.Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            file.Write(RandomNumberGenerator.GetBytes(ProbeBytes)); // random: a compressing file system must find real room
            file.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(directory, e);
        }
    }

    /// <summary>The file can be written and begins like a whole SQLite database.</summary>
    /// <param name="clean">The last process closed it: then its length must be what its header says.</param>
    public static void Header(string path, bool clean)
    {
        Span<byte> header = stackalloc byte[100];
        long length;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            length = file.Length;
            if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length) throw Damaged(path, $"{length} bytes");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, e);
        }

        if (!header.StartsWith("SQLite format 3\0"u8)) throw Damaged(path, "no SQLite header");
        long pageSize = BinaryPrimitives.ReadUInt16BigEndian(header[16..]);
        if (pageSize == 1) pageSize = 65536;
        var pages = BinaryPrimitives.ReadUInt32BigEndian(header[28..]);
        if (pageSize < 512 || !long.IsPow2(pageSize)) throw Damaged(path, $"page size {pageSize}");
        if (clean && length < pages * pageSize) throw Damaged(path, $"{length} of {pages * pageSize} bytes: cut short");
    }

    /// <summary>Ours, of a version we know, and sound inside. Opens the file read-only, so not even the write-ahead log is folded in.</summary>
    /// <param name="thorough">Walk through the whole file (the last process did not close it).</param>
    public static void Content(string path, bool thorough)
    {
        try
        {
            using var database = new StoreDatabase(path, SqliteOpenMode.ReadOnly, "busy_timeout=3000");
            var application = database.Number("PRAGMA application_id");
            if (application != StoreSchema.ApplicationId)
            {
                throw new StoreUnavailableException(StoreProblem.UnknownVersion, path,
                    $"{path} は OrleansGov のデータベースではありません。別のプログラムのファイルなら移動してください。何も変更していません。",
                    $"{path} is a database of another program (application id {application:x}). Move it away or choose another folder with --data. Nothing was changed.");
            }

            var version = database.Number("PRAGMA user_version");
            if (version is < StoreSchema.Oldest or > StoreSchema.Version)
            {
                throw new StoreUnavailableException(StoreProblem.UnknownVersion, path,
                    $"{path} は新しい版の OrleansGov で作られています（形式 {version}、この版が読めるのは {StoreSchema.Version} まで）。新しい版で起動してください。何も変更していません。",
                    $"{path} was written by a later OrleansGov (format {version}; this one knows up to {StoreSchema.Version}). Start that version instead. Nothing was changed.");
            }

            if (!thorough) return;
            var check = database.Prepare("PRAGMA quick_check(3)");
            if (check.Step() && check.Text(0) is var first && first != "ok") throw Damaged(path, first.ReplaceLineEndings("; "));
        }
        catch (SqliteException e)
        {
            throw Unusable(path, e);
        }
    }

    /// <summary>The database is gone but its log is there: opening would start from nothing and drop the log.</summary>
    public static void NoOrphan(string path)
    {
        if (!File.Exists(path + "-wal")) return;
        throw new StoreUnavailableException(StoreProblem.Damaged, path,
            $"{path} がありませんが、{path}-wal は残っています。両方をバックアップから戻すか、-wal も移動してから起動してください。何も変更していません。",
            $"{path} is missing while {path}-wal is there. Restore both from a back-up, or move the -wal file away too. Nothing was changed.");
    }

    public static StoreUnavailableException Unusable(string path, Exception e)
    {
        var problem = e switch
        {
            SqliteException { SqliteErrorCode: raw.SQLITE_FULL } => StoreProblem.DiskFull,
            SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED } => StoreProblem.Locked,
            SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_FORMAT } => StoreProblem.Damaged,
            IOException io when StoreFailure.IsDiskFull(io) => StoreProblem.DiskFull,
            IOException io when StoreFailure.IsSharing(io) => StoreProblem.Locked,
            _ => StoreProblem.NotWritable,
        };
        return problem switch
        {
            StoreProblem.Damaged => Damaged(path, e.Message, e),
            StoreProblem.DiskFull => new(problem, path,
                $"{path} のディスクに空きがありません。空きを作ってからもう一度起動してください。データはそのままです。",
                $"No space is left on the disk of {path}. Make room and start again. The data is untouched.", e),
            StoreProblem.Locked => new(problem, path,
                $"{path} は別のプログラムが使用中です。そのプログラムを閉じてからもう一度起動してください。",
                $"Another program holds {path}. Close it and start again.", e),
            _ => new(problem, path,
                $"{path} に書き込めません（{e.Message}）。フォルダーの権限を直すか、--data で別のフォルダーを指定してください。",
                $"{path} cannot be written ({e.Message}). Fix its permissions or choose another folder with --data.", e),
        };
    }

    private static StoreUnavailableException Damaged(string path, string how, Exception? e = null) => new(StoreProblem.Damaged, path,
        $"{path} が壊れています（{how}）。ファイルは変更していません。grains.db とその -wal を一緒に保管し、バックアップから戻してください。",
        $"{path} is damaged ({how}). Nothing was changed. Keep grains.db together with its -wal file and restore a back-up.", e);
}
