using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Records;

/// <summary>Where the records are kept: one SQLite file, or a PostgreSQL database that several nodes write. Used by one thread, except <see cref="Reading"/> and <see cref="Feed"/>.</summary>
internal interface IRecordsDatabase : IDisposable
{
    /// <summary>The file, or the database as <c>host:port/name</c>.</summary>
    string Place { get; }

    DbContextOptions<RecordsContext> Reading { get; }

    /// <summary>Hears of every commit that tells something, on whichever node.</summary>
    FeedSignal Feed { get; }

    /// <summary>Stores a batch in one transaction. When it throws, nothing of the batch may be taken for stored.</summary>
    void Commit(RecordsBatch batch);

    /// <summary>Writes something that changes nothing.</summary>
    void ProveWritable();

    /// <summary>The values of one write were refused: the others of its batch are not to blame.</summary>
    bool IsOfOneWrite(Exception e);

    /// <summary>What may be shown and logged of an error: no values.</summary>
    string Words(Exception e);
}
