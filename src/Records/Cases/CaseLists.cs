using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Records;

/// <summary>Which cases to list. Null = any.</summary>
/// <param name="OpenedFrom">First day of opening in town time, inclusive.</param>
/// <param name="OpenedTo">Last day of opening in town time, inclusive.</param>
public sealed record CaseFilter(string Town, IReadOnlyCollection<string>? Departments = null, string? Status = null, string? ProcedureId = null, DateOnly? OpenedFrom = null, DateOnly? OpenedTo = null)
{
    /// <summary>application or consultation.</summary>
    public string? Kind { get; init; }

    /// <summary>How the receipt number begins.</summary>
    public string? Number { get; init; }

    public string? Label { get; init; }

    /// <summary>Words in the summary, the title or the reason.</summary>
    public string? Text { get; init; }

    /// <summary>Staff id of whoever works on it.</summary>
    public string? Owner { get; init; }

    /// <summary>Pseudonym.</summary>
    public string? Resident { get; init; }

    /// <summary>Promised for this day or an earlier one, and still open.</summary>
    public DateOnly? CallbackUntil { get; init; }

    /// <summary>True: still wants something of somebody; false: is over.</summary>
    public bool? IsOpen { get; init; }
}

/// <summary>Where a list of cases goes on: after the case opened then with that number.</summary>
public sealed record CasePosition(long OpenedAt, string Number);

/// <summary>Listing cases, the latest first.</summary>
public static class CaseLists
{
    private static readonly string[] Over = [.. Enum.GetValues<CaseStatus>().Where(s => !CaseMachine.IsOpen(s)).Select(CaseMachine.NameOf)];

    public static async Task<Page<CaseRow>> ListCasesAsync(this RecordsContext records, CaseFilter filter, CasePosition? after, int limit, CancellationToken cancel = default)
    {
        var cases = Matching(records, filter);
        if (after is var (openedAt, number))
            cases = cases.Where(c => c.OpenedAt < openedAt || (c.OpenedAt == openedAt && string.Compare(c.Number, number) < 0));

        return Page<CaseRow>.Of(await cases.OrderByDescending(c => c.OpenedAt).ThenByDescending(c => c.Number).Take(limit + 1).ToListAsync(cancel), limit);
    }

    /// <summary>How many there are, at most <paramref name="most"/>.</summary>
    public static Task<int> CountCasesAsync(this RecordsContext records, CaseFilter filter, int most = 10_000, CancellationToken cancel = default) => Matching(records, filter).Take(most).CountAsync(cancel);

    /// <summary>Open cases whose promised call back is due by a day, the longest overdue first.</summary>
    public static Task<List<CaseRow>> CallbacksDueAsync(this RecordsContext records, string town, IReadOnlyCollection<string>? departments, DateOnly day, int limit, CancellationToken cancel = default) =>
        Matching(records, new(town, departments) { CallbackUntil = day }).OrderBy(c => c.CallbackBy).ThenBy(c => c.OpenedAt).ThenBy(c => c.Number).Take(limit).ToListAsync(cancel);

    public static Task<CaseRow?> FindCaseAsync(this RecordsContext records, string town, string number, CancellationToken cancel = default) =>
        records.Cases.SingleOrDefaultAsync(c => c.Town == town && c.Number == number, cancel);

    /// <summary>The case's history, oldest first.</summary>
    public static Task<List<CaseEventRow>> CaseHistoryAsync(this RecordsContext records, string town, string number, CancellationToken cancel = default) =>
        records.CaseEvents.Where(e => e.Town == town && e.Number == number).OrderBy(e => e.Seq).ToListAsync(cancel);

    /// <summary>The notes of a case, oldest first.</summary>
    public static Task<List<NoteRow>> NotesOfCaseAsync(this RecordsContext records, string town, string number, CancellationToken cancel = default) =>
        records.Notes.Where(n => n.Town == town && n.Number == number).OrderBy(n => n.At).ThenBy(n => n.Id).ToListAsync(cancel);

    /// <summary>Labels in use, the most used first.</summary>
    public static async Task<List<string>> LabelsInUseAsync(this RecordsContext records, string town, int limit, CancellationToken cancel = default) =>
        [.. (await records.CaseLabels.Where(l => l.Town == town).GroupBy(l => l.Label).Select(g => new { g.Key, Uses = g.Count() })
            .OrderByDescending(g => g.Uses).ThenBy(g => g.Key).Take(limit).ToListAsync(cancel)).Select(g => g.Key)];

    private static IQueryable<CaseRow> Matching(RecordsContext records, CaseFilter filter)
    {
        var cases = records.Cases.Where(c => c.Town == filter.Town);
        if (filter.Departments is { } departments) cases = cases.Where(c => departments.Contains(c.Department));
        if (filter.Status is { } status) cases = cases.Where(c => c.Status == status);
        if (filter.ProcedureId is { } procedure) cases = cases.Where(c => c.ProcedureId == procedure);
        if (filter.Kind is { } kind) cases = cases.Where(c => c.Kind == kind);
        if (filter.Number is { } number) cases = cases.Where(c => c.Number.StartsWith(number));
        if (filter.Owner is { } owner) cases = cases.Where(c => c.Owner == owner);
        if (filter.Resident is { } resident) cases = cases.Where(c => c.Resident == resident);
        if (filter.Text is { } text) cases = cases.Where(c => c.Summary.Contains(text) || c.Title.Contains(text) || c.Reason!.Contains(text));
        if (filter.Label is { } label) cases = cases.Where(c => records.CaseLabels.Any(l => l.Town == c.Town && l.Number == c.Number && l.Label == label));
        if (filter.IsOpen is { } open) cases = open ? cases.Where(c => !Over.Contains(c.Status)) : cases.Where(c => Over.Contains(c.Status));
        if (filter.CallbackUntil is { } due) cases = cases.Where(c => c.CallbackBy != null && c.CallbackBy <= due && !Over.Contains(c.Status));
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

        return cases;
    }

    // the calendar's ends have no town time: nothing lies beyond these days anyway
    private static DateOnly Sane(DateOnly day) => day.Year < 1970 ? new(1970, 1, 2) : day.Year > 9998 ? new(9998, 12, 31) : day;

    private static long StartOf(DateOnly day) => Town.At(Sane(day), TimeOnly.MinValue).ToUnixTimeMilliseconds();
}
