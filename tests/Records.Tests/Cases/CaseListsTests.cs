namespace OrleansGov.Records.Tests.Cases;

public sealed class CaseListsInSqlite() : CaseListsTests(Provider.Sqlite);

public sealed class CaseListsInPostgres() : CaseListsTests(Provider.Postgres);

public abstract class CaseListsTests(Provider provider) : RecordsTests(provider)
{
    [Fact]
    public async Task ListCases_PagesThroughEqualInstantsWithoutGapOrRepeat()
    {
        await Records.Store.AppendAsync([.. Enumerable.Range(0, 7).Select(i => Records.Opened($"S-{i}", TempRecords.Noon.AddMinutes(i / 3)))]);

        List<string> seen = [];
        CasePosition? after = null;
        await using var read = Records.Store.Read();
        while (true)
        {
            var page = await read.ListCasesAsync(new(TempRecords.Town), after, 2, TempRecords.Cancel);
            seen.AddRange(page.Items.Select(c => c.Number));
            if (!page.HasMore) break;
            after = new(page.Items[^1].OpenedAt, page.Items[^1].Number);
        }

        Assert.Equal(["S-6", "S-5", "S-4", "S-3", "S-2", "S-1", "S-0"], seen);
    }

    [Fact]
    public async Task ListCases_ByDepartmentStatusAndDay_InTownTime()
    {
        var lastMinuteOfTheDay = new DateTimeOffset(2026, 11, 1, 23, 59, 0, Town.Offset);
        await Records.Store.AppendAsync([
            Records.Opened("S-1", lastMinuteOfTheDay),
            Records.Opened("S-2", lastMinuteOfTheDay.AddMinutes(1)),
            Records.Opened("D-1", lastMinuteOfTheDay.AddMinutes(2), "doro"),
            Records.Changed("S-2", "cancelled")]);

        var second = new DateOnly(2026, 11, 2);
        Assert.Equal(["D-1", "S-2"], await Numbers(new(TempRecords.Town, OpenedFrom: second)));
        Assert.Equal(["S-1"], await Numbers(new(TempRecords.Town, OpenedTo: second.AddDays(-1))));
        Assert.Equal(["S-2"], await Numbers(new(TempRecords.Town, ["gomi"], "cancelled")));
        Assert.Equal([], await Numbers(new("elsewhere")));
    }

    [Fact]
    public async Task CaseChanged_ShowsTheValuesAfterTheChangeAndItsHistory()
    {
        var day = new DateOnly(2026, 11, 10);
        await Records.Store.AppendAsync([Records.Opened("S-1", TempRecords.Noon, day: day), Records.Changed("S-1", "changed", day.AddDays(7))]);

        await using var read = Records.Store.Read();
        var found = await read.FindCaseAsync(TempRecords.Town, "S-1", TempRecords.Cancel);
        Assert.Equal(("changed", day.AddDays(7), 800, "机 ×1"), (found!.Status, found.Day, found.Fee, found.Summary));
        Assert.Equal(["opened", "changed"], (await read.CaseHistoryAsync(TempRecords.Town, "S-1", TempRecords.Cancel)).Select(e => e.What));
    }

    private async Task<IEnumerable<string>> Numbers(CaseFilter filter)
    {
        await using var read = Records.Store.Read();
        return (await read.ListCasesAsync(filter, null, 50, TempRecords.Cancel)).Items.Select(c => c.Number);
    }
}
