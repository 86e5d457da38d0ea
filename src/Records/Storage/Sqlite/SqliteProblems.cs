using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OrleansGov.Records;

/// <summary>SQLite's and the system's errors in the words of <see cref="RecordsProblem"/>.</summary>
internal static class SqliteProblems
{
    public static RecordsUnavailableException From(Exception reason, string path) => reason switch
    {
        RecordsUnavailableException ours => ours,
        SqliteException sqlite => Of(Kind(sqlite), path, reason),
        IOException io when IsDiskFull(io) => Of(RecordsProblem.DiskFull, path, reason),
        _ => Of(RecordsProblem.NotWritable, path, reason),
    };

    public static RecordsUnavailableException Of(RecordsProblem problem, string path, Exception? reason = null)
    {
        var (japanese, english) = problem switch
        {
            RecordsProblem.DiskFull => (
                $"{path} に書き込む空き容量がありません。容量を確保してから、もう一度起動してください。",
                $"No space left to write {path}. Free some space and start again; nothing was lost."),
            RecordsProblem.Locked => (
                $"{path} を別のプログラムが使用中です。ほかの OrleansGov やデータベースツールを終了してから、もう一度起動してください。",
                $"Another program holds {path}. Stop the other OrleansGov or database tool and start again."),
            RecordsProblem.Damaged => (
                $"{path} が壊れているか、データベースではありません。ファイルはそのままにしてあります。バックアップから戻すか、別の場所に移してから起動してください。",
                $"{path} is damaged or not a database. It was left untouched: restore it from a back-up, or move it away and start again."),
            RecordsProblem.UnknownVersion => (
                $"{path} は、この版の OrleansGov では扱えません（新しい版、または別のプログラムのファイルです）。新しい版で起動してください。",
                $"{path} was written by a later version or by another program. Start the later version; this one changes nothing."),
            _ => (
                $"{path} に書き込めません。フォルダーとファイルの権限、または Data__Directory の設定を確認してください。",
                $"Cannot write {path}. Check the permissions of the folder and the file, or the setting Data__Directory."),
        };
        return new RecordsUnavailableException(problem, path, japanese, reason is null ? english : $"{english} ({reason.Message})", reason);
    }

    /// <summary>The statement failed by itself: its neighbours in the batch are not to blame.</summary>
    public static bool IsOfOneStatement(SqliteException e) =>
        e.SqliteErrorCode is raw.SQLITE_TOOBIG or raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_RANGE;

    private static RecordsProblem Kind(SqliteException e) => e.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => RecordsProblem.DiskFull,
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => RecordsProblem.Locked,
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => RecordsProblem.Damaged,
        _ => RecordsProblem.NotWritable,
    };

    // .NET puts errno into HResult on Unix, and a Win32 code into its lower half on Windows.
    private static bool IsDiskFull(IOException e) => OperatingSystem.IsWindows() ? (e.HResult & 0xffff) is 112 or 39 : e.HResult is 28 or 122 or 69;
}
