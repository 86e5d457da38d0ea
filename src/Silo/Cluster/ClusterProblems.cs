using System.Net.Sockets;
using Npgsql;
using OrleansGov.Silo.States;

namespace OrleansGov.Silo.Cluster;

/// <summary>PostgreSQL's troubles in our words: for the person at the terminal at start, for grains while the office runs.</summary>
internal static class ClusterProblems
{
    /// <summary>Host, port and database of a connection string: what may be shown.</summary>
    public static string PlaceOf(string connectionString)
    {
        try
        {
            var parts = new NpgsqlConnectionStringBuilder(connectionString);
            return $"{parts.Host}:{parts.Port}/{parts.Database ?? parts.Username}";
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new StoreUnavailableException(StoreProblem.Settings, "Cluster__ConnectionString",
                "Cluster__ConnectionString が接続文字列として読めません。例：Host=db;Database=office;Username=office;Password=…",
                "Cluster__ConnectionString is not a connection string. Example: Host=db;Database=office;Username=office;Password=…", e);
        }
    }

    public static StoreUnavailableException Unusable(string place, Exception e) => e is PostgresException refused
        ? new(StoreProblem.NotWritable, place,
            $"PostgreSQL（{place}）が拒否しました（{refused.SqlState}: {refused.MessageText}）。データベース名、ユーザー、権限を確認してください。",
            $"PostgreSQL ({place}) refuses ({refused.SqlState}: {refused.MessageText}). Check database, user and rights.", e)
        : new(StoreProblem.Unreachable, place,
            $"PostgreSQL（{place}）に接続できません（{Innermost(e)}）。データベースが動いているか、Cluster__ConnectionString が正しいかを確認してください。",
            $"PostgreSQL ({place}) cannot be reached ({Innermost(e)}). Check that it runs and that Cluster__ConnectionString is right.", e);

    public static StoreUnavailableException NotMigrated(string place, int has, int wants) => new(StoreProblem.NotMigrated, place,
        $"PostgreSQL（{place}）のデータベースが準備できていません（{has}、必要なのは {wants}）。先に「dotnet OrleansGov.Api.dll migrate」を実行してください。",
        $"The database at PostgreSQL ({place}) is not migrated (at {has}; this version needs {wants}). Run \"dotnet OrleansGov.Api.dll migrate\" first.");

    public static StoreUnavailableException Newer(string place, int has, int knows) => new(StoreProblem.UnknownVersion, place,
        $"PostgreSQL（{place}）のデータベースは新しい版の OrleansGov のものです（{has}、この版が扱えるのは {knows} まで）。新しい版を起動してください。何も変更していません。",
        $"The database at PostgreSQL ({place}) belongs to a later OrleansGov (at {has}; this one knows up to {knows}). Start that version. Nothing was changed.");

    public static GrainStorageException Failure(Exception e, string place) => e switch
    {
        GrainStorageException ours => ours,
        PostgresException postgres => new GrainStorageException($"PostgreSQL ({place}): {postgres.MessageText} ({postgres.SqlState})", Kind(postgres)),
        _ => new GrainStorageException($"PostgreSQL ({place}): {e.GetType().Name}: {Innermost(e)}", StorageFailure.Unreachable),
    };

    /// <summary>The value of one write is to blame, not the database: the others of its batch may succeed without it.</summary>
    public static bool IsOfOneWrite(Exception e) => e is PostgresException { SqlState: ['2', '2' or '3', ..] or PostgresErrorCodes.ProgramLimitExceeded };

    /// <summary>The connection ended, or lost against another node; asking once more on a new one is worth it.</summary>
    public static bool IsPassing(Exception e) =>
        e is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown }
            or NpgsqlException { InnerException: IOException or SocketException or null } and not PostgresException;

    private static StorageFailure Kind(PostgresException e) => e.SqlState switch
    {
        PostgresErrorCodes.DiskFull => StorageFailure.DiskFull,
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected => StorageFailure.Locked,
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => StorageFailure.Damaged,
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections => StorageFailure.Unreachable,
        _ => StorageFailure.Io,
    };

    private static string Innermost(Exception e)
    {
        while (e.InnerException is { } inner) e = inner;
        return e.Message;
    }
}
