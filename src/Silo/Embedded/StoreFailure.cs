using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OrleansGov.Silo.Embedded;

/// <summary>SQLite's and the system's error numbers in our words.</summary>
internal static class StoreFailure
{
    public static GrainStorageException From(Exception e, string path) => e switch
    {
        GrainStorageException ours => ours,
        SqliteException sqlite => new GrainStorageException($"{path}: {sqlite.Message} (SQLite {sqlite.SqliteExtendedErrorCode})", Kind(sqlite)),
        _ => new GrainStorageException($"{path}: {e.GetType().Name}: {e.Message}", StorageFailure.Io),
    };

    public static StorageFailure Kind(SqliteException e) => e.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => StorageFailure.DiskFull,
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => StorageFailure.Locked,
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => StorageFailure.Damaged,
        _ => StorageFailure.Io,
    };

    /// <summary>The statement failed by itself: the transaction stands, and the other writes in it may commit.</summary>
    public static bool IsOfOneStatement(SqliteException e) =>
        e.SqliteErrorCode is raw.SQLITE_TOOBIG or raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_RANGE;

    /// <summary>The connection is no longer to be trusted after these.</summary>
    public static bool WantsNewConnection(Exception e) =>
        e is not SqliteException { SqliteErrorCode: raw.SQLITE_FULL or raw.SQLITE_BUSY or raw.SQLITE_LOCKED };

    // .NET puts errno into HResult on Unix, and a Win32 code into its lower half on Windows.
    public static bool IsDiskFull(IOException e) => OperatingSystem.IsWindows() ? (e.HResult & 0xffff) is 112 or 39 : e.HResult is 28 or 122 or 69;

    public static bool IsSharing(IOException e) => OperatingSystem.IsWindows() ? (e.HResult & 0xffff) is 32 or 33 : e.HResult is 11 or 35;
}
