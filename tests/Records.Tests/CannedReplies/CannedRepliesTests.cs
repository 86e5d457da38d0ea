namespace OrleansGov.Records.Tests.CannedReplies;

public sealed class CannedRepliesInSqlite() : CannedRepliesTests(Provider.Sqlite);

public sealed class CannedRepliesInPostgres() : CannedRepliesTests(Provider.Postgres);

public abstract class CannedRepliesTests(Provider provider) : RecordsTests(provider)
{
    [Fact]
    public async Task List_OfADepartment_HasItsOwnAndTheTowns()
    {
        await Add("", "お礼");
        await Add("gomi", "収集日");
        await Add("doro", "工事");

        Assert.Equal(["お礼", "収集日"], await Titles(["gomi"]));
        Assert.Equal(3, (await Titles(null)).Count());
    }

    [Fact]
    public async Task Change_OfWhatSomebodyChangedMeanwhile_IsStale()
    {
        var added = await Add("gomi", "収集日");
        var changed = await Records.Store.ChangeCannedReplyAsync(TempRecords.Town, added.Id, 1, "gomi", "収集日", "毎週火曜日です。", "s-1", Audit("changed"));
        var late = await Records.Store.ChangeCannedReplyAsync(TempRecords.Town, added.Id, 1, "gomi", "収集日", "水曜日です。", "s-2", Audit("changed"));

        Assert.Equal((CannedReplyVerdict.Done, 2), (changed.Verdict, changed.Row!.Revision));
        Assert.Equal((CannedReplyVerdict.Stale, "毎週火曜日です。"), (late.Verdict, late.Row!.Text));
        Assert.Equal(CannedReplyVerdict.Missing, (await Records.Store.ChangeCannedReplyAsync(TempRecords.Town, "nobody", 1, "", "?", "?", "s-1", Audit("changed"))).Verdict);
    }

    [Fact]
    public async Task Change_ByTwoAtOnce_OneWins()
    {
        var added = await Add("gomi", "収集日");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Records.Store.ChangeCannedReplyAsync(TempRecords.Town, added.Id, 1, "gomi", "収集日", $"{i}", "s-1", Audit("changed"))));
        Assert.Single(answers, a => a.Verdict == CannedReplyVerdict.Done);
    }

    [Fact]
    public async Task Remove_IsAuditedAndTold()
    {
        var added = await Add("gomi", "収集日");
        Assert.Equal(CannedReplyVerdict.Done, (await Records.Store.RemoveCannedReplyAsync(TempRecords.Town, added.Id, 1, Audit("removed"))).Verdict);

        await using var read = Records.Store.Read();
        Assert.Null(await read.FindCannedReplyAsync(TempRecords.Town, added.Id, TempRecords.Cancel));
        Assert.Equal([("removed", added.Id), ("added", added.Id)], (await read.ListAuditAsync(new(TempRecords.Town), null, 9, TempRecords.Cancel)).Items.Select(a => (a.Action, a.Subject)));
        Assert.Equal([("gomi", "canned-reply.changed"), ("gomi", "canned-reply.changed")], (await read.ReadFeedAsync(TempRecords.Town, 0, 9, TempRecords.Cancel)).Items.Select(f => (f.Department!, f.Type)));
    }

    private async Task<CannedReplyRow> Add(string department, string title) =>
        (await Records.Store.AddCannedReplyAsync(TempRecords.Town, department, title, "本文", "s-1", Audit("added")))!;

    private static AuditEntry Audit(string action) => new(TempRecords.Noon, TempRecords.Town, "山田", action, "");

    private async Task<IEnumerable<string>> Titles(IReadOnlyCollection<string>? departments)
    {
        await using var read = Records.Store.Read();
        return (await read.ListCannedRepliesAsync(TempRecords.Town, departments, null, 9, TempRecords.Cancel)).Items.Select(r => r.Title);
    }
}
