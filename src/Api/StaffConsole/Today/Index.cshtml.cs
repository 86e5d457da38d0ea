using Microsoft.EntityFrameworkCore;
using OrleansGov.Records;

namespace OrleansGov.Api.StaffConsole;

/// <summary>今日の状況: the first page.</summary>
public sealed class IndexModel : ConsolePage
{
    private static readonly string[] Done = ["cancelled", "completed", "closed", "done"];

    public string Today => Shown.Day(Now);
    public bool SeesContent { get; private set; }
    public int New { get; private set; }
    public int Open { get; private set; }
    public int Booked { get; private set; }
    public int BookedTomorrow { get; private set; }
    public ImmutableList<CaseRow> Latest { get; private set; } = [];

    public async Task OnGetAsync()
    {
        var (staff, today) = (Me, Town.Today(Now));
        if (staff.Departments is { Count: 0 }) return;
        SeesContent = true;
        await using var read = Records.Read();
        var midnight = Town.At(today, TimeOnly.MinValue).ToUnixTimeMilliseconds();
        var cases = read.Cases.Where(c => c.Town == staff.Town);
        if (staff.Departments is { } mine) cases = cases.Where(c => mine.Contains(c.Department));
        New = await cases.CountAsync(c => c.OpenedAt >= midnight, Cancel);
        Open = await cases.CountAsync(c => !Done.Contains(c.Status), Cancel);
        Booked = await cases.CountAsync(c => c.Day == today && c.Status != "cancelled", Cancel);
        BookedTomorrow = await cases.CountAsync(c => c.Day == today.AddDays(1) && c.Status != "cancelled", Cancel);
        Latest = (await read.ListCasesAsync(new(staff.Town, staff.Departments), null, 10, Cancel)).Items;
    }
}
