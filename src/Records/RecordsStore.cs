using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Records;

/// <summary>
/// What staff list, search and count: one SQLite file, written by one queue, read by anybody. It is fed by facts alone; a fact applied twice
/// changes nothing, so grains repeat theirs until they are acknowledged.
/// </summary>
public sealed class RecordsStore : IDisposable
{
    // A bigger file is checked page by page as it is read; reading all of it would delay every start.
    private const long LargestCheckedFile = 256L << 20;

    private readonly RecordsWriter _writer;
    private readonly DbContextOptions<RecordsContext> _reading;
    private readonly SqliteConnection _pool;

    private RecordsStore(string path, RecordsWriter writer)
    {
        Path = path;
        _writer = writer;
        var readOnly = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = true }.ToString();
        _pool = new SqliteConnection(readOnly);
        _reading = new DbContextOptionsBuilder<RecordsContext>().UseSqlite(readOnly).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).Options;
    }

    public string Path { get; }

    /// <summary>Why writing does not succeed at present; null when it does.</summary>
    public string? Trouble => _writer.Trouble;

    /// <summary>Opens <c>records.db</c> in a directory, making both when they are missing, and brings the schema up to date.</summary>
    /// <exception cref="RecordsUnavailableException">It cannot be opened without risking what is in it.</exception>
    public static RecordsStore Open(string directory)
    {
        var path = System.IO.Path.Combine(System.IO.Path.GetFullPath(directory), "records.db");
        SqliteFile? file = null;
        try
        {
            Directory.CreateDirectory(directory);
            file = new SqliteFile(path, patience: TimeSpan.FromSeconds(3));
            if (new FileInfo(path).Length <= LargestCheckedFile && file.Text("PRAGMA quick_check(1)") != "ok") throw SqliteProblems.Of(RecordsProblem.Damaged, path);
            SqliteSchema.Apply(file, path);
            ProveWritable(file);
            return new RecordsStore(path, new RecordsWriter(file, path));
        }
        catch (Exception e) when (e is RecordsUnavailableException or SqliteException or IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw SqliteProblems.From(e, path);
        }
    }

    /// <summary>Applies facts in the order given and returns when they are durable. Facts that a stream has had already are dropped.</summary>
    /// <exception cref="RecordsWriteException">Nothing of this call may be taken for stored.</exception>
    public Task AppendAsync(IReadOnlyList<Fact> facts) => facts.Count == 0 ? Task.CompletedTask : RecordsMeter.Append(_writer.WriteAsync(file =>
    {
        foreach (var fact in facts) FactWriter.Apply(file, fact);
    }), facts);

    /// <summary>Adds a line to the audit trail and returns when it is durable.</summary>
    /// <exception cref="RecordsWriteException">It is not: what was to be audited must not go on.</exception>
    public Task AuditAsync(AuditEntry entry) => _writer.WriteAsync(file => file.Run(
        "INSERT INTO audit (at, town, principal, action, subject, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        entry.At.ToUnixTimeMilliseconds(), entry.Town, entry.Principal, entry.Action, entry.Subject, entry.Detail));

    /// <summary>A read-only view for a few queries. Dispose it after use.</summary>
    public RecordsContext Read() => new(_reading);

    /// <summary>Commits what is queued and closes the file.</summary>
    public void Dispose()
    {
        SqliteConnection.ClearPool(_pool);
        _pool.Dispose();
        _writer.Dispose();
    }

    // A file without write permission opens without complaint and fails at the first write, hours later.
    private static void ProveWritable(SqliteFile file)
    {
        file.RunScript("BEGIN IMMEDIATE");
        file.RunScript("UPDATE schema_version SET version = version");
        file.RunScript("COMMIT");
    }
}
