using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace OrleansGov.Silo.Cluster;

/// <summary>Something that waits for the batch it goes with.</summary>
internal abstract class Waiting
{
    public abstract void Fail(Exception reason);
}

/// <summary>
/// One connection and one loop: what arrives while a batch is on its way goes together into the next, so a thousand callers cost one round trip
/// (and, writing, one fsync). When the database is away nobody in the batch is told yes, and the line goes on by itself: with the next caller,
/// or every second with a probe of its own (whoever noticed).
/// </summary>
internal abstract class BatchLine<T> : IAsyncDisposable
    where T : Waiting
{
    private const int Company = 3;

    private readonly int _largest;
    private readonly Channel<T> _queue;
    private readonly TimeSpan _probeEvery;
    private readonly ILogger _logger;
    private readonly Task _working;
    private NpgsqlConnection? _connection;

    protected BatchLine(ClusterDatabase database, int largest, TimeSpan probeEvery, ILogger logger)
    {
        Database = database;
        _largest = largest;
        _queue = Channel.CreateBounded<T>(new BoundedChannelOptions(8 * largest) { SingleReader = true }); // beyond this callers wait for room
        _probeEvery = probeEvery;
        _logger = logger;
        _working = Task.Run(WorkAsync);
    }

    protected ClusterDatabase Database { get; }

    /// <summary>Sends what was queued and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _working.ConfigureAwait(false);
        await DropAsync().ConfigureAwait(false);
    }

    /// <exception cref="GrainStorageException">The process is stopping.</exception>
    protected async ValueTask EnqueueAsync(T one)
    {
        if (_queue.Writer.TryWrite(one)) return;
        try
        {
            await _queue.Writer.WriteAsync(one).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new GrainStorageException($"PostgreSQL ({Database.Place}): the store is closed.", StorageFailure.Closed);
        }
    }

    /// <summary>Made anew for each new connection: prepares what the batches use.</summary>
    protected abstract Task PrepareAsync(NpgsqlConnection connection);

    /// <summary>Serves a batch; who was served is told at once, who fails alone too. Throws when the rest of the batch was not served.</summary>
    protected abstract Task ServeAsync(NpgsqlConnection connection, List<T> batch);

    /// <summary>True when success here means that the database takes writes: who can only read must not be taken for ready.</summary>
    protected virtual bool ProvesHealth => false;

    /// <summary>Under load, how long a batch waits for company before it goes; alone, nobody waits.</summary>
    protected virtual TimeSpan Gathering => TimeSpan.Zero;

    /// <summary>Shows that the database takes writes again.</summary>
    protected virtual Task ProbeAsync(NpgsqlConnection connection) => Task.CompletedTask;

    private async Task WorkAsync()
    {
        var batch = new List<T>(_largest);
        while (await WaitForWorkAsync().ConfigureAwait(false))
        {
            if (batch.Count >= Company && Gathering > TimeSpan.Zero) await Task.Delay(Gathering).ConfigureAwait(false);
            batch.Clear();
            while (batch.Count < _largest && _queue.Reader.TryRead(out var one)) batch.Add(one);
            await RunAsync(batch).ConfigureAwait(false);
        }
    }

    private async Task<bool> WaitForWorkAsync()
    {
        var arrived = _queue.Reader.WaitToReadAsync();
        if (arrived.IsCompleted) return await arrived.ConfigureAwait(false);
        var arriving = arrived.AsTask();
        while (true)
        {
            await ((Task)arriving.WaitAsync(_probeEvery)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (arriving.IsCompleted) return await arriving.ConfigureAwait(false);
            if (ProvesHealth && !Database.Health.IsHealthy) await RunAsync([]).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(List<T> batch)
    {
        for (var again = _connection is not null; ; again = false) // an idle connection may have ended long ago: that alone fails nobody
        {
            try
            {
                var connection = _connection ??= await OpenAsync().ConfigureAwait(false);
                await (batch.Count == 0 ? ProbeAsync(connection) : ServeAsync(connection, batch)).ConfigureAwait(false);
                break;
            }
            catch (Exception e) // whatever it was: no caller may wait for ever, and the loop must live
            {
                await DropAsync().ConfigureAwait(false);
                if (again && ClusterProblems.IsPassing(e)) continue;
                if (ClusterProblems.IsOfOneWrite(e) && batch.Count > 1)
                {
                    foreach (var one in batch) await RunAsync([one]).ConfigureAwait(false);
                    return;
                }

                Fail(batch, e);
                return;
            }
        }

        if (!ProvesHealth) return;
        if (!Database.Health.IsHealthy) _logger.LogInformation("PostgreSQL ({Place}) takes writes again", Database.Place);
        Database.Health.Succeeded();
    }

    private void Fail(List<T> batch, Exception e)
    {
        var failure = ClusterProblems.Failure(e, Database.Place);
        if (!ClusterProblems.IsOfOneWrite(e))
        {
            if (Database.Health.IsHealthy) _logger.LogError("PostgreSQL ({Place}) fails: {Failure}: {Message}", Database.Place, failure.Failure, failure.Message);
            Database.Health.Failed(failure);
            StorageMeter.Failed(failure.Failure);
        }

        foreach (var one in batch) one.Fail(failure);
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = await Database.Lines.OpenConnectionAsync().ConfigureAwait(false);
        try
        {
            await PrepareAsync(connection).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task DropAsync()
    {
        if (_connection is not { } connection) return;
        _connection = null;
        try
        {
            NpgsqlConnection.ClearPool(connection);
            await connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            _logger.LogDebug("Closing a connection to PostgreSQL failed: {Error}", e.GetType().Name);
        }
    }
}
