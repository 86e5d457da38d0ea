using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Records;

/// <summary>The embedded records: one file, written by one connection, read by anybody.</summary>
internal sealed class SqliteRecords : IRecordsDatabase
{
    // A bigger file is checked page by page as it is read; reading all of it would delay every start.
    private const long LargestCheckedFile = 256L << 20;

    private readonly SqliteFile _file;
    private readonly SqliteConnection _pool;

    private SqliteRecords(string path, SqliteFile file)
    {
        Place = path;
        _file = file;
        var readOnly = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = true }.ToString();
        _pool = new SqliteConnection(readOnly);
        Reading = new DbContextOptionsBuilder<RecordsContext>().UseSqlite(readOnly).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).Options;
    }

    public string Place { get; }

    public DbContextOptions<RecordsContext> Reading { get; }

    public FeedSignal Feed { get; } = new();

    /// <exception cref="RecordsUnavailableException">It cannot be opened without risking what is in it.</exception>
    public static SqliteRecords Open(string directory)
    {
        var path = Path.Combine(Path.GetFullPath(directory), "records.db");
        SqliteFile? file = null;
        try
        {
            Directory.CreateDirectory(directory);
            file = new SqliteFile(path, patience: TimeSpan.FromSeconds(3));
            if (new FileInfo(path).Length <= LargestCheckedFile && file.Text("PRAGMA quick_check(1)") != "ok") throw SqliteProblems.Of(RecordsProblem.Damaged, path);
            SqliteSchema.Apply(file, path);
            var records = new SqliteRecords(path, file);
            records.Feed.Publish(file.Number("SELECT head FROM feed_head"));
            records.ProveWritable(); // a file without write permission opens without complaint and fails at the first write, hours later
            return records;
        }
        catch (Exception e) when (e is RecordsUnavailableException or SqliteException or IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw SqliteProblems.From(e, path);
        }
    }

    public void Commit(RecordsBatch batch)
    {
        try
        {
            _file.Run("BEGIN IMMEDIATE");
            var edit = new SqliteEdit(_file);
            batch.Edit?.Invoke(edit);
            foreach (var stream in batch.Streams) Advance(stream);
            var rows = batch.Rows();
            SqliteRows.Write(_file, rows);
            SqliteAudit.Write(_file, [.. batch.Audit, .. edit.Audit]);
            var head = SqliteFeed.Write(_file, [.. rows.Feed, .. edit.Feed]);
            _file.Run("COMMIT");
            Feed.Publish(head);
        }
        catch
        {
            Undo();
            throw;
        }
    }

    public void ProveWritable()
    {
        _file.RunScript("BEGIN IMMEDIATE");
        _file.RunScript("UPDATE schema_version SET version = version");
        _file.RunScript("COMMIT");
    }

    public bool IsOfOneWrite(Exception e) => e is SqliteException sqlite && SqliteProblems.IsOfOneStatement(sqlite);

    public string Words(Exception e) => e.Message;

    public void Dispose()
    {
        SqliteConnection.ClearPool(_pool);
        _pool.Dispose();
        _file.Dispose();
    }

    // Nearly always everything is new, and one statement says so.
    private void Advance(StreamAdvance stream)
    {
        stream.Applied = 0;
        var isNew = _file.Run("""
            INSERT INTO streams (stream, last_seq) VALUES (?1, ?2)
            ON CONFLICT (stream) DO UPDATE SET last_seq = excluded.last_seq WHERE last_seq < ?3
            """, stream.Stream, stream.Last, stream.First) == 1;
        if (isNew) return;
        stream.Applied = _file.Number("SELECT last_seq FROM streams WHERE stream = ?1", stream.Stream);
        if (stream.Applied < stream.Last) _file.Run("UPDATE streams SET last_seq = ?2 WHERE stream = ?1", stream.Stream, stream.Last);
    }

    private void Undo()
    {
        try
        {
            _file.RollBack();
        }
        catch (SqliteException)
        {
            // SQLite keeps what it can; the next BEGIN says so again, and readiness shows the trouble meanwhile.
        }
    }
}
