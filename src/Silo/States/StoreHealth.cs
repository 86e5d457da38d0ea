namespace OrleansGov.Silo.States;

/// <summary>Whether the store can write, as seen by its last attempt. Read by readiness; safe from any thread.</summary>
public sealed class StoreHealth(TimeProvider time)
{
    private volatile StoreTrouble? _trouble;

    /// <summary>What is wrong; null while writes succeed.</summary>
    public StoreTrouble? Trouble => _trouble;

    public bool IsHealthy => _trouble is null;

    internal void Failed(GrainStorageException failure) =>
        _trouble = new StoreTrouble(failure.Failure, failure.Message, _trouble?.Since ?? time.GetUtcNow());

    internal void Succeeded() => _trouble = null;
}

/// <param name="Since">First failure after the last success.</param>
public sealed record StoreTrouble(StorageFailure Failure, string LastError, DateTimeOffset Since);
