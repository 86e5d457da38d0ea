using Microsoft.EntityFrameworkCore;
using OrleansGov.Api.Access;
using OrleansGov.Packs;
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

    /// <summary>Null for those who see no talks.</summary>
    public WaitingChart? Waiting { get; private set; }
    public int Held { get; private set; }

    /// <summary>The last 30 days; null while nobody has begun anything, and for those who do not see procedures.</summary>
    public ImmutableList<FunnelChart> Funnels { get; private set; } = [];

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
        if (staff.Can(Scopes.ReadConversations))
        {
            var desks = staff.DepartmentsFor(Scopes.ReadConversations);
            Waiting = WaitingChart.Of(await read.WaitingLineAsync(staff.Town, desks, today, Now, TimeSpan.FromMinutes(30), Cancel), today);
            Held = (await read.CountTalksAsync(new(staff.Town, desks, TalkFilter.Held), Cancel)).Sum(c => c.Count);
        }

        if (staff.Can(Scopes.ReadProcedures)) await LoadFunnelsAsync(read);
        Latest = (await read.ListCasesAsync(new(staff.Town, staff.Departments), null, 10, Cancel)).Items;
    }

    private async Task LoadFunnelsAsync(RecordsContext read)
    {
        var catalog = Get<Rooms>().Catalog(CatalogKey.For(Me.Town));
        foreach (var version in (await catalog.Head()).Current.OrderBy(v => v.Title, StringComparer.Ordinal).Take(5))
        {
            var funnel = await read.FunnelAsync(Me.Town, version.Id, Now.AddDays(-30), Now, Cancel);
            if (funnel.Started == 0) continue;
            var procedure = await catalog.Files(version.Id, version.Version) is { } files ? PackReader.Read(version.Id, files.Texts).Procedure : null;
            if (procedure is not null && !Me.Can(Scopes.ReadProcedures, procedure.Department)) continue;
            Funnels = Funnels.Add(FunnelChart.Of(funnel, version.Title, step => procedure?.Steps.Find(s => s.Id == step) is { } known ? (known.Label ?? known.Id).Japanese : step));
        }
    }
}
