using Npgsql;

namespace OrleansGov.Records;

/// <summary>PostgreSQL's errors in the words of <see cref="RecordsProblem"/>. Their own texts may quote rows; what is shown are state and heading.</summary>
internal static class PostgresProblems
{
    /// <summary>Where a connection string leads: no user, no password.</summary>
    public static string Place(string connectionString)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        return $"{parts.Host}:{parts.Port}/{parts.Database ?? parts.Username}";
    }

    public static RecordsUnavailableException From(NpgsqlException reason, string place)
    {
        var problem = (reason as PostgresException)?.SqlState switch
        {
            PostgresErrorCodes.InvalidCatalogName => RecordsProblem.NoDatabase,
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification or PostgresErrorCodes.InsufficientPrivilege => RecordsProblem.Refused,
            PostgresErrorCodes.DiskFull => RecordsProblem.DiskFull,
            PostgresErrorCodes.ReadOnlySqlTransaction => RecordsProblem.NotWritable,
            _ => RecordsProblem.Unreachable,
        };
        return Of(problem, place, reason);
    }

    public static RecordsUnavailableException Of(RecordsProblem problem, string place, NpgsqlException? reason = null)
    {
        var (japanese, english) = problem switch
        {
            RecordsProblem.NoDatabase => (
                $"データベース {place} がありません。作成してから migrate を実行してください。",
                $"There is no database {place}. Create it, then run migrate."),
            RecordsProblem.Refused => (
                $"データベース {place} に、この利用者では接続または操作できません。利用者名、パスワード、権限を確認してください。",
                $"The database {place} refuses this user. Check user name, password and privileges."),
            RecordsProblem.NotMigrated => (
                $"データベース {place} の表が、この版の OrleansGov に合っていません。先に migrate を実行してください。",
                $"The tables of database {place} are missing or of an earlier version. Run migrate first."),
            RecordsProblem.UnknownVersion => (
                $"データベース {place} は、新しい版の OrleansGov のものです。新しい版で起動してください。何も変更していません。",
                $"The database {place} belongs to a later version. Start the later version; this one changes nothing."),
            RecordsProblem.DiskFull => (
                $"データベース {place} に書き込む空き容量がありません。容量を確保してから、もう一度起動してください。",
                $"No space left to write the database {place}. Free some space and start again; nothing was lost."),
            RecordsProblem.NotWritable => (
                $"データベース {place} は読み取り専用です。書き込める側（プライマリー）を接続先にしてください。",
                $"The database {place} is read-only. Connect to the primary."),
            _ => (
                $"データベース {place} に接続できません。PostgreSQL が動いているか、接続先を確認してください。",
                $"Cannot reach the database {place}. Check that PostgreSQL is running there and that the connection string is right."),
        };
        return new RecordsUnavailableException(problem, place, japanese, reason is null ? english : $"{english} ({Words(reason)})", reason);
    }

    /// <summary>What may be logged of an error.</summary>
    public static string Words(Exception e) => e switch
    {
        PostgresException own => $"{own.SqlState}: {own.MessageText}",
        NpgsqlException { InnerException: { } inner } => inner.Message,
        _ => e.Message,
    };

    /// <summary>The values were refused: the other writes of the batch are not to blame.</summary>
    public static bool IsOfOneWrite(Exception e) => e is PostgresException { SqlState: [.. var kind, _, _, _] } && kind is "22" or "23" or "54";
}
