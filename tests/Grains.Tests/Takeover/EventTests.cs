using OrleansGov.Grains.Tests.Broadcasts;
using OrleansGov.Records;

namespace OrleansGov.Grains.Tests.Takeover;

/// <summary>What LINE brings and takes, around a takeover (takeover.md §12).</summary>
public sealed class EventTests
{
    [Fact]
    public async Task F15_Broadcast_ToResidentInHuman_GoesOut()
    {
        await using var office = await TownOffice.OpenAsync();
        var crowd = await Crowd.Gather(office, 1);
        var resident = office.Resident("U1");
        await resident.Says("職員と話す");
        await new Officer().Takes(resident);
        var broadcast = await crowd.Broadcast("all").Started();

        await broadcast.Ends();

        Assert.Single(resident.Screen, c => c.Words == broadcast.Words);
        Assert.Equal(ControlState.Human, (await resident.Control()).State);
    }

    [Fact]
    public async Task F18_BotAnswer_WithTokenOf61s_IsPushed()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        var received = resident.Event("見本");
        office.Time.Advance(TimeSpan.FromSeconds(61));

        Assert.Contains("何ですか", await resident.Sends(received), StringComparison.Ordinal);

        Assert.Null(Assert.Single(resident.Screen).Token);
    }

    [Fact]
    public async Task F19_BotAnswer_WithUsedToken_IsPushedOnce()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.Says("メニュー");
        var used = resident.Event("見本") with { ReplyToken = "U1-token-1" };

        await resident.Sends(used);
        await office.Until(() => resident.Screen.Count == 2, timePasses: true);

        Assert.Null(resident.Screen[^1].Token);
        Assert.NotNull(resident.Screen[^1].RetryKey);
        Assert.Single(resident.Screen, c => c.Words.Contains("何ですか", StringComparison.Ordinal));
    }

    [Fact]
    public async Task F20_Reply_On500_IsUnknownNotDuplicated()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        office.Line.Fates = _ => Fate.FailAfter;
        await resident.Says("見本"); // chatter: shown, and the answer lost
        await office.Until(() => office.Line.Calls.Count == 2);
        Assert.Single(resident.Screen);

        office.Line.Fates = _ => Fate.Accept;
        await resident.Says("いす2脚");
        await resident.Says("これで全部");
        await resident.Says("みなと町");
        office.Line.Fates = call => call.Token is null ? Fate.Accept : Fate.FailAfter;
        var before = resident.Screen.Count;
        await resident.Says("職員と話す"); // must arrive: at most one more
        await office.Until(() => resident.Screen.Count(c => c.Words.Contains("おつなぎします", StringComparison.Ordinal)) == 2, timePasses: true);

        Assert.Equal(before + 2, resident.Screen.Count);
    }

    [Fact]
    public async Task F30_Webhook_Twice_SameEventId_HasOneEffect()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("town");
        var asked = resident.Event("職員と話す");
        await resident.Sends(asked);
        var (screen, heard) = (resident.Screen.Count, office.Told<FactBody.Heard>(resident).Count);

        await resident.Sends(asked with { });
        await resident.Sends(resident.Again(asked));

        Assert.Equal((screen, heard), (resident.Screen.Count, office.Told<FactBody.Heard>(resident).Count));
        Assert.Single(office.Told<FactBody.ControlChanged>(resident));
    }

    [Fact]
    public async Task F33_Unsend_OfOpenMessage_RemovesEverywhere()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = await office.TalksTo(officer);
        office.Line.Pictures["p9"] = TinyPicture.Png;
        await resident.Sends(new InboundMessage.Photo("p9"));
        await office.Until(() => office.Contents.OpenAsync(TownOffice.TownId, InboundMessage.ContentId("p9"), default).Result is { } there && Close(there.Bytes));

        await resident.Sends(resident.Event(new InboundMessage.Unsent("p9")) with { ReplyToken = null });
        await office.Until(() => !resident.Stored.Intents.Exists(i => i.Intent is Intent.DropPhoto) || office.Contents.OpenAsync(TownOffice.TownId, InboundMessage.ContentId("p9"), default).Result is null);

        Assert.Null(await office.Contents.OpenAsync(TownOffice.TownId, InboundMessage.ContentId("p9"), TestContext.Current.CancellationToken));
        Assert.Equal("p9", Assert.Single(office.Told<FactBody.Unsent>(resident)).LineMessageId); // Records takes it out of every view

        static bool Close(Stream bytes)
        {
            bytes.Dispose();
            return true;
        }
    }

    [Fact]
    public async Task F36_Event_WithStandbyMode_IsNotAnswered()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();

        Assert.Equal("", await resident.Sends(resident.Event("見本") with { ReplyToken = null, Standby = true }));

        Assert.Empty(office.Line.Calls);
        Assert.Null(resident.Stored.Talk.Active);
        Assert.Equal("見本", Assert.Single(office.Told<FactBody.Heard>(resident)).Text);
    }

    [Fact]
    public async Task Follow_DuringHuman_TellsTheOwnerAndSaysNothing()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = await office.TalksTo(new Officer());
        await resident.Sends(resident.Event(new InboundMessage.Unfollowed()) with { ReplyToken = null });
        var epoch = (await resident.Control()).Epoch;

        Assert.Equal("", await resident.Sends(new InboundMessage.Followed(IsUnblocked: true)));

        Assert.Equal(["unreachable", "reachable"], office.Told<FactBody.Alerted>(resident).Select(a => a.What));
        Assert.Equal(epoch, (await resident.Control()).Epoch);
    }
}
