namespace OrleansGov.Load.Checking;

/// <summary>What an office has written down, read from outside and read-only: the grains' states and Records. In SQLite files or in PostgreSQL.</summary>
public interface IBooks
{
    /// <summary>All bookings and days, and what was heard since an instant.</summary>
    Task<BookView> Read(DateTimeOffset since, CancellationToken cancel);

    /// <summary>Streams of facts changed since an instant that Records does not have to the end: 0 when it has caught up.</summary>
    Task<int> Behind(DateTimeOffset since, CancellationToken cancel);

    /// <summary>Writes so far by kind of state: a row's version counts them. Null where the storage does not count.</summary>
    Task<IReadOnlyDictionary<string, long>?> Writes(CancellationToken cancel);

    /// <summary>Average stored state of a resident; null when there is none.</summary>
    Task<double?> BytesPerResident(CancellationToken cancel);
}

/// <param name="Cases">Bookings as their grains keep them.</param>
/// <param name="Recorded">Bookings as Records lists them.</param>
/// <param name="Days">Days with somebody on them.</param>
/// <param name="Heard">LINE message ids in the transcripts, once for each time they stand there.</param>
public sealed record BookView(IReadOnlyList<BookedCase> Cases, IReadOnlyList<BookedCase> Recorded, IReadOnlyList<BookedDay> Days, IReadOnlyList<string> Heard);

/// <param name="Hold">Id of its place; null in Records.</param>
public sealed record BookedCase(string Number, string Status, string Resource, string Day, string? Hold);

/// <param name="Places">How many the calendar gives that day; null = not known.</param>
public sealed record BookedDay(string Resource, string Day, IReadOnlyList<string> Confirmed, int Held, int? Places);
