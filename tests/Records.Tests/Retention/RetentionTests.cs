namespace OrleansGov.Records.Tests.Retention;

public sealed class RetentionInSqlite() : RetentionTests(Provider.Sqlite);

public sealed class RetentionInPostgres() : RetentionTests(Provider.Postgres);

public abstract class RetentionTests(Provider provider) : RecordsTests(provider)
{
    private static readonly DateTimeOffset Noon = TempRecords.Noon;

    [Fact]
    public async Task Settings_AreAskedForUntilEachClassHasOne()
    {
        Assert.Equal(RetentionClass.All, await Missing());
        await Set(RetentionClass.ConversationText, 365);
        await Set(RetentionClass.Media, 90);
        await Set(RetentionClass.Applications, 1825);
        await Set(RetentionClass.Audit, 3650);
        Assert.Empty(await Missing());
    }

    [Fact]
    public async Task Set_BelowTheFloorOrLongerThanTheWords_IsRefused()
    {
        await Set(RetentionClass.ConversationText, 365);
        Assert.Equal(RetentionVerdict.BelowFloor, (await Set(RetentionClass.Audit, 364)).Verdict);
        Assert.Equal(RetentionVerdict.LongerThanText, (await Set(RetentionClass.Media, 366)).Verdict);
        Assert.Equal(RetentionVerdict.Invalid, (await Set("everything", 30)).Verdict);
        Assert.Equal(RetentionVerdict.Invalid, (await Set(RetentionClass.Media, 0)).Verdict);
        Assert.Equal(RetentionVerdict.Done, (await Set(RetentionClass.Media, 365)).Verdict);
        Assert.Equal(RetentionVerdict.LongerThanText, (await Set(RetentionClass.ConversationText, 30, revision: 1)).Verdict); // the pictures would stay
    }

    [Fact]
    public async Task Set_OnAnOldRevision_IsStale_AndTheChangeIsAudited()
    {
        await Set(RetentionClass.ConversationText, 365);
        Assert.Equal(RetentionVerdict.Done, (await Set(RetentionClass.ConversationText, 730, revision: 1)).Verdict);
        Assert.Equal(RetentionVerdict.Stale, (await Set(RetentionClass.ConversationText, 30, revision: 1)).Verdict);

        await using var read = Records.Store.Read();
        var line = (await read.ListAuditAsync(new(TempRecords.Town), null, 1, TempRecords.Cancel)).Items[0];
        Assert.Equal((RetentionClass.ConversationText, "365", "730"), (line.Subject, line.Before, line.After));
    }

    [Fact]
    public async Task DeleteText_TakesWhatIsPastItsTime_ByDepartment_AndKeepsWhatIsHeld()
    {
        await Set(RetentionClass.ConversationText, 365);
        await Set(RetentionClass.ConversationText, 30, "doro");
        foreach (var (id, department) in new[] { ("a", "gomi"), ("b", "doro"), ("c", "gomi") })
        {
            await Tell(id, Noon.AddDays(-100), TempRecords.Heard("古い"));
            await Tell(id, Noon.AddDays(-10), TempRecords.Control(1, "RequestStaff", "Bot", "Queued", department: department), TempRecords.Heard("新しい"));
        }

        await Records.Store.AppendAsync([
            Records.Next($"c:{TempRecords.Town}/H-1", Noon, Case("H-1", "c")),
            Records.Next($"c:{TempRecords.Town}/H-1", Noon, new FactBody.CaseChanged("H-1", "waiting", null, null, null, "", "held", "s-1") { Hold = "訴訟", Revision = 2 })]);

        Assert.Equal(1, await Records.Store.DeleteTextAsync(TempRecords.Town, "doro", Noon.AddDays(-30), TempRecords.Cancel));
        Assert.Equal(["a 古い", "a 新しい", "b 新しい", "c 古い", "c 新しい"], await Texts());
        Assert.Equal(1, await Records.Store.DeleteTextAsync(TempRecords.Town, "", Noon.AddDays(-50), TempRecords.Cancel));
        Assert.Equal(["a 新しい", "b 新しい", "c 古い", "c 新しい"], await Texts());
        Assert.Equal(0, await Records.Store.DeleteTextAsync("elsewhere", "", Noon, TempRecords.Cancel));
    }

    [Fact]
    public async Task DeleteMedia_DeletesTheFiles_AndKeepsTheWords()
    {
        await Tell("a", Noon.AddDays(-100), new FactBody.Heard(TempRecords.Town, "main", "photo", "写真です", "m1") { ContentId = "c-1" }, TempRecords.StaffSaid("どうぞ", null, "c-2", "c-3"));
        await Tell("a", Noon, new FactBody.Heard(TempRecords.Town, "main", "photo", null, "m2") { ContentId = "c-4" });

        List<string> files = [];
        Assert.Equal(3, await Records.Store.DeleteMediaAsync(TempRecords.Town, "", Noon.AddDays(-90), id =>
        {
            files.Add(id);
            return Task.CompletedTask;
        }, TempRecords.Cancel));
        Assert.Equal(["c-1", "c-2", "c-3"], files);
        await using var read = Records.Store.Read();
        Assert.Equal([null, null, "c-4"], (await read.TranscriptAsync("a", null, 9, TempRecords.Cancel)).Items.Select(m => m.ContentIds));
    }

    [Fact]
    public async Task CasesPastTheirTime_AreOverAndNotHeld_ByProcedure()
    {
        await Set(RetentionClass.Applications, 30, "passport");
        foreach (var (number, status, hold) in new[] { ("S-1", "archived", null), ("S-2", "waiting", null), ("S-3", "cancelled", "訴訟"), ("S-4", "cancelled", (string?)null) })
            await Records.Store.AppendAsync([
                Records.Next($"c:{TempRecords.Town}/{number}", Noon.AddDays(-100), Case(number, "a")),
                Records.Next($"c:{TempRecords.Town}/{number}", Noon.AddDays(-90), new FactBody.CaseChanged(number, status, null, null, null, "", status, "s-1") { Hold = hold, Revision = 2 })]);

        await using var read = Records.Store.Read();
        Assert.Equal(["S-1", "S-4"], await read.CasesPastTheirTimeAsync(TempRecords.Town, "", Noon.AddDays(-30), 9, TempRecords.Cancel));
        Assert.Empty(await read.CasesPastTheirTimeAsync(TempRecords.Town, "passport", Noon, 9, TempRecords.Cancel));
        Assert.Empty(await read.CasesPastTheirTimeAsync(TempRecords.Town, "", Noon.AddDays(-95), 9, TempRecords.Cancel));
    }

    [Fact]
    public async Task DeleteAudit_LeavesAChainThatIsWhole_AndNeverTakesWhatIsYoung()
    {
        for (var day = 5; day > 0; day--) await Records.Store.AuditAsync(new(Noon.AddDays(-400 - day), TempRecords.Town, "山田", "old", $"{day}"));
        await Records.Store.AuditAsync(new(Noon, TempRecords.Town, "山田", "new", "1"));

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Records.Store.DeleteAuditAsync(TempRecords.Town, Noon.AddDays(-364), Noon));
        Assert.Equal(3, await Records.Store.DeleteAuditAsync(TempRecords.Town, Noon.AddDays(-402), Noon));
        Assert.Equal(0, await Records.Store.DeleteAuditAsync(TempRecords.Town, Noon.AddDays(-402), Noon));
        await Records.Store.AuditAsync(new(Noon, TempRecords.Town, "山田", "new", "2"));

        await using var read = Records.Store.Read();
        Assert.Equal(new AuditVerdict(TempRecords.Town, 4, null, null), await read.VerifyAuditAsync(TempRecords.Town, TempRecords.Cancel));
        Assert.Equal(["2", "1", "1", "2"], (await read.ListAuditAsync(new(TempRecords.Town), null, 9, TempRecords.Cancel)).Items.Select(a => a.Subject));
    }

    [Fact]
    public async Task NoteRun_KeepsCountsADay()
    {
        var day = new DateOnly(2026, 11, 2);
        await using var read = Records.Store.Read();
        Assert.False(await read.HasRunAsync(TempRecords.Town, day, RetentionClass.Media, TempRecords.Cancel));
        await Records.Store.NoteRunAsync(TempRecords.Town, day, RetentionClass.Media, Noon, 3, 1);
        await Records.Store.NoteRunAsync(TempRecords.Town, day, RetentionClass.Media, Noon, 4, 1);
        Assert.True(await read.HasRunAsync(TempRecords.Town, day, RetentionClass.Media, TempRecords.Cancel));
        Assert.Equal((7, 1), (await read.RetentionRunsAsync(TempRecords.Town, 9, TempRecords.Cancel)) is [var run] ? (run.Deleted, run.Held) : default);
    }

    private static FactBody.CaseOpened Case(string number, string resident) =>
        new(number, TempRecords.Town, "main", resident, "bulky-waste", 1, "粗大ごみ", "gomi", "application", "accepted", null, null, null, "");

    private Task<RetentionAnswer> Set(string @class, int days, string scope = "", int? revision = null) =>
        Records.Store.SetRetentionAsync(TempRecords.Town, @class, scope, days, revision, "s-1", new(Noon, TempRecords.Town, "山田", "retention-set", ""));

    private Task Tell(string id, DateTimeOffset at, params FactBody[] bodies) => Records.Store.AppendAsync([.. bodies.Select(b => Records.Next($"r:main/{id}", at, b))]);

    private async Task<ImmutableList<string>> Missing()
    {
        await using var read = Records.Store.Read();
        return await read.RetentionMissingAsync(TempRecords.Town, TempRecords.Cancel);
    }

    private async Task<List<string>> Texts()
    {
        await using var read = Records.Store.Read();
        return await read.Messages.OrderBy(m => m.Conversation).ThenBy(m => m.Seq).Select(m => m.Conversation + " " + m.Text).ToListAsync(TempRecords.Cancel);
    }
}
