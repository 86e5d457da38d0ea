namespace OrleansGov.Records.Tests.Erasing;

public sealed class ErasureRequestsInSqlite() : ErasureRequestsTests(Provider.Sqlite);

public sealed class ErasureRequestsInPostgres() : ErasureRequestsTests(Provider.Postgres);

public abstract class ErasureRequestsTests(Provider provider) : RecordsTests(provider)
{
    private static readonly DateTimeOffset Noon = TempRecords.Noon;

    [Fact]
    public async Task Decide_ByWhoAsked_NeedsASecondPerson()
    {
        await Records.Append(TempRecords.Heard("わたしの秘密"), TempRecords.Control(1, "RequestStaff", "Bot", "Queued"));
        var asked = await Request();
        Assert.Equal((ErasureVerdict.Done, "gomi", "requested"), (asked.Verdict, asked.Row!.Department, asked.Row.State));
        Assert.Equal(ErasureVerdict.Open, (await Request("s-3")).Verdict);

        Assert.Equal(ErasureVerdict.SecondApproverRequired, (await Decide(asked.Row, "s-1")).Verdict);
        var decided = await Decide(asked.Row, "s-2");
        Assert.Equal((ErasureVerdict.Done, "approved", "s-2"), (decided.Verdict, decided.Row!.State, decided.Row.DecidedBy));
        Assert.Equal(ErasureVerdict.Stale, (await Decide(asked.Row, "s-3")).Verdict);
        await using var read = Records.Store.Read();
        Assert.Equal([asked.Row.Id], (await read.ErasuresToDoAsync(TempRecords.Town, TempRecords.Cancel)).Select(r => r.Id));
        Assert.Equal(["erasure-decided", "erasure-requested"], (await read.ListAuditAsync(new(TempRecords.Town), null, 9, TempRecords.Cancel)).Items.Select(a => a.Action));
    }

    [Fact]
    public async Task Request_OfNobody_OrOfSomebodyWhoIsHeld_IsRefused()
    {
        Assert.Equal(ErasureVerdict.Missing, (await Request()).Verdict);
        await Records.Append(TempRecords.Heard("こんにちは"));
        await Records.Store.AppendAsync([
            Records.Opened("S-1", Noon),
            Records.Next($"c:{TempRecords.Town}/S-1", Noon, new FactBody.CaseChanged("S-1", "accepted", null, null, null, "", "held", "s-1") { Hold = "訴訟", Revision = 2 })]);
        Assert.Equal(ErasureVerdict.Held, (await Request()).Verdict);
    }

    [Fact]
    public async Task Refused_CanBeAskedAgain()
    {
        await Records.Append(TempRecords.Heard("こんにちは"));
        var asked = await Request();
        Assert.Equal("refused", (await Records.Store.DecideErasureAsync(TempRecords.Town, asked.Row!.Id, 1, approve: false, "s-2", "佐藤", Audit("erasure-decided"))).Row!.State);
        Assert.Equal(ErasureVerdict.Done, (await Request()).Verdict);
    }

    private Task<ErasureAnswer> Request(string by = "s-1") => Records.Store.RequestErasureAsync(TempRecords.Town, TempRecords.Resident, "本人の申出", by, "山田", Audit("erasure-requested"));

    private Task<ErasureAnswer> Decide(ErasureRequestRow row, string by) => Records.Store.DecideErasureAsync(TempRecords.Town, row.Id, row.Revision, approve: true, by, "佐藤", Audit("erasure-decided"));

    private static AuditEntry Audit(string action) => new(Noon, TempRecords.Town, "山田", action, "");
}
