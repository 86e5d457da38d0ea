using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Records;

/// <summary>A case seen as the place it books. The fee is whole yen.</summary>
/// <param name="Number">Receipt number of the case.</param>
/// <param name="Status">The case's; a cancelled one holds no place any more.</param>
public sealed record BookingRow(
    string Town, string Resource, DateOnly Day, string Number, string ProcedureId, string Title, string Department, string Status, int? Fee, string Summary, long ChangedAt);

/// <summary>Which bookings to list.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, inclusive.</param>
/// <param name="Resource">Null = all.</param>
public sealed record BookingFilter(string Town, DateOnly From, DateOnly To, string? Resource = null, IReadOnlyCollection<string>? Departments = null, bool WithCancelled = false);

/// <summary>Where a list of bookings goes on: after this one.</summary>
public sealed record BookingPosition(DateOnly Day, string Resource, string Number);

/// <summary>Listing bookings by day.</summary>
public static class BookingLists
{
    public static async Task<Page<BookingRow>> ListBookingsAsync(this RecordsContext records, BookingFilter filter, BookingPosition? after, int limit, CancellationToken cancel = default)
    {
        var bookings = records.Bookings.Where(b => b.Town == filter.Town && b.Day >= filter.From && b.Day <= filter.To);
        if (!filter.WithCancelled) bookings = bookings.Where(b => b.Status != "cancelled");
        if (filter.Resource is { } wanted) bookings = bookings.Where(b => b.Resource == wanted);
        if (filter.Departments is { } departments) bookings = bookings.Where(b => departments.Contains(b.Department));
        if (after is var (day, resource, number))
            bookings = bookings.Where(b => b.Day > day
                || (b.Day == day && (string.Compare(b.Resource, resource) > 0 || (b.Resource == resource && string.Compare(b.Number, number) > 0))));

        return Page<BookingRow>.Of(await bookings.OrderBy(b => b.Day).ThenBy(b => b.Resource).ThenBy(b => b.Number).Take(limit + 1).ToListAsync(cancel), limit);
    }
}
