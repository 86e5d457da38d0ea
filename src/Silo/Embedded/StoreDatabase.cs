using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OrleansGov.Silo.Embedded;

/// <summary>One connection to the file and its prepared statements. Used by one thread at a time.</summary>
internal sealed class StoreDatabase : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, Statement> _statements = [];

    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public StoreDatabase(string path, SqliteOpenMode mode, params ReadOnlySpan<string> pragmas)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        try
        {
            _connection.Open();
            foreach (var pragma in pragmas) Run($"PRAGMA {pragma}");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>False after SQLite rolled the transaction back by itself, as it may on a full disk.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    private sqlite3 Handle => _connection.Handle!;

    /// <summary>The prepared statement of a text, made on its first use.</summary>
    public Statement Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out var known)) return known;
        var code = raw.sqlite3_prepare_v3(Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var prepared);
        if (code != raw.SQLITE_OK) throw Statement.Failure(Handle, code);
        return _statements[sql] = new Statement(Handle, prepared);
    }

    /// <summary>Runs one or more statements without parameters or results, once.</summary>
    public void Run(string sql)
    {
        var code = raw.sqlite3_exec(Handle, sql);
        if (code != raw.SQLITE_OK) throw Statement.Failure(Handle, code);
    }

    /// <summary>The first column of the first row of a statement, as a number.</summary>
    public long Number(string sql)
    {
        var statement = Prepare(sql);
        statement.Step();
        var value = statement.Long(0);
        statement.Reset();
        return value;
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _connection.Dispose();
    }
}
