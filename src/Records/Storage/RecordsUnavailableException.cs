namespace OrleansGov.Records;

/// <summary>The records cannot be opened as they are. The message is for the person at the terminal: place and remedy, Japanese, then English.</summary>
public sealed class RecordsUnavailableException(RecordsProblem problem, string place, string japanese, string english, Exception? inner = null)
    : Exception($"{japanese}\n{english}", inner)
{
    public RecordsProblem Problem { get; } = problem;

    /// <summary>The file that is meant, or the database as <c>host:port/name</c>.</summary>
    public string Place { get; } = place;
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

    /// <summary>The database server does not answer.</summary>
    Unreachable,

    /// <summary>The server lets this user not in, or not at the tables.</summary>
    Refused,

    /// <summary>The server has no database of that name.</summary>
    NoDatabase,

    /// <summary>The tables are missing or of an earlier version: <c>migrate</c> has not run.</summary>
    NotMigrated,
}

/// <summary>A write was not acknowledged by the disk: nothing of it may be taken for stored. Facts stay with their grain and come again.</summary>
public sealed class RecordsWriteException(string message, Exception inner) : Exception(message, inner);
