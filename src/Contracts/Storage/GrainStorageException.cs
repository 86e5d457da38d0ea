namespace OrleansGov.Contracts;

/// <summary>
/// A grain's state could not be stored or read. A write that failed with this was not acknowledged by the disk: whoever asked must not
/// tell anybody that it happened, and may try again (grains drop what they have already seen).
/// </summary>
/// <param name="failure">Why, in the words an operator decides by.</param>
[GenerateSerializer, Alias("grain-storage-exception")]
public sealed class GrainStorageException(string message, StorageFailure failure) : Exception(message)
{
    [Id(0)] public StorageFailure Failure { get; private set; } = failure;
}

/// <summary>Why storage failed.</summary>
public enum StorageFailure
{
    /// <summary>Anything the database or the disk calls an error.</summary>
    Io,

    /// <summary>No space left; writing resumes by itself when there is.</summary>
    DiskFull,

    /// <summary>Another program holds the file.</summary>
    Locked,

    /// <summary>The file, or one state in it, cannot be read.</summary>
    Damaged,

    /// <summary>The database does not answer; writing resumes by itself when it does.</summary>
    Unreachable,

    /// <summary>The store is closing: the process is stopping.</summary>
    Closed,
}
