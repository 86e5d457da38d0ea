namespace OrleansGov.Records;

/// <summary>The records file cannot be opened as it is. The message is for the person at the terminal: path and remedy, Japanese, then English.</summary>
public sealed class RecordsUnavailableException(RecordsProblem problem, string path, string japanese, string english, Exception? inner = null)
    : Exception($"{japanese}\n{english}", inner)
{
    public RecordsProblem Problem { get; } = problem;

    /// <summary>The file that is meant.</summary>
    public string Path { get; } = path;
}

/// <summary>What keeps the records from opening.</summary>
public enum RecordsProblem
{
    /// <summary>The directory or file cannot be created or written.</summary>
    NotWritable,

    /// <summary>No space left.</summary>
    DiskFull,

    /// <summary>Another program holds the file.</summary>
    Locked,

    /// <summary>Not a database, or broken inside.</summary>
    Damaged,

    /// <summary>Written by a later version of the product, or by another program.</summary>
    UnknownVersion,
}

/// <summary>A write was not acknowledged by the disk: nothing of it may be taken for stored. Facts stay with their grain and come again.</summary>
public sealed class RecordsWriteException(string message, Exception inner) : Exception(message, inner);
