using System.Threading.Channels;

namespace OrleansGov.Records;

/// <summary>
/// The only writer of this node, on a thread of its own. What arrives while a commit waits for the disk goes together into the next
/// transaction, so durability costs one fsync per batch. When a batch fails nobody in it is told yes.
/// </summary>
internal sealed class RecordsWriter : IDisposable
{
    private const int LargestBatch = 256;
    private const int Enough = 192; // more company gains nothing
    private const int LongestQueue = 8 * LargestBatch; // beyond this callers wait for room

    // Under load, facts wait a moment for company: nobody looks at a list so soon, and a statement for thirty turns costs little more than for one.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan BetweenProofs = TimeSpan.FromSeconds(1);

    private readonly Channel<RecordsWrite> _queue = Channel.CreateBounded<RecordsWrite>(new BoundedChannelOptions(LongestQueue) { SingleReader = true });
    private readonly ManualResetEventSlim _hurry = new();
    private readonly IRecordsDatabase _database;
    private readonly Thread _thread;

    public RecordsWriter(IRecordsDatabase database)
    {
        _database = database;
        _thread = new Thread(Work) { Name = "records writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Why the last batch was not stored; null while batches are.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Stores and returns when it is durable.</summary>
    /// <exception cref="RecordsWriteException">It is not.</exception>
    public async Task WriteAsync(RecordsWrite write)
    {
        try
        {
            await _queue.Writer.WriteAsync(write).ConfigureAwait(false);
        }
        catch (ChannelClosedException e)
        {
            throw new RecordsWriteException($"{_database.Place}: the records are closed.", e);
        }

        if (write.IsUrgent || _queue.Reader.Count >= Enough) _hurry.Set();
        await write.Durable.Task.ConfigureAwait(false);
    }

    /// <summary>Commits what is queued, then closes. Blocks until done.</summary>
    public void Dispose()
    {
        if (!_queue.Writer.TryComplete()) return;
        _hurry.Set();
        _thread.Join();
        _hurry.Dispose();
        _database.Dispose();
    }

    private void Work()
    {
        var batch = new List<RecordsWrite>(LargestBatch);
        var edits = new List<RecordsWrite>();
        while (WaitForWrites())
        {
            if (batch.Count > 1) _hurry.Wait(Gathering); // the last batch was shared: more are on their way
            _hurry.Reset();
            batch.Clear();
            edits.Clear();
            while (batch.Count < LargestBatch && _queue.Reader.TryRead(out var write)) (write.Edit is null ? batch : edits).Add(write);
            if (batch.Count > 0) Commit(batch);
            foreach (var edit in edits) Commit([edit]);
        }
    }

    // While nothing can be stored perhaps nobody is sent here: then nobody but us finds out that it can again.
    private bool WaitForWrites()
    {
        var waiting = _queue.Reader.WaitToReadAsync().AsTask();
        while (Trouble is not null && !waiting.Wait(BetweenProofs))
        {
            try
            {
                _database.ProveWritable();
                Trouble = null;
            }
            catch (Exception e) // whatever it is, it is what readiness shows; the thread must live
            {
                Trouble = $"{_database.Place}: {_database.Words(e)}";
            }
        }

        return waiting.GetAwaiter().GetResult();
    }

    private void Commit(List<RecordsWrite> writes)
    {
        try
        {
            _database.Commit(new RecordsBatch(writes));
        }
        catch (Exception e) when (writes.Count > 1 && _database.IsOfOneWrite(e))
        {
            // One of them is to blame; the others shall not pay for it. Halves: a few transactions find it among hundreds.
            Commit(writes[..(writes.Count / 2)]);
            Commit(writes[(writes.Count / 2)..]);
            return;
        }
        catch (Exception e) // whatever it was: no caller may wait for ever, and the thread must live
        {
            var words = $"{_database.Place}: {_database.Words(e)}";
            if (!_database.IsOfOneWrite(e)) Trouble = words;
            foreach (var write in writes) write.Durable.SetException(new RecordsWriteException(words, e));
            return;
        }

        Trouble = null;
        foreach (var write in writes) write.Durable.SetResult();
    }
}
