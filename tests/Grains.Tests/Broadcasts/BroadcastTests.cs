using Microsoft.EntityFrameworkCore;
using OrleansGov.Records;

namespace OrleansGov.Grains.Tests.Broadcasts;

/// <summary>A broadcast from the draft to its end, in whatever mood LINE is.</summary>
public sealed class BroadcastTests
{
    [Fact]
    public async Task Broadcast_ToACrowd_ReachesEverybodyOnceAndLeavesNoListBehind()
    {
        await using var office = await TownOffice.OpenAsync();
        var crowd = await Crowd.Gather(office, 1_201);
        var broadcast = await crowd.Broadcast("one").Started();

        var end = await broadcast.Ends();

        Assert.Equal((BroadcastStage.Done, 1_201, new BroadcastTally(1_201, 0, 0, 0)), (end.Stage, end.Audience, end.Tally));
        Assert.Empty(broadcast.Missing());
        Assert.Equal([201, 500, 500], office.Line.Calls.Select(c => c.Everybody.Count).Order());
        for (var n = 0; n < 3; n++) Assert.Empty(await office.Grains.GetGrain<IBroadcastChunkGrain>(BroadcastKey.Chunk(broadcast.Key, n)).Read());
    }

    [Fact]
    public async Task Broadcast_WithATitle_SaysItAboveTheText()
    {
        await using var office = await TownOffice.OpenAsync();
        var crowd = await Crowd.Gather(office, 1);
        var broadcast = crowd.Broadcast("titled");
        await broadcast.Grain.Draft(new BroadcastDraft(TownOffice.Channel, "断水", "明日 9 時から断水します。", "test", office.Time.GetUtcNow()));
        await broadcast.Grain.Start(1, "test");

        await broadcast.Ends();

        Assert.Equal("【断水】\n明日 9 時から断水します。", Assert.Single(office.Line.ScreenOf("U1")).Words);
    }

    [Fact]
    public async Task Broadcast_ToWhoJoinedAfterTheStart_DoesNotGo()
    {
        await using var office = await TownOffice.OpenAsync();
        var crowd = await Crowd.Gather(office, 3);
        office.Storage.Refuses = name => name == "broadcast-chunk"; // freezing gets nowhere before they join
        var broadcast = await crowd.Broadcast("late").Started();
        office.Time.Advance(TimeSpan.FromSeconds(1));
        await crowd.Join("U4");
        office.Storage.Refuses = _ => false;

        Assert.Equal(3, (await broadcast.Ends()).Audience);

        Assert.Equal(["U4"], broadcast.Missing());
    }

    [Fact]
    public async Task Broadcast_ToWhoBlockedBefore_DoesNotCountThem()
    {
        await using var office = await TownOffice.OpenAsync();
        var crowd = await Crowd.Gather(office, 3);
        await crowd.Blocks("U2");

        Assert.Equal(2, (await (await crowd.Broadcast("before").Started()).Ends()).Audience);
    }

    [Fact]
    public async Task Broadcast_ToWhoBlockedSinceOrHasNoAddress_SkipsAndCountsThem()
    {
        await using var office = await TownOffice.OpenAsync();
        var crowd = await Crowd.Gather(office, 4);
        await office.Records.AppendAsync([new Fact(Crowd.KeyOf("nowhere"), 1, office.Time.GetUtcNow(), new FactBody.Heard(TownOffice.TownId, TownOffice.Channel, "followed", null, null))]);
        office.Line.Fates = _ => Fate.TooMany;
        var broadcast = await crowd.Broadcast("since").Started();
        office.Storage.Refuses = name => name == "broadcast"; // the sheet is written, the page not begun
        await broadcast.Ends(s => s.Stage == BroadcastStage.Freezing);
        await crowd.Blocks("U2");
        office.Storage.Refuses = _ => false;
        office.Line.Fates = _ => Fate.Accept;

        var end = await broadcast.Ends();

        Assert.Equal(end.Audience, end.Tally.Total);
        Assert.Equal(["U2"], broadcast.Missing());
        Assert.InRange(end.Tally.Skipped, 1, 2);
    }

    [Fact]
    public async Task Start_OverTheCap_IsRefusedAndSendsNothing()
    {
        await using var office = await TownOffice.OpenAsync(broadcasts: new BroadcastOptions { MostRecipients = 2 });
        var crowd = await Crowd.Gather(office, 3);
        var grain = crowd.Broadcast("many").Grain;
        await grain.Draft(new BroadcastDraft(TownOffice.Channel, null, "x", "test", office.Time.GetUtcNow()));

        var answer = await grain.Start(1, "test");

        Assert.Equal((BroadcastVerdict.OverCap, 3, BroadcastStage.Draft), (answer.Verdict, answer.Audience, answer.Standing!.Stage));
        Assert.Empty(office.Line.Calls);
    }

    [Fact]
    public async Task Start_ByTwoOfficers_HappensOnce()
    {
        await using var office = await TownOffice.OpenAsync();
        var crowd = await Crowd.Gather(office, 2);
        var broadcast = await crowd.Broadcast("twice").Started();

        Assert.Equal(BroadcastVerdict.Illegal, (await broadcast.Grain.Start(1, "another")).Verdict);

        await broadcast.Ends();
        Assert.Empty(broadcast.Missing());
    }

    [Fact]
    public async Task Start_WithAnOldRevisionOrOfNothing_IsRefused()
    {
        await using var office = await TownOffice.OpenAsync();
        var crowd = new Crowd(office);
        var grain = crowd.Broadcast("old").Grain;
        Assert.Equal(BroadcastVerdict.Unknown, (await grain.Start(1, "test")).Verdict);
        await grain.Draft(new BroadcastDraft(TownOffice.Channel, null, "x", "test", office.Time.GetUtcNow()));
        Assert.Equal(BroadcastVerdict.Stale, (await grain.Start(9, "test")).Verdict);
    }

    [Fact]
    public async Task Draft_Twice_KeepsTheFirst()
    {
        await using var office = await TownOffice.OpenAsync();
        var grain = new Crowd(office).Broadcast("draft").Grain;
        await grain.Draft(new BroadcastDraft(TownOffice.Channel, null, "一", "test", office.Time.GetUtcNow()));
        Assert.Equal("一", (await grain.Draft(new BroadcastDraft(TownOffice.Channel, null, "二", "test", office.Time.GetUtcNow()))).Draft.Text);
    }

    /// <summary>Every mood once, on the first call of each page; the pages come through all the same and nobody reads twice.</summary>
    [Theory]
    [InlineData(Fate.FailBefore), InlineData(Fate.FailAfter), InlineData(Fate.HangUpAfter), InlineData(Fate.TooMany), InlineData(Fate.Unauthorized), InlineData(Fate.NoConnection), InlineData(Fate.MonthlyLimit)]
    public async Task Pages_WhoseFirstCallGoesWrong_AreSentOnceAllTheSame(Fate fate)
    {
        await using var office = await TownOffice.OpenAsync();
        var crowd = await Crowd.Gather(office, 1_100);
        var seen = new HashSet<string>();
        office.Line.Fates = call => seen.Add(call.RetryKey!) ? fate : Fate.Accept;
        var broadcast = await crowd.Broadcast("moody").Started();

        var end = await broadcast.Ends(passing: TimeSpan.FromMilliseconds(100));

        Assert.Equal((BroadcastStage.Done, 1_100), (end.Stage, end.Tally.Sent));
        Assert.Empty(broadcast.Missing());
        Assert.All(office.Line.Calls.GroupBy(c => c.RetryKey), key => Assert.Single(key.Select(c => c.Body).Distinct())); // the same people and the same words under a key
    }

    [Fact]
    public async Task Broadcast_WhenTheMonthIsUsedUp_IsHeldUntilLineTakesItAgain()
    {
        await using var office = await TownOffice.OpenAsync();
        var crowd = await Crowd.Gather(office, 10);
        office.Line.Fates = _ => Fate.MonthlyLimit;
        var broadcast = await crowd.Broadcast("held").Started();

        var held = await broadcast.Ends(s => s.Stage == BroadcastStage.Held);
        Assert.Equal(("monthly-limit", office.Time.GetUtcNow().AddHours(1)), (held.Reason, held.WaitsUntil!.Value));

        office.Line.Fates = _ => Fate.Accept;
        Assert.Equal(10, (await broadcast.Ends()).Tally.Sent);
        Assert.Empty(broadcast.Missing());
    }

    [Fact]
    public async Task Broadcast_WithOneRecipientLineDoesNotKnow_ReachesTheOthers()
    {
        await using var office = await TownOffice.OpenAsync();
        var crowd = await Crowd.Gather(office, 40);
        office.Line.Fates = call => call.Everybody.Contains("U7") ? Fate.Refuse : Fate.Accept;
        var broadcast = await crowd.Broadcast("unknown").Started();

        var end = await broadcast.Ends();

        Assert.Equal((BroadcastStage.Done, new BroadcastTally(39, 0, 1, 0)), (end.Stage, end.Tally));
        Assert.Equal(["U7"], broadcast.Missing());
    }

    [Fact]
    public async Task Broadcast_WhoseMessageLineRefuses_FailsAfterTheFirstCallsAndSaysWhy()
    {
        await using var office = await TownOffice.OpenAsync();
        var crowd = await Crowd.Gather(office, 40);
        office.Line.Fates = _ => Fate.Refuse;
        office.Line.Validates = false;

        var end = await (await crowd.Broadcast("refused").Started()).Ends();

        Assert.Equal((BroadcastStage.Failed, "message-refused", 40), (end.Stage, end.Reason, end.Tally.Failed));
        Assert.Single(office.Line.Calls, c => c.RetryKey is not null);
    }

    [Fact]
    public async Task Stop_InTheMiddle_LetsWhatIsOnItsWayArriveAndNothingAfter()
    {
        await using var office = await TownOffice.OpenAsync(broadcasts: new BroadcastOptions { AtOnce = 1 });
        var crowd = await Crowd.Gather(office, 2_000);
        var broadcast = crowd.Broadcast("stopped");
        Task<BroadcastAnswer>? stop = null;
        office.Line.Fates = call =>
        {
            if (office.Line.Calls.Count == 1) stop ??= broadcast.Grain.Stop(2, "test"); // while the second page is on its way
            return Fate.Accept;
        };
        await broadcast.Started();

        var end = await broadcast.Ends();

        Assert.Equal(BroadcastVerdict.Done, (await stop!).Verdict);
        Assert.Equal((BroadcastStage.Stopped, "test"), (end.Stage, end.StoppedBy));
        Assert.InRange(end.Tally.Sent, 1_000, 1_500); // the stop may be heard only after the next page has begun
        Assert.Equal(2_000 - end.Tally.Sent, broadcast.Missing().Count);
        Assert.Equal(BroadcastVerdict.Done, (await broadcast.Grain.Stop(2, "another")).Verdict); // pressed twice
    }

    [Fact]
    public async Task Stop_WhileHeld_EndsIt()
    {
        await using var office = await TownOffice.OpenAsync();
        var crowd = await Crowd.Gather(office, 10);
        office.Line.Fates = _ => Fate.MonthlyLimit;
        var broadcast = await crowd.Broadcast("held-stopped").Started();
        await broadcast.Ends(s => s.Stage == BroadcastStage.Held);

        await broadcast.Grain.Stop(2, "test");

        Assert.Equal((BroadcastStage.Stopped, 0), ((await broadcast.Ends()).Stage, office.Line.ScreenOf("U1").Count));
    }

    [Fact]
    public async Task Stop_OfADraftOrOfWhatIsDone_IsRefused()
    {
        await using var office = await TownOffice.OpenAsync();
        var crowd = await Crowd.Gather(office, 1);
        var broadcast = crowd.Broadcast("done");
        await broadcast.Grain.Draft(new BroadcastDraft(TownOffice.Channel, null, "x", "test", office.Time.GetUtcNow()));
        Assert.Equal(BroadcastVerdict.Illegal, (await broadcast.Grain.Stop(1, "test")).Verdict);
        await broadcast.Started();
        await broadcast.Ends();
        Assert.Equal(BroadcastVerdict.Illegal, (await broadcast.Grain.Stop(2, "test")).Verdict);
    }

    [Fact]
    public async Task Records_AfterTheEnd_SayWhatTheGrainSays()
    {
        await using var office = await TownOffice.OpenAsync();
        var crowd = await Crowd.Gather(office, 5);
        var broadcast = await crowd.Broadcast("told").Started();
        var end = await broadcast.Ends();
        await broadcast.Ends(s => s.Facts.Waiting.IsEmpty); // the next wake notes that they were handed over

        await using var records = office.Records.Read();
        var row = await records.Broadcasts.SingleAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("told", "main", "done", 2, 5, 5), (row.Id, row.Channel, row.Stage, row.Revision, row.Audience, row.Sent));
        Assert.Equal(end.EndedAt!.Value.ToUnixTimeMilliseconds(), row.EndedAt);
    }
}
