namespace OrleansGov.Records.Tests.Feeds;

public sealed class FeedInSqlite() : FeedTests(Provider.Sqlite);

public sealed class FeedInPostgres() : FeedTests(Provider.Postgres);

public abstract class FeedTests(Provider provider) : RecordsTests(provider)
{
    [Fact]
    public async Task Feed_TellsWhatChangedInTheDepartmentWhoseDeskItIs()
    {
        await Records.Append(
            TempRecords.Heard("職員と話したい"),
            TempRecords.Control(1, "RequestStaff", "Bot", "Queued", waitingSince: TempRecords.Noon),
            TempRecords.Heard("まだですか") with { Attended = true },
            TempRecords.Control(2, "Take", "Queued", "Human", "s-1"),
            TempRecords.StaffSaid("お待たせしました"),
            new FactBody.Delivered(TempRecords.Town, "main", 5, "sent", null));

        Assert.Equal(
            ["handoff.initiated", "message.received", "handoff.accepted", "message.sent", "message.delivered"],
            (await Read(0)).Items.Where(f => f is { Department: "gomi", Subject: TempRecords.Resident }).Select(f => f.Type));
    }

    [Fact]
    public async Task Feed_OfATalkWithTheBot_IsSilent()
    {
        await Records.Append(TempRecords.Heard("粗大ごみ"), TempRecords.Said("品目は？"));
        Assert.Empty((await Read(0)).Items);
    }

    [Fact]
    public async Task Feed_WhenATalkMoves_TellsTheDepartmentThatLosesIt()
    {
        await Records.Append(TempRecords.Control(3, "Release", "Human", "Queued", department: "doro", former: "gomi"));
        Assert.Equal([("doro", "conversation.released"), ("gomi", "conversation.moved")], (await Read(0)).Items.Select(f => (f.Department!, f.Type)));
    }

    [Fact]
    public async Task Feed_OfAnotherTown_IsNotTold()
    {
        await Records.Store.AppendAsync([Records.Opened("S-1", TempRecords.Noon)]);
        await using var read = Records.Store.Read();
        var part = await read.ReadFeedAsync("elsewhere", 0, 10, TempRecords.Cancel);
        Assert.Empty(part.Items);
        Assert.Equal(1, part.Last);
    }

    [Fact]
    public async Task Read_InParts_SkipsAndRepeatsNothing()
    {
        await Records.Store.AppendAsync([.. Enumerable.Range(1, 7).Select(i => Records.Opened($"S-{i}", TempRecords.Noon))]);
        List<string> seen = [];
        for (var after = 0L; ;)
        {
            var part = await Read(after, 3);
            seen.AddRange(part.Items.Select(f => f.Subject));
            after = part.Last;
            if (part.Items.IsEmpty) break;
        }

        Assert.Equal(["S-1", "S-2", "S-3", "S-4", "S-5", "S-6", "S-7"], seen);
    }

    [Fact]
    public async Task Prune_TellsOnlyThoseWhoMissedSomething()
    {
        await Records.Store.AppendAsync([Records.Opened("S-1", TempRecords.Noon), Records.Opened("S-2", TempRecords.Noon)]);
        Assert.Equal(0, await Records.Store.PruneFeedAsync(DateTimeOffset.UtcNow - FeedReading.Kept));
        Assert.Equal(2, await Records.Store.PruneFeedAsync(DateTimeOffset.UtcNow.AddMinutes(1)));
        await Records.Store.AppendAsync([Records.Opened("S-3", TempRecords.Noon)]);

        Assert.False((await Read(1)).IsComplete); // has not seen S-2
        var upToDate = await Read(2);
        Assert.True(upToDate.IsComplete);
        Assert.Equal("S-3", Assert.Single(upToDate.Items).Subject);
        Assert.False((await Read(99)).IsComplete); // from records that were restored from a back-up
    }

    [Fact]
    public async Task Wait_WakesAtTheNextCommit()
    {
        Assert.Equal(0, Records.Store.Feed.Head);
        var waiting = Records.Store.Feed.WaitAsync(0, TempRecords.Cancel);
        Assert.False(waiting.IsCompleted);
        await Records.Store.AppendAsync([Records.Opened("S-1", TempRecords.Noon)]);
        await waiting.WaitAsync(TimeSpan.FromSeconds(4), TempRecords.Cancel); // before the listener looks by itself
        Assert.Equal(1, (await Read(0)).Last);
    }

    private async Task<FeedPart> Read(long after, int limit = 50)
    {
        await using var read = Records.Store.Read();
        return await read.ReadFeedAsync(TempRecords.Town, after, limit, TempRecords.Cancel);
    }
}

/// <summary>Two nodes tell at once; whoever follows on either misses nothing and sees one order.</summary>
public sealed class FeedOfTwoNodes() : RecordsTests(Provider.Postgres)
{
    private const int Each = 150;

    [Fact]
    public async Task Follow_WhileBothNodesWrite_SeesEverythingOnceAndInOneOrder()
    {
        using var other = await Records.OpenAsync();
        RecordsStore[] nodes = [Records.Store, other];
        var following = nodes.Select(Follow).ToArray();
        await Task.WhenAll(nodes.SelectMany((node, n) => Enumerable.Range(0, 5).Select(async lane =>
        {
            for (var i = 0; i < Each / 5; i++) await node.AppendAsync([new Fact($"c:{TempRecords.Town}/{n}-{lane}-{i}", 1, TempRecords.Noon, Opened($"{n}-{lane}-{i}"))]);
        })));

        var seen = await Task.WhenAll(following);
        Assert.Equal(2 * Each, seen[0].Distinct().Count());
        Assert.Equal(seen[0], seen[1]);
    }

    [Fact]
    public async Task Wait_WhenTheOtherNodeCommits_WakesAtOnce()
    {
        using var other = await Records.OpenAsync();
        var waiting = other.Feed.WaitAsync(0, TempRecords.Cancel);
        await Records.Store.AppendAsync([Records.Opened("S-1", TempRecords.Noon)]);
        await waiting.WaitAsync(TimeSpan.FromSeconds(4), TempRecords.Cancel);
    }

    private static FactBody.CaseOpened Opened(string number) =>
        new(number, TempRecords.Town, "main", TempRecords.Resident, "bulky-waste", 1, "粗大ごみの申込み", "gomi", "application", "accepted", null, null, null, "");

    private static async Task<List<string>> Follow(RecordsStore node)
    {
        List<string> seen = [];
        for (var after = 0L; seen.Count < 2 * Each;)
        {
            await node.Feed.WaitAsync(after, TempRecords.Cancel);
            await using var read = node.Read();
            var part = await read.ReadFeedAsync(TempRecords.Town, after, 20, TempRecords.Cancel);
            Assert.True(part.IsComplete);
            seen.AddRange(part.Items.Select(f => $"{f.Seq} {f.Subject}"));
            after = part.Last;
        }

        return seen;
    }
}
