namespace OrleansGov.Records.Tests.Conversations;

public sealed class ControlInSqlite() : ControlTests(Provider.Sqlite);

public sealed class ControlInPostgres() : ControlTests(Provider.Postgres);

public abstract class ControlTests(Provider provider) : RecordsTests(provider)
{
    private static readonly DateTimeOffset Noon = TempRecords.Noon;

    [Fact]
    public async Task Conversation_ShowsWhoHasItAfterTheLastChange()
    {
        await Records.Append(
            TempRecords.Heard("職員と話したい"),
            TempRecords.Control(1, "RequestStaff", "Bot", "Queued", waitingSince: Noon.AddMinutes(-3)),
            TempRecords.Control(2, "Take", "Queued", "Human", "s-1"));

        var talk = await Conversation();
        Assert.Equal(("human", 2, "s-1", "s-1さん", "gomi", "A-1"), (talk.State, talk.Epoch, talk.Owner, talk.OwnerName, talk.Department, talk.CaseNumber));
        Assert.Null(talk.WaitingSince);

        await Records.Append(TempRecords.Control(3, "Close", "Human", "Closed"));
        talk = await Conversation();
        Assert.Equal(("closed", 3, null, "gomi"), (talk.State, talk.Epoch, talk.Owner, talk.Department));
    }

    [Fact]
    public async Task Conversation_OfAWaitingResident_IsOrderedByWhenWaitingBegan()
    {
        await Records.Append(TempRecords.Control(1, "RequestStaff", "Bot", "Queued", waitingSince: Noon.AddMinutes(-30)));
        var talk = await Conversation();
        Assert.Equal(Noon.AddMinutes(-30).ToUnixTimeMilliseconds(), talk.Since);
        Assert.Equal(talk.Since, talk.WaitingSince);
    }

    [Fact]
    public async Task Transcript_NamesWhoWroteEachLineAndWhatBecameOfIt()
    {
        var key = Guid.NewGuid();
        await Records.Append(
            TempRecords.Heard("写真を送ります"),
            new FactBody.Heard(TempRecords.Town, "main", "photo", null, "m2") { ContentId = "c-1" },
            new FactBody.Heard(TempRecords.Town, "main", "location", "公園", "m3") { Latitude = 35.5, Longitude = 139.25 },
            TempRecords.Said("職員におつなぎします") with { Author = "system" },
            TempRecords.Said("ボットの答え"),
            TempRecords.StaffSaid("拝見しました", key, "c-2", "c-3"),
            new FactBody.Suppressed(TempRecords.Town, "main", 5, "ボットの答え", "overtaken"),
            new FactBody.Delivered(TempRecords.Town, "main", 6, "failed", "Invalid recipient"));

        await using var read = Records.Store.Read();
        var lines = (await read.TranscriptAsync(TempRecords.Resident, null, 50, TempRecords.Cancel)).Items;
        Assert.Equal(["resident", "resident", "resident", "system", "bot", "staff"], lines.Select(m => m.Author));
        Assert.Equal("c-1", lines[1].ContentIds);
        Assert.Equal((35.5, 139.25), (lines[2].Latitude, lines[2].Longitude));
        Assert.Equal(("suppressed", "overtaken"), (lines[4].Outcome, lines[4].OutcomeDetail));
        Assert.Equal(("s-1", "課 花子", "環境課 職員", "c-2 c-3", key.ToString(), "failed", "Invalid recipient"),
            (lines[5].Staff, lines[5].StaffName, lines[5].Shown, lines[5].ContentIds, lines[5].Key, lines[5].Outcome, lines[5].OutcomeDetail));
    }

    [Fact]
    public async Task F33_Unsend_OfOpenMessage_RemovesEverywhere()
    {
        await Records.Append(
            new FactBody.Heard(TempRecords.Town, "main", "photo", "秘密", "m1") { ContentId = "c-1", Detail = "秘密.jpg", Latitude = 1, Longitude = 2 },
            new FactBody.Unsent("m1") { Town = TempRecords.Town },
            new FactBody.Unsent("m2") { Town = TempRecords.Town },
            new FactBody.Heard(TempRecords.Town, "main", "attachment", "秘密", "m2") { ContentId = "c-2", Detail = "秘密.pdf" });

        await using var read = Records.Store.Read();
        var lines = (await read.TranscriptAsync(TempRecords.Resident, null, 50, TempRecords.Cancel)).Items;
        Assert.All(lines, m => Assert.Equal((true, null, null, null, null, null), (m.Unsent, m.Text, m.ContentIds, m.Detail, m.Latitude, m.Longitude)));
        Assert.Contains((await read.ReadFeedAsync(TempRecords.Town, 0, 50, TempRecords.Cancel)).Items, f => f is { Type: "message.unsent", Subject: TempRecords.Resident }); // the open page takes it away
    }

    [Fact]
    public async Task LastWords_OfATalkAtWork_AreRightToTheWord()
    {
        await Records.Append(TempRecords.Heard("1"), TempRecords.Control(1, "Intervene", "Bot", "Human", "s-1"));
        await Records.Store.AppendAsync([Records.Next(TempRecords.Stream, Noon.AddSeconds(10), TempRecords.StaffSaid("2"))]);
        await Records.Store.AppendAsync([Records.Next(TempRecords.Stream, Noon.AddSeconds(20), TempRecords.Heard("3") with { Attended = true })]);

        var talk = await Conversation();
        Assert.Equal((Noon.AddSeconds(20).ToUnixTimeMilliseconds(), Noon.AddSeconds(10).ToUnixTimeMilliseconds(), "staff"), (talk.HeardAt, talk.SaidAt, talk.SaidBy));
    }

    [Fact]
    public async Task Erased_TakesTheWordsAndLeavesThatThereWasATalk()
    {
        await Records.Append(
            TempRecords.Heard("わたしの秘密"), TempRecords.Control(1, "RequestStaff", "Bot", "Queued"), TempRecords.StaffSaid("秘密ですね"),
            TempRecords.Control(2, "Erase", "Queued", "Erased"), new FactBody.Erased(TempRecords.Town, "main", "s-9"));

        await using var read = Records.Store.Read();
        Assert.Empty((await read.TranscriptAsync(TempRecords.Resident, null, 50, TempRecords.Cancel)).Items);
        Assert.Equal(("erased", null), ((await Conversation()).State, (await Conversation()).Reason));
        Assert.All(await read.ControlChanges.ToListAsync(TempRecords.Cancel), c => Assert.Null(c.Reason));
        await Records.Append(TempRecords.Heard("はじめまして")); // a fresh talk that knows nothing of the old one
        Assert.Equal("bot", (await Conversation()).State);
        Assert.Equal(["はじめまして"], (await read.TranscriptAsync(TempRecords.Resident, null, 50, TempRecords.Cancel)).Items.Select(m => m.Text));
        Assert.Equal(["conversation.erased"], (await read.ReadFeedAsync(TempRecords.Town, 0, 50, TempRecords.Cancel)).Items.Select(f => f.Type).Distinct());
    }

    private async Task<ConversationRow> Conversation()
    {
        await using var read = Records.Store.Read();
        return (await read.FindConversationAsync(TempRecords.Town, TempRecords.Resident, TempRecords.Cancel))!;
    }
}
