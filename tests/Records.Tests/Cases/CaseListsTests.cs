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

    [Fact]
    public async Task ListCases_ByNumberLabelTextOwnerAndPromise()
    {
        var day = new DateOnly(2026, 11, 4);
        FactBody.CaseChanged Says(string number, string what, string status = "assigned") => new(number, status, null, null, null, "ソファ（赤） ×1", what, "s-1")
        {
            Department = "gomi", Owner = "s-1", OwnerName = "山田", Labels = ["至急", "再訪"], CallbackBy = day, Revision = 2, Detail = "至急",
        };
        await Records.Store.AppendAsync([
            Records.Opened("S-1", TempRecords.Noon), Records.Opened("S-2", TempRecords.Noon), Records.Opened("A-1", TempRecords.Noon),
            Records.Next($"c:{TempRecords.Town}/S-1", TempRecords.Noon, Says("S-1", "labelled")),
            Records.Next($"c:{TempRecords.Town}/S-2", TempRecords.Noon, Says("S-2", "resolved", "resolved"))]);

        Assert.Equal(["S-2", "S-1"], await Numbers(new(TempRecords.Town) { Number = "S-" }));
        Assert.Equal(["S-1"], await Numbers(new(TempRecords.Town) { Label = "至急" }));
        Assert.Equal(["S-2", "S-1"], await Numbers(new(TempRecords.Town) { Text = "（赤）" }));
        Assert.Equal([], await Numbers(new(TempRecords.Town) { Text = "%" }));
        Assert.Equal(["S-1", "A-1"], await Numbers(new(TempRecords.Town) { IsOpen = true }));
        Assert.Equal(["S-2", "S-1"], await Numbers(new(TempRecords.Town) { Owner = "s-1" }));
        Assert.Equal(["S-1"], await Numbers(new(TempRecords.Town) { CallbackUntil = day })); // what is resolved is not overdue
        Assert.Equal([], await Numbers(new(TempRecords.Town) { CallbackUntil = day.AddDays(-1) }));
        await using var read = Records.Store.Read();
        Assert.Equal(["再訪", "至急"], (await read.LabelsInUseAsync(TempRecords.Town, 9, TempRecords.Cancel)).Order(StringComparer.Ordinal));
        var found = await read.FindCaseAsync(TempRecords.Town, "S-1", TempRecords.Cancel);
        Assert.Equal(("山田", "至急\n再訪", 2), (found!.OwnerName, found.Labels, found.Revision));
    }

    [Fact]
    public async Task CaseMoved_IsTheOtherDepartments_AndBothAreTold()
    {
        await Records.Store.AppendAsync([
            Records.Opened("S-1", TempRecords.Noon),
            Records.Next($"c:{TempRecords.Town}/S-1", TempRecords.Noon, new FactBody.CaseChanged("S-1", "waiting", null, null, null, "", "moved", "s-1") { Department = "doro", FormerDepartment = "gomi", Revision = 2 })]);

        Assert.Equal([], await Numbers(new(TempRecords.Town, ["gomi"])));
        Assert.Equal(["S-1"], await Numbers(new(TempRecords.Town, ["doro"])));
        await using var read = Records.Store.Read();
        Assert.Equal([("gomi", "case.opened"), ("doro", "case.changed"), ("gomi", "case.moved")], (await read.ReadFeedAsync(TempRecords.Town, 0, 9, TempRecords.Cancel)).Items.Select(f => (f.Department!, f.Type)));
    }

    [Fact]
    public async Task CaseErased_LeavesItsSkeleton()
    {
        await Records.Store.AppendAsync([
            Records.Opened("S-1", TempRecords.Noon),
            Records.Next($"c:{TempRecords.Town}/S-1", TempRecords.Noon, new FactBody.CaseNoted("S-1", "n-1", TempRecords.Resident, "s-1", "山田", "秘密のメモ")),
            Records.Next($"c:{TempRecords.Town}/S-1", TempRecords.Noon, new FactBody.CaseChanged("S-1", "resolved", null, null, null, "秘密", "resolved", "s-1") { Result = "answered", Labels = ["秘"], Revision = 3, Detail = "answered" })]);
        await using (var before = Records.Store.Read())
            Assert.Equal("秘密のメモ", Assert.Single(await before.NotesOfTalkAsync(TempRecords.Town, TempRecords.Resident, ["gomi"], TempRecords.Cancel)).Text);

        await Records.Store.AppendAsync([
            Records.Next($"c:{TempRecords.Town}/S-1", TempRecords.Noon, new FactBody.CaseChanged("S-1", "skeleton", null, null, null, "", "erased", "s-9") { Result = "answered", Revision = 4 }),
            Records.Next($"c:{TempRecords.Town}/S-1", TempRecords.Noon, new FactBody.CaseErased("S-1", "s-9"))]);

        await using var read = Records.Store.Read();
        var found = await read.FindCaseAsync(TempRecords.Town, "S-1", TempRecords.Cancel);
        Assert.Equal(("skeleton", "", "", "answered", "gomi"), (found!.Status, found.Summary, found.Resident, found.Result, found.Department));
        Assert.Empty(await read.NotesOfCaseAsync(TempRecords.Town, "S-1", TempRecords.Cancel));
        Assert.All(await read.CaseHistoryAsync(TempRecords.Town, "S-1", TempRecords.Cancel), e => Assert.Null(e.Detail));
    }

    private async Task<IEnumerable<string>> Numbers(CaseFilter filter)
    {
        await using var read = Records.Store.Read();
        return (await read.ListCasesAsync(filter, null, 50, TempRecords.Cancel)).Items.Select(c => c.Number);
    }
}
