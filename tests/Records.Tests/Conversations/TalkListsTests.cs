namespace OrleansGov.Records.Tests.Conversations;

public sealed class TalkListsInSqlite() : TalkListsTests(Provider.Sqlite);

public sealed class TalkListsInPostgres() : TalkListsTests(Provider.Postgres);

public abstract class TalkListsTests(Provider provider) : RecordsTests(provider)
{
    private static readonly DateTimeOffset Noon = TempRecords.Noon;

    [Fact]
    public async Task List_OfThoseWhoWait_BeginsWithTheLongest_AndPages()
    {
        await Waits("a", 5);
        await Waits("b", 20);
        await Waits("c", 10);
        await Waits("d", 15, "doro");

        List<string> seen = [];
        TalkPosition? after = null;
        await using var read = Records.Store.Read();
        while (true)
        {
            var page = await read.ListTalksAsync(new(TempRecords.Town, ["gomi"], TalkFilter.Waiting), after, 2, TempRecords.Cancel);
            seen.AddRange(page.Items.Select(t => t.Talk.Id));
            if (!page.HasMore) break;
            after = new(page.Items[^1].Talk.Since, page.Items[^1].Talk.Id);
        }

        Assert.Equal(["b", "c", "a"], seen);
        Assert.Equal([new StateCount("queued", 3)], await read.CountTalksAsync(new(TempRecords.Town, ["gomi"]), TempRecords.Cancel));
        Assert.Empty((await read.ListTalksAsync(new("elsewhere"), null, 9, TempRecords.Cancel)).Items);
    }

    [Fact]
    public async Task List_OfMine_OutOfHours_AndEnded()
    {
        await Tell("a", TempRecords.Heard("こんにちは"), TempRecords.Control(1, "Intervene", "Bot", "Human", "s-1"));
        await Tell("b", TempRecords.Heard("夜です"), TempRecords.Control(1, "RequestStaffOutOfHours", "Bot", "QueuedOutOfHours", waitingSince: Noon));
        await Tell("c", TempRecords.Heard("どうも"), TempRecords.Control(1, "Close", "Human", "Closed"));
        await Tell("e", TempRecords.Heard("ボットだけ"));

        await using var read = Records.Store.Read();
        Assert.Equal(["a"], await Ids(new(TempRecords.Town, Owner: "s-1")));
        Assert.Equal(["b"], await Ids(new(TempRecords.Town, States: TalkFilter.OutOfHours)));
        Assert.Equal(["c"], await Ids(new(TempRecords.Town, States: TalkFilter.Ended)));

        async Task<IEnumerable<string>> Ids(TalkFilter filter) => (await read.ListTalksAsync(filter, null, 9, TempRecords.Cancel)).Items.Select(t => t.Talk.Id);
    }

    [Fact]
    public async Task Item_ShowsTheResidentsLastWordsAndTheCase()
    {
        await Records.Store.AppendAsync([Records.Opened("A-1", Noon)]);
        await Tell("a", TempRecords.Heard("最初"), TempRecords.Heard("最後"), TempRecords.Control(1, "RequestStaff", "Bot", "Queued", waitingSince: Noon), TempRecords.Said("お待ちください"));

        await using var read = Records.Store.Read();
        var item = Assert.Single((await read.ListTalksAsync(new(TempRecords.Town), null, 9, TempRecords.Cancel)).Items);
        Assert.Equal(("最後", "text", "粗大ごみの申込み", "accepted"), (item.LastText, item.LastWhat, item.CaseTitle, item.CaseStatus));
    }

    [Fact]
    public async Task Find_AcrossDepartments_FindsNothing()
    {
        await Waits("a", 5);
        await Tell(TempRecords.Resident, TempRecords.Heard("こんにちは"));
        await Records.Store.AppendAsync([Records.Opened("S-1", Noon, "doro")]);

        await using var read = Records.Store.Read();
        Assert.NotNull(await read.FindTalkAsync(TempRecords.Town, "a", ["gomi"], TempRecords.Cancel));
        Assert.Null(await read.FindTalkAsync(TempRecords.Town, "a", ["doro"], TempRecords.Cancel));
        Assert.Null(await read.FindTalkAsync("elsewhere", "a", null, TempRecords.Cancel));
        Assert.NotNull(await read.FindTalkAsync(TempRecords.Town, TempRecords.Resident, ["doro"], TempRecords.Cancel)); // by a case of theirs
        Assert.Equal([TempRecords.Resident], (await read.ListRecentTalksAsync(TempRecords.Town, ["doro"], null, 9, TempRecords.Cancel)).Items.Select(t => t.Talk.Id));
        Assert.Equal(2, (await read.ListRecentTalksAsync(TempRecords.Town, null, null, 9, TempRecords.Cancel)).Items.Count);
    }

    [Fact]
    public async Task Strip_ShowsWhoHadTheTalkWithoutGaps()
    {
        await At(0, TempRecords.Heard("1"));
        await At(10, TempRecords.Control(1, "RequestStaff", "Bot", "Queued"));
        await At(15, TempRecords.Control(2, "Take", "Queued", "Human", "s-1"));
        await At(20, TempRecords.Control(3, "Transfer", "Human", "Human", "s-2"));
        await At(20, TempRecords.Control(4, "ReturnToBot", "Human", "Returned"));
        await At(25, TempRecords.Control(5, "Resume", "Returned", "Bot"));

        await using var read = Records.Store.Read();
        var strip = await read.ControlStripAsync(TempRecords.Resident, TempRecords.Cancel);
        Assert.Equal([(0, 10, "bot", null), (10, 15, "queue", null), (15, 20, "person", "s-1さん"), (20, null, "bot", null)],
            strip.Select(b => (Minute(b.From)!.Value, Minute(b.To), b.Who, b.OwnerName)));

        Task At(int minute, FactBody body) => Records.Store.AppendAsync([Records.Next(TempRecords.Stream, Noon.AddMinutes(minute), body)]);
        int? Minute(long? at) => at is { } instant ? (int)((instant - Noon.ToUnixTimeMilliseconds()) / 60_000) : null;
    }

    private Task Waits(string id, int minutes, string department = "gomi") =>
        Tell(id, TempRecords.Heard("職員と"), TempRecords.Control(1, "RequestStaff", "Bot", "Queued", department: department, waitingSince: Noon.AddMinutes(-minutes)));

    private Task Tell(string id, params FactBody[] bodies) => Records.Store.AppendAsync([.. bodies.Select(b => Records.Next($"r:main/{id}", Noon, b))]);
}
