using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace OrleansGov.Records;

/// <summary>
/// The only writer of the file, on a thread of its own. What arrives while a commit waits for the disk goes together into the next
/// transaction, so durability costs one fsync per batch. When a batch fails nobody in it is told yes.
/// </summary>
internal sealed class RecordsWriter : IDisposable
{
    private const int LargestBatch = 256;
    private const int LongestQueue = 8 * LargestBatch; // beyond this callers wait for room

    private readonly Channel<Write> _queue = Channel.CreateBounded<Write>(new BoundedChannelOptions(LongestQueue) { SingleReader = true });
    private readonly SqliteFile _file;
    private readonly string _path;
    private readonly Thread _thread;

    private sealed record Write(Action<SqliteFile> Change)
    {
        public TaskCompletionSource Durable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public RecordsWriter(SqliteFile file, string path)
    {
        _file = file;
        _path = path;
        _thread = new Thread(Work) { Name = "records.db writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Why the last batch was not stored; null while batches are.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Applies a change and returns when it is durable.</summary>
    /// <exception cref="RecordsWriteException">It is not.</exception>
    public async Task WriteAsync(Action<SqliteFile> change)
    {
        var write = new Write(change);
        try
        {
            await _queue.Writer.WriteAsync(write).ConfigureAwait(false);
        }
        catch (ChannelClosedException e)
        {
            throw new RecordsWriteException($"{_path}: the records are closed.", e);
        }

        await write.Durable.Task.ConfigureAwait(false);
    }

    /// <summary>Commits what is queued, then closes. Blocks until done.</summary>
    public void Dispose()
    {
        if (!_queue.Writer.TryComplete()) return;
        _thread.Join();
        _file.Dispose();
    }

    private void Work()
    {
        var batch = new List<Write>(LargestBatch);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            while (batch.Count < LargestBatch && _queue.Reader.TryRead(out var write)) batch.Add(write);
            Commit(batch);
        }
    }

    private void Commit(List<Write> batch)
    {
        try
        {
            _file.Run("BEGIN IMMEDIATE");
            foreach (var write in batch) write.Change(_file);
            _file.Run("COMMIT");
        }
        catch (SqliteException e) when (batch.Count > 1 && SqliteProblems.IsOfOneStatement(e))
        {
            Undo();
            foreach (var write in batch) Commit([write]); // one of them is to blame; the others shall not pay for it
            return;
        }
        catch (Exception e) // whatever it was: no caller may wait for ever, and the thread must live
        {
            Undo();
            if (e is not SqliteException of || !SqliteProblems.IsOfOneStatement(of)) Trouble = $"{_path}: {e.Message}";
            foreach (var write in batch) write.Durable.SetException(new RecordsWriteException($"{_path}: {e.Message}", e));
            return;
        }

        Trouble = null;
        foreach (var write in batch) write.Durable.SetResult();
    }

    private void Undo()
    {
        try
        {
            _file.RollBack();
        }
        catch (SqliteException)
        {
            // SQLite keeps what it can; the next BEGIN says so again, and readiness shows Trouble meanwhile.
        }
    }
}
