using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using OrleansGov.Records;

namespace OrleansGov.Grains.Tests.Housekeeping;

public sealed class HousekeepingTests : IAsyncLifetime
{
    private TownOffice _office = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private IHousekeepingGrain House => _office.Grains.GetGrain<IHousekeepingGrain>(TownOffice.TownId);

    public async ValueTask InitializeAsync() => _office = await TownOffice.OpenAsync();

    public ValueTask DisposeAsync() => _office.DisposeAsync();

    [Fact]
    public async Task Night_DeletesWhatIsPastItsTime_AndSaysHowMuch()
    {
        var resident = _office.Resident();
        await resident.Says("こんにちは");
        var number = await Booked(resident);
        foreach (var (@class, days) in new[] { (RetentionClass.ConversationText, 30), (RetentionClass.Media, 30), (RetentionClass.Applications, 60), (RetentionClass.Audit, 365) })
            Assert.Equal(RetentionVerdict.Done, (await _office.Records.SetRetentionAsync(TownOffice.TownId, @class, "", days, null, "s-1", new(_office.Time.GetUtcNow(), TownOffice.TownId, "主任", "retention-set", ""))).Verdict);
        Assert.True((await _office.Case(number).Cancel("changed-my-mind", resident.Key)).Cancelled);

        _office.Time.Advance(TimeSpan.FromDays(31));
        await House.LookAfter();
        var first = await Recorded(read => read.RetentionRunsAsync(TownOffice.TownId, 9, Cancel), runs => runs.Count == 4);
        Assert.True(first.Single(r => r.Class == RetentionClass.ConversationText).Deleted > 0);
        Assert.Equal(0, first.Single(r => r.Class == RetentionClass.Applications).Deleted);
        await using (var read = _office.Records.Read()) Assert.Empty(await read.Messages.ToListAsync(Cancel));

        await _office.Case(number).Wake();
        _office.Time.Advance(TimeSpan.FromDays(61));
        await House.LookAfter();
        await Recorded(read => read.FindCaseAsync(TownOffice.TownId, number, Cancel), c => c is { Status: "skeleton", Summary: "" });
        Assert.Empty((await _office.Case(number).LookAsStaff())!.Opening.Answers);
    }

    [Fact]
    public async Task F53_Erase_OfAResident_RemovesEverywhere()
    {
        var resident = _office.Resident();
        await resident.Says("わたしの秘密です");
        var number = await Booked(resident);
        var conversation = ResidentKey.Split(resident.Key).Pseudonym;
        await Recorded(read => read.Messages.CountAsync(Cancel), c => c > 3);
        var asked = await _office.Records.RequestErasureAsync(TownOffice.TownId, conversation, "本人の申出", "s-1", "主任", Audit("erasure-requested"));
        await House.LookAfter(); // nobody has approved it
        await _office.Records.DecideErasureAsync(TownOffice.TownId, asked.Row!.Id, 1, approve: true, "s-2", "管理", Audit("erasure-decided"));
        await House.LookAfter();

        var done = await Recorded(read => read.FindErasureAsync(TownOffice.TownId, asked.Row.Id, Cancel), r => r is { State: "done" });
        Assert.Contains("cases 1", done!.Counts, StringComparison.Ordinal);
        await using (var read = _office.Records.Read())
        {
            Assert.Empty(await read.Messages.ToListAsync(Cancel));
            Assert.DoesNotContain((await read.ReadFeedAsync(TownOffice.TownId, 0, 99, Cancel)).Items, f => f.Subject == conversation && f.Type != "conversation.erased");
            Assert.Equal(("skeleton", ""), (await read.FindCaseAsync(TownOffice.TownId, number, Cancel)) is { } c ? (c.Status, c.Resident) : default);
            Assert.True((await read.VerifyAuditAsync(TownOffice.TownId, Cancel)).IsWhole);
            Assert.Equal(["resident-erased", "erasure-decided", "erasure-requested"], (await read.ListAuditAsync(new(TownOffice.TownId) { }, null, 9, Cancel)).Items.Select(a => a.Action));
        }
    }

    [Fact]
    public async Task VerifyAudit_OfATrailSomebodyTouched_NamesThePlaceAndIsSeenOnEveryNode()
    {
        for (var i = 0; i < 3; i++) await _office.Records.AuditAsync(Audit("read"));
        Assert.Null(await House.VerifyAudit());
        await _office.Records.LookAtAuditAsync(Cancel);
        Assert.Null(_office.Records.AuditTrouble);

        await using (var file = new SqliteConnection($"Data Source={_office.RecordsFile};Pooling=False"))
        {
            await file.OpenAsync(Cancel);
            await using var tamper = file.CreateCommand();
            tamper.CommandText = "DROP TRIGGER audit_is_never_changed; UPDATE audit SET principal = 'nobody' WHERE place = 2";
            await tamper.ExecuteNonQueryAsync(Cancel);
        }

        Assert.Equal(2, await House.VerifyAudit());
        await _office.Records.LookAtAuditAsync(Cancel);
        Assert.Contains("2 行目", _office.Records.AuditTrouble, StringComparison.Ordinal);
    }

    private async Task<string> Booked(TestResident resident)
    {
        await resident.GoesTo("receipt");
        return (await Recorded(read => read.Cases.Where(c => c.Town == TownOffice.TownId).Select(c => c.Number).ToListAsync(Cancel), cases => cases.Count == 1))[0];
    }

    private AuditEntry Audit(string action) => new(_office.Time.GetUtcNow(), TownOffice.TownId, "主任", action, "");

    private async Task<T> Recorded<T>(Func<RecordsContext, Task<T>> ask, Func<T, bool> until)
    {
        while (true)
        {
            await using var read = _office.Records.Read();
            var found = await ask(read);
            if (until(found)) return found;
            await Task.Delay(5, Cancel);
        }
    }
}
