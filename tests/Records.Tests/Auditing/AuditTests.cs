using System.Data.Common;

namespace OrleansGov.Records.Tests.Auditing;

public sealed class AuditInSqlite() : AuditTests(Provider.Sqlite)
{
    protected override string Disarm => "DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_removed_only_past_its_time;";
}

public sealed class AuditInPostgres() : AuditTests(Provider.Postgres)
{
    protected override string Disarm => "ALTER TABLE audit DISABLE TRIGGER ALL;";

    [Fact]
    public async Task Audit_FromTwoNodesAtOnce_IsOneChain()
    {
        using var other = await Records.OpenAsync();
        await Task.WhenAll(((RecordsStore[])[Records.Store, other]).SelectMany(node => Enumerable.Range(0, 60).Select(i => node.AuditAsync(Line($"{i}") with { Town = i % 3 == 0 ? "elsewhere" : TempRecords.Town }))));

        Assert.Equal((80, true), (await Verify()) is var v ? (v.Lines, v.IsWhole) : default);
        Assert.Equal((40, true), (await Verify("elsewhere")) is var e ? (e.Lines, e.IsWhole) : default);
        Assert.Null(Records.Store.Trouble ?? other.Trouble);
    }
}

public abstract class AuditTests(Provider provider) : RecordsTests(provider)
{
    /// <summary>What somebody with the database's password does first.</summary>
    protected abstract string Disarm { get; }

    [Theory]
    [InlineData("UPDATE audit SET principal = 'nobody'")]
    [InlineData("DELETE FROM audit")]
    public async Task Audit_CanOnlyGrow(string tampering)
    {
        await Records.Store.AuditAsync(Line("1"));

        await Assert.ThrowsAnyAsync<DbException>(() => Records.Rows(tampering, _ => 0));

        await using var read = Records.Store.Read();
        Assert.Equal("課のキー", (await read.Audit.SingleAsync(TempRecords.Cancel)).Principal);
    }

    [Fact]
    public async Task Verify_OfAnUntouchedTrail_FindsItWhole()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Records.Store.AuditAsync(Line($"{i}"))));
        await Records.ReopenAsync();
        await Records.Store.AuditAsync(new(TempRecords.Noon, TempRecords.Town, "山田", "control-taken", "A-1", "epoch 17")
        {
            Kind = AuditKind.Refusal, Actor = "s-1", SubjectName = "粗大ごみ", Department = "gomi", Address = "192.0.2.1", Before = "queued", After = "human", Reason = "窓口\0から", Request = "r-1", OnBehalfOf = "s-2",
        });

        Assert.Equal((51, true), (await Verify()) is var v ? (v.Lines, v.IsWhole) : default);
        Assert.True((await Verify("nowhere")).IsWhole);
    }

    [Theory]
    [InlineData("UPDATE audit SET principal = 'nobody' WHERE place = 3", 3, AuditFault.Altered)]
    [InlineData("UPDATE audit SET reason = 'それらしい理由' WHERE place = 2", 2, AuditFault.Altered)]
    [InlineData("UPDATE audit SET at = at + 1 WHERE place = 1", 1, AuditFault.Altered)]
    [InlineData("DELETE FROM audit WHERE place = 2", 2, AuditFault.Missing)]
    [InlineData("DELETE FROM audit WHERE place = 5", 5, AuditFault.Missing)]
    [InlineData("DELETE FROM audit_heads", 1, AuditFault.EndsElsewhere)]
    [InlineData("UPDATE audit_heads SET hash = 'x'", 6, AuditFault.EndsElsewhere)]
    public async Task Verify_WhenSomebodyTampered_NamesThePlace(string tampering, long place, AuditFault fault)
    {
        for (var i = 1; i <= 5; i++) await Records.Store.AuditAsync(Line($"{i}"));
        await Records.Rows(Disarm + tampering, _ => 0);

        var verdict = await Verify();
        Assert.Equal((place, fault), (verdict.BrokenAt, verdict.Fault));
    }

    [Fact]
    public async Task List_IsPagedAndFiltered()
    {
        for (var i = 1; i <= 4; i++) await Records.Store.AuditAsync(Line($"{i}"));
        await Records.Store.AuditAsync(AuditEntry.Refused(TempRecords.Noon, TempRecords.Town, "鈴木", "control-taken", "5", "already taken"));

        await using var read = Records.Store.Read();
        var page = await read.ListAuditAsync(new(TempRecords.Town), null, 2, TempRecords.Cancel);
        Assert.Equal(["5", "4"], page.Items.Select(a => a.Subject));
        Assert.True(page.HasMore);
        page = await read.ListAuditAsync(new(TempRecords.Town), page.Items[^1].Place, 3, TempRecords.Cancel);
        Assert.Equal(["3", "2", "1"], page.Items.Select(a => a.Subject));
        Assert.False(page.HasMore);
        Assert.Equal(["5"], (await read.ListAuditAsync(new(TempRecords.Town, Kind: "refusal", Actor: "鈴木"), null, 9, TempRecords.Cancel)).Items.Select(a => a.Subject));
    }

    protected static AuditEntry Line(string subject) => AuditEntry.Read(TempRecords.Noon, TempRecords.Town, "課のキー", "conversation", subject);

    protected async Task<AuditVerdict> Verify(string town = TempRecords.Town)
    {
        await using var read = Records.Store.Read();
        return await read.VerifyAuditAsync(town, TempRecords.Cancel);
    }
}
