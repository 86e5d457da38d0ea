using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OrleansGov.Records;

/// <summary>The writing connection and its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    /// <param name="patience">How long to wait for another program's lock.</param>
    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public SqliteFile(string path, TimeSpan patience)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            DefaultTimeout = (int)patience.TotalSeconds,
        }.ToString());
        try
        {
            _connection.Open();
            RunScript("PRAGMA journal_mode = WAL");
            RunScript("PRAGMA synchronous = FULL"); // in WAL mode, the level at which a commit has reached the disk
            RunScript("PRAGMA wal_autocheckpoint = 8192"); // 32 MiB: pages that many residents write reach the file once
            RunScript("PRAGMA journal_size_limit = 67108864");
            RunScript("PRAGMA cache_size = -8192");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs a statement with values for ?1, ?2 …; prepared once.</summary>
    /// <returns>Rows changed.</returns>
    public int Run(string sql, params ReadOnlySpan<object?> values) => Prepared(sql, values).ExecuteNonQuery();

    /// <summary>Runs one or more statements, once.</summary>
    public void RunScript(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row.</summary>
    public long Number(string sql, params ReadOnlySpan<object?> values) => Convert.ToInt64(Prepared(sql, values).ExecuteScalar(), CultureInfo.InvariantCulture);

    /// <summary>The first column of the first row.</summary>
    public string Text(string sql) => (string)Prepared(sql, []).ExecuteScalar()!;

    /// <summary>Undoes the open transaction, if SQLite has not done so by itself as it may on a full disk.</summary>
    public void RollBack()
    {
        if (raw.sqlite3_get_autocommit(_connection.Handle!) == 0) Run("ROLLBACK");
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values) command.Dispose();
        _connection.Dispose();
    }

    /// <summary>The statement with values for ?1, ?2 …; prepared once, and the file's.</summary>
    public SqliteCommand Prepared(string sql, ReadOnlySpan<object?> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++) command.Parameters.Add(new SqliteParameter { ParameterName = $"?{i}" });
            _prepared[sql] = command;
        }

        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}
