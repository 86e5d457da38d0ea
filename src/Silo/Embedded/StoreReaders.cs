using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace OrleansGov.Silo.Embedded;

/// <summary>Connections for reading, as many as may read at once. WAL lets them read beside the writer; each read sees every commit made before it began.</summary>
internal sealed class StoreReaders(Func<StoreDatabase> open, string path, int most) : IDisposable
{
    private readonly ConcurrentBag<StoreDatabase> _idle = [];
    private readonly SemaphoreSlim _room = new(most);

    /// <exception cref="GrainStorageException">The file could not be read.</exception>
    public async Task<T> ReadAsync<T>(Func<StoreDatabase, T> read)
    {
        await _room.WaitAsync().ConfigureAwait(false);
        StoreDatabase? database = null;
        try
        {
            database = _idle.TryTake(out var idle) ? idle : open();
            var result = read(database);
            _idle.Add(database);
            return result;
        }
        catch (SqliteException e)
        {
            database?.Dispose(); // its statements may be anywhere: the next read opens a new one
            throw StoreFailure.From(e, path);
        }
        catch
        {
            database?.Dispose();
            throw;
        }
        finally
        {
            _room.Release();
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var database)) database.Dispose();
        _room.Dispose();
    }
}
