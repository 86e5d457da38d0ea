namespace OrleansGov.Silo.States;

/// <summary>The store cannot be opened as it is, and opening it anyway could lose something. The message is for the person at the terminal: Japanese, then English.</summary>
public sealed class StoreUnavailableException(StoreProblem problem, string path, string japanese, string english, Exception? inner = null)
    : Exception($"{japanese}\n{english}", inner)
{
    public StoreProblem Problem { get; } = problem;

    /// <summary>The file, directory or database that is meant.</summary>
    public string Path { get; } = path;
}

/// <summary>What keeps the store from opening.</summary>
public enum StoreProblem
{
    /// <summary>The directory or file cannot be created or written.</summary>
    NotWritable,

    /// <summary>No space left.</summary>
    DiskFull,

    /// <summary>Another process has the data directory or the file.</summary>
    Locked,

    /// <summary>Not a database, cut short, or broken inside.</summary>
    Damaged,

    /// <summary>Written by a later version of the product, or by another program.</summary>
    UnknownVersion,

    /// <summary>A setting cannot be used with this data.</summary>
    Settings,

    /// <summary>The database does not answer.</summary>
    Unreachable,

    /// <summary>The database is not at this version yet.</summary>
    NotMigrated,

    /// <summary>The pseudonym key is missing, too short, or not the one this data was made with.</summary>
    Key,
}
