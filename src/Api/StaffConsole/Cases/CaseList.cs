using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OrleansGov.Api.Access;
using OrleansGov.Records;

namespace OrleansGov.Api.StaffConsole;

/// <summary>A list of cases. What it shows stands in its address.</summary>
public abstract class CaseListPage : ConsolePage
{
    private const int Most = 50;

    /// <summary>application: only those; null = all.</summary>
    protected abstract string? Kind { get; }

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Words { get; set; }

    [BindProperty(SupportsGet = true, Name = "status")]
    public string? Status { get; set; }

    [BindProperty(SupportsGet = true, Name = "department")]
    public string? Department { get; set; }

    [BindProperty(SupportsGet = true, Name = "label")]
    public string? Label { get; set; }

    [BindProperty(SupportsGet = true, Name = "from")]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true, Name = "to")]
    public string? To { get; set; }

    [BindProperty(SupportsGet = true, Name = "after")]
    public string? After { get; set; }

    public ImmutableList<CaseRow> Rows { get; private set; } = [];
    public ImmutableList<string> Labels { get; private set; } = [];
    public int Count { get; private set; }
    public Pager Pager { get; private set; } = new(null, null, 0);
    public IEnumerable<Department> Choices => MyTown.Departments.Where(d => Me.Can(Scopes.ReadCases, d.Id));

    public async Task OnGetAsync()
    {
        var filter = Filter();
        await Records.AuditAsync(AuditEntry.Read(Now, Me.Town, Me.Name, "search", Request.Path + $"?status={Status}&department={Department}").By(Me, HttpContext) with { Department = Department });
        CasePosition? after = After?.Split('.', 2) is [var at, var number] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var opened) ? new(opened, number) : null;
        await using var read = Records.Read();
        var page = await read.ListCasesAsync(filter, after, Most, Cancel);
        Rows = page.Items;
        Count = await read.CountCasesAsync(filter, cancel: Cancel);
        Labels = [.. await read.LabelsInUseAsync(Me.Town, 30, Cancel)];
        Pager = new(After is null ? null : Here(("after", null)), page.HasMore ? Here(("after", string.Create(CultureInfo.InvariantCulture, $"{Rows[^1].OpenedAt}.{Rows[^1].Number}"))) : null, Rows.Count);
    }

    private CaseFilter Filter()
    {
        var mine = Me.DepartmentsFor(Scopes.ReadCases);
        IReadOnlyCollection<string>? departments = Given(Department) is not { } wanted ? mine : mine is null || mine.Contains(wanted) ? [wanted] : [];
        var words = Given(Words);
        var isNumber = words is not null && words.Length >= 2 && char.IsAsciiLetter(words[0]) && words.Skip(1).All(c => char.IsAsciiDigit(c) || c == '-');
        return new(Me.Town, departments, Status is "open" or "over" ? null : Given(Status), null, DayOf(From), DayOf(To))
        {
            Kind = Kind,
            Number = isNumber ? words!.ToUpperInvariant() : null,
            Text = isNumber ? null : words,
            Label = Given(Label),
            IsOpen = Status switch { "open" => true, "over" => false, _ => null },
        };
    }

    private static DateOnly? DayOf(string? day) => DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : null;

    private static string? Given(string? words) => string.IsNullOrWhiteSpace(words) ? null : words.Trim();
}

/// <summary>案件検索.</summary>
[Right(Scopes.ReadCases)]
public sealed class CaseSearchModel : CaseListPage
{
    protected override string? Kind => null;
}

/// <summary>申請: what residents have applied for.</summary>
[Right(Scopes.ReadCases)]
public sealed class ApplicationsModel : CaseListPage
{
    protected override string? Kind => "application";
}
