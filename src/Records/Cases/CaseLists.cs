using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Records;

/// <summary>Which cases to list. Null = any.</summary>
/// <param name="OpenedFrom">First day of opening in town time, inclusive.</param>
/// <param name="OpenedTo">Last day of opening in town time, inclusive.</param>
public sealed record CaseFilter(string Town, IReadOnlyCollection<string>? Departments = null, string? Status = null, string? ProcedureId = null, DateOnly? OpenedFrom = null, DateOnly? OpenedTo = null);

/// <summary>Where a list of cases goes on: after the case opened then with that number.</summary>
public sealed record CasePosition(long OpenedAt, string Number);

/// <summary>Listing cases, the latest first.</summary>
public static class CaseLists
{
    public static async Task<Page<CaseRow>> ListCasesAsync(this RecordsContext records, CaseFilter filter, CasePosition? after, int limit, CancellationToken cancel = default)
    {
        var cases = records.Cases.Where(c => c.Town == filter.Town);
        if (filter.Departments is { } departments) cases = cases.Where(c => departments.Contains(c.Department));
        if (filter.Status is { } status) cases = cases.Where(c => c.Status == status);
        if (filter.ProcedureId is { } procedure) cases = cases.Where(c => c.ProcedureId == procedure);
        if (filter.OpenedFrom is { } from)
        {
            var start = StartOf(from);
            cases = cases.Where(c => c.OpenedAt >= start);
        }

        if (filter.OpenedTo is { } to)
        {
            var end = StartOf(Sane(to).AddDays(1));
            cases = cases.Where(c => c.OpenedAt < end);
        }

        if (after is var (openedAt, number))
            cases = cases.Where(c => c.OpenedAt < openedAt || (c.OpenedAt == openedAt && string.Compare(c.Number, number) < 0));

        return Page<CaseRow>.Of(await cases.OrderByDescending(c => c.OpenedAt).ThenByDescending(c => c.Number).Take(limit + 1).ToListAsync(cancel), limit);
    }

    public static Task<CaseRow?> FindCaseAsync(this RecordsContext records, string town, string number, CancellationToken cancel = default) =>
        records.Cases.SingleOrDefaultAsync(c => c.Town == town && c.Number == number, cancel);

    /// <summary>The case's history, oldest first.</summary>
    public static Task<List<CaseEventRow>> CaseHistoryAsync(this RecordsContext records, string town, string number, CancellationToken cancel = default) =>
        records.CaseEvents.Where(e => e.Town == town && e.Number == number).OrderBy(e => e.Seq).ToListAsync(cancel);

    // the calendar's ends have no town time: nothing lies beyond these days anyway
    private static DateOnly Sane(DateOnly day) => day.Year < 1970 ? new(1970, 1, 2) : day.Year > 9998 ? new(9998, 12, 31) : day;

    private static long StartOf(DateOnly day) => Town.At(Sane(day), TimeOnly.MinValue).ToUnixTimeMilliseconds();
}
