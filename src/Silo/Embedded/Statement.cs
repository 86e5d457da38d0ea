using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OrleansGov.Silo.Embedded;

/// <summary>
/// A prepared statement, kept for the life of its connection. Speaks SQLite's own interface: a write of a resident's state then costs no
/// parameter objects, no boxing and no retry loop of a driver (which would sleep 150 ms on a thread that serves everybody).
/// </summary>
internal sealed class Statement(sqlite3 connection, sqlite3_stmt statement) : IDisposable
{
    public Statement Bind(int index, long value) => Checked(raw.sqlite3_bind_int64(statement, index, value));

    public Statement Bind(int index, long? value) => value is { } v ? Bind(index, v) : Checked(raw.sqlite3_bind_null(statement, index));

    public Statement Bind(int index, string? value) => Checked(value is null ? raw.sqlite3_bind_null(statement, index) : raw.sqlite3_bind_text(statement, index, value));

    public Statement Bind(int index, ReadOnlySpan<byte> value) => Checked(raw.sqlite3_bind_blob(statement, index, value));

    /// <summary>Moves to the next row; false at the end. The caller <see cref="Reset"/>s before the next use.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW) return true;
        if (code == raw.SQLITE_DONE) return false;
        var failure = Failure(connection, code); // before the reset, which would clear the message
        Reset();
        throw failure;
    }

    /// <summary>Runs to the end.</summary>
    /// <returns>Rows changed.</returns>
    public int Run()
    {
        while (Step()) { }
        var changes = raw.sqlite3_changes(connection);
        Reset();
        return changes;
    }

    public void Reset() => raw.sqlite3_reset(statement);

    public long Long(int column) => raw.sqlite3_column_int64(statement, column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    /// <summary>The bytes of a column; valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);

    public void Dispose() => statement.Dispose();

    public static SqliteException Failure(sqlite3 connection, int code)
    {
        var extended = raw.sqlite3_extended_errcode(connection);
        return new SqliteException(raw.sqlite3_errmsg(connection).utf8_to_string(), code & 0xff, extended == raw.SQLITE_OK ? code : extended);
    }

    private Statement Checked(int code) => code == raw.SQLITE_OK ? this : throw Failure(connection, code);
}
