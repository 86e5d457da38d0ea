namespace OrleansGov.Records.Tests.Conversations;

public sealed class TranscriptsInSqlite() : TranscriptsTests(Provider.Sqlite);

public sealed class TranscriptsInPostgres() : TranscriptsTests(Provider.Postgres);

public abstract class TranscriptsTests(Provider provider) : RecordsTests(provider)
{
    [Fact]
    public async Task Unsent_RemovesTheWordsAndSaysThatItDid()
    {
        await Records.Append(TempRecords.Heard("わたしの秘密", "m1"), TempRecords.Said("はい"), new FactBody.Unsent("m1"));

        var message = (await Transcript()).Items[0];
        Assert.True(message.Unsent);
        Assert.Null(message.Text);
        Assert.DoesNotContain("秘密", await Everything());
    }

    [Fact]
    public async Task Unsent_WhenItOvertakesTheMessage_TheWordsNeverAppear()
    {
        await Records.Append(new FactBody.Unsent("m1"), TempRecords.Heard("わたしの秘密", "m1"));

        var message = Assert.Single((await Transcript()).Items);
        Assert.True(message.Unsent);
        Assert.Null(message.Text);
    }

    [Fact]
    public async Task Transcript_IsPagedFromTheEnd()
    {
        await Records.Append([.. Enumerable.Range(1, 5).Select(i => TempRecords.Heard($"{i}"))]);

        var last = await Transcript(limit: 2);
        var middle = await Transcript(before: last.Items[0].Seq, limit: 2);
        var first = await Transcript(before: middle.Items[0].Seq, limit: 2);

        Assert.Equal(["4", "5"], last.Items.Select(m => m.Text));
        Assert.Equal(["2", "3"], middle.Items.Select(m => m.Text));
        Assert.Equal(["1"], first.Items.Select(m => m.Text));
        Assert.Equal((true, true, false), (last.HasMore, middle.HasMore, first.HasMore));
    }

    [Fact]
    public async Task FindConversation_OfAnotherTown_FindsNothing()
    {
        await Records.Append(TempRecords.Heard("こんにちは"));
        await using var read = Records.Store.Read();
        Assert.NotNull(await read.FindConversationAsync(TempRecords.Town, TempRecords.Resident, TempRecords.Cancel));
        Assert.Null(await read.FindConversationAsync("elsewhere", TempRecords.Resident, TempRecords.Cancel));
    }

    private async Task<Page<MessageRow>> Transcript(long? before = null, int limit = 50)
    {
        await using var read = Records.Store.Read();
        return await read.TranscriptAsync(TempRecords.Resident, before, limit, TempRecords.Cancel);
    }

    private async Task<string> Everything()
    {
        await using var read = Records.Store.Read();
        return string.Join('\n', await read.Messages.Select(m => m.Text).ToListAsync(TempRecords.Cancel));
    }
}
