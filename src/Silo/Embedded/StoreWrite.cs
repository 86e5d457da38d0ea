using Microsoft.Data.Sqlite;

namespace OrleansGov.Silo.Embedded;

/// <summary>
/// One change that waits for its commit. It is a single SQL statement that changes something (so a failure of its own leaves nothing behind), and its
/// caller hears of it only after the transaction is on disk.
/// </summary>
internal abstract class StoreWrite
{
    public abstract void Apply(StoreDatabase database, string path);

    /// <summary>After the commit.</summary>
    public abstract void Acknowledge();

    /// <summary>Instead of the commit.</summary>
    public abstract void Fail(Exception reason);
}

/// <param name="change">Runs in the writer's transaction; an exception of its own fails this write alone.</param>
internal sealed class StoreWrite<T>(Func<StoreDatabase, T> change) : StoreWrite
{
    // Continuations leave the writer's thread at once: it has everybody's writes to do.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _refused;

    public Task<T> Done => _done.Task;

    public override void Apply(StoreDatabase database, string path)
    {
        try
        {
            _result = change(database);
        }
        catch (SqliteException e) when (StoreFailure.IsOfOneStatement(e) && database.InTransaction)
        {
            _refused = StoreFailure.From(e, path);
        }
        catch (Exception e) when (e is not SqliteException)
        {
            _refused = e;
        }
    }

    public override void Acknowledge()
    {
        if (_refused is null) _done.SetResult(_result!);
        else _done.SetException(_refused);
    }

    public override void Fail(Exception reason) => _done.TrySetException(_refused ?? reason);
}
