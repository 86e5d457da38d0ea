using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OrleansGov.Silo.States;

namespace OrleansGov.Silo.Embedded;

/// <summary>
/// The only writer of the file, on a thread of its own. Writes that arrive while a commit waits for the disk go together into the next
/// transaction, so durability costs one fsync per batch and not one per resident. After a failure nobody in the batch is told yes, and the
/// writer goes on by itself: it tries again with the next write, or every second with a small one of its own, until the disk takes it.
/// </summary>
internal sealed class StoreWriter : IDisposable
{
    private const int LargestBatch = 512;
    private const int LongestQueue = 8 * LargestBatch; // beyond this callers wait for room
    private const int Company = 3;

    // Under load, writes wait a moment for company: half the commits, and everybody is answered sooner. Alone, nobody waits.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(2);

    private readonly Channel<StoreWrite> _queue = Channel.CreateBounded<StoreWrite>(new BoundedChannelOptions(LongestQueue) { SingleReader = true });
    private readonly Func<StoreDatabase> _open;
    private readonly string _path;
    private readonly StoreHealth _health;
    private readonly TimeProvider _time;
    private readonly TimeSpan _probeEvery;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private StoreDatabase? _database;

    public StoreWriter(StoreDatabase database, Func<StoreDatabase> reopen, string path, StoreHealth health, TimeProvider time, TimeSpan probeEvery, ILogger logger)
    {
        _database = database;
        _open = reopen;
        _path = path;
        _health = health;
        _time = time;
        _probeEvery = probeEvery;
        _logger = logger;
        _thread = new Thread(Work) { Name = "grains.db writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Applies a change and returns when it is durable.</summary>
    /// <exception cref="GrainStorageException">It is not.</exception>
    public async Task<T> WriteAsync<T>(Func<StoreDatabase, T> change)
    {
        var write = new StoreWrite<T>(change);
        if (!_queue.Writer.TryWrite(write))
        {
            try
            {
                await _queue.Writer.WriteAsync(write).ConfigureAwait(false);
            }
            catch (ChannelClosedException)
            {
                throw new GrainStorageException($"{_path}: the store is closed.", StorageFailure.Closed);
            }
        }

        return await write.Done.ConfigureAwait(false);
    }

    /// <summary>Commits what is queued, then closes. Blocks until done.</summary>
    public void Dispose()
    {
        if (!_queue.Writer.TryComplete()) return;
        _thread.Join();
        _database?.Dispose();
    }

    private void Work()
    {
        var batch = new List<StoreWrite>(LargestBatch);
        while (WaitForWork())
        {
            if (batch.Count >= Company) Thread.Sleep(Gathering);
            batch.Clear();
            while (batch.Count < LargestBatch && _queue.Reader.TryRead(out var write)) batch.Add(write);
            Commit(batch);
        }
    }

    private bool WaitForWork()
    {
        var arrived = _queue.Reader.WaitToReadAsync().AsTask();
        while (!arrived.Wait(_health.IsHealthy ? Timeout.InfiniteTimeSpan : _probeEvery)) Probe();
        return arrived.Result;
    }

    private void Probe() => Commit([new StoreWrite<int>(database => database
        .Prepare("INSERT INTO store_info(name, value) VALUES('probe', ?1) ON CONFLICT(name) DO UPDATE SET value = excluded.value")
        .Bind(1, _time.GetUtcNow().ToString("O"))
        .Run())]);

    private void Commit(List<StoreWrite> batch)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            _database ??= _open();
            _database.Prepare("BEGIN IMMEDIATE").Run();
            foreach (var write in batch) write.Apply(_database, _path);
            _database.Prepare("COMMIT").Run();
        }
        catch (Exception e) // whatever it was: no caller may wait for ever, and the thread must live
        {
            Undo(e);
            var failure = StoreFailure.From(e, _path);
            if (_health.IsHealthy) _logger.LogError(e, "Writes to {Path} fail: {Failure}", _path, failure.Failure);
            _health.Failed(failure);
            StorageMeter.Failed(failure.Failure);
            foreach (var write in batch) write.Fail(failure);
            return;
        }

        if (!_health.IsHealthy) _logger.LogInformation("Writes to {Path} succeed again", _path);
        _health.Succeeded();
        StorageMeter.Committed(batch.Count, started);
        foreach (var write in batch) write.Acknowledge();
    }

    private void Undo(Exception reason)
    {
        if (_database is null) return;
        try
        {
            if (_database.InTransaction) _database.Prepare("ROLLBACK").Run();
            if (!StoreFailure.WantsNewConnection(reason)) return;
        }
        catch (Microsoft.Data.Sqlite.SqliteException e)
        {
            _logger.LogWarning(e, "Rolling back in {Path} failed; opening it again", _path);
        }

        _database.Dispose();
        _database = null;
    }
}
