using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansGov.Silo.States;

namespace OrleansGov.Silo.Embedded;

/// <summary>
/// data/grains.db: what every grain of a one-process office remembers. One writer that groups commits, any number of readers, one process
/// at a time. Opened before the host is built, so that a problem with the disk is a sentence on the terminal and not a stack trace of a silo.
/// </summary>
public sealed class EmbeddedStore : IAsyncDisposable
{
    // NORMAL would lose the last commits in a power cut: what we have told a resident must stay true. A resident's row is written many times in one talk: the
    // longer the log (32 MiB), the more of it reaches the file once only.
    private static readonly string[] WriterPragmas = ["busy_timeout=3000", "journal_mode=WAL", "synchronous=FULL", "temp_store=MEMORY", "cache_size=-16384", "journal_size_limit=67108864", "wal_autocheckpoint=8192"];
    private static readonly string[] ReaderPragmas = ["busy_timeout=3000", "query_only=1"];

    private readonly StoreLock _lock;
    private readonly StoreWriter _writer;
    private readonly StoreReaders _readers;

    private EmbeddedStore(string directory, string path, StoreLock held, StoreDatabase database, TimeProvider time, TimeSpan probeEvery, ILogger logger)
    {
        DataDirectory = directory;
        Path = path;
        Time = time;
        Health = new StoreHealth(time);
        _lock = held;
        _writer = new StoreWriter(database, () => OpenWriter(path), path, Health, time, probeEvery, logger);
        _readers = new StoreReaders(() => new StoreDatabase(path, SqliteOpenMode.ReadOnly, ReaderPragmas), path, Math.Max(4, Environment.ProcessorCount));
    }

    /// <summary>The directory that holds everything of this office; absolute.</summary>
    public string DataDirectory { get; }

    /// <summary>The database file; absolute. Do not open it by hand in this process: closing any handle of a file drops SQLite's locks on it (POSIX).</summary>
    public string Path { get; }

    /// <summary>Whether writes succeed at present.</summary>
    public StoreHealth Health { get; }

    internal TimeProvider Time { get; }

    /// <summary>Opens the store of a directory, making both at the first start. Deletes and overwrites nothing.</summary>
    /// <param name="dataDirectory">Absolute, or relative to the working directory.</param>
    /// <param name="probeEvery">While writes fail: how often to try by itself. Default 1 s.</param>
    /// <exception cref="StoreUnavailableException">It cannot be opened; the message says why and what to do.</exception>
    public static EmbeddedStore Open(string dataDirectory, TimeProvider? time = null, ILogger<EmbeddedStore>? logger = null, TimeSpan? probeEvery = null)
    {
        var directory = System.IO.Path.GetFullPath(dataDirectory);
        var path = System.IO.Path.Combine(directory, "grains.db");
        StoreChecks.Directory(directory);
        var held = StoreLock.Take(directory);
        try
        {
            if (File.Exists(path)) Check(path);
            else Create(path);
            var database = OpenUpToDate(path);
            return new EmbeddedStore(directory, path, held, database, time ?? TimeProvider.System, probeEvery ?? TimeSpan.FromSeconds(1), logger ?? NullLogger<EmbeddedStore>.Instance);
        }
        catch (Exception e)
        {
            held.Dispose();
            if (e is SqliteException or IOException or UnauthorizedAccessException) throw StoreChecks.Unusable(path, e);
            throw;
        }
    }

    /// <summary>Commits what is on its way and closes; the next start then finds a cleanly closed file.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.Run(() =>
        {
            _readers.Dispose(); // before the writer: the last connection to close folds the log in and removes it
            _writer.Dispose();
        }).ConfigureAwait(false);
        _lock.Dispose();
    }

    /// <inheritdoc cref="StoreWriter.WriteAsync"/>
    internal Task<T> WriteAsync<T>(Func<StoreDatabase, T> change) => _writer.WriteAsync(change);

    /// <inheritdoc cref="StoreReaders.ReadAsync"/>
    internal Task<T> ReadAsync<T>(Func<StoreDatabase, T> read) => _readers.ReadAsync(read);

    private static void Check(string path)
    {
        var clean = new FileInfo(path + "-wal") is not { Exists: true, Length: > 0 }; // SQLite removes its log when the last connection closes
        StoreChecks.Header(path, clean);
        StoreChecks.Content(path, thorough: !clean);
    }

    // Built beside, without a log of its own, and moved in place: a grains.db of zero bytes is then never a half-made one, always a damaged one.
    private static void Create(string path)
    {
        StoreChecks.NoOrphan(path);
        var draft = path + ".new";
        using (var database = new StoreDatabase(draft, SqliteOpenMode.ReadWriteCreate, "synchronous=FULL")) database.Run(StoreSchema.Create);
        File.Move(draft, path);
    }

    private static StoreDatabase OpenUpToDate(string path)
    {
        var database = OpenWriter(path);
        try
        {
            StoreSchema.Upgrade(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static StoreDatabase OpenWriter(string path) => new(path, SqliteOpenMode.ReadWrite, WriterPragmas);
}
