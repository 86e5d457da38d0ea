using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Grains.Tests.Residents;

/// <summary>Order, repeats and durability of a resident's turns.</summary>
public sealed class ReceiveTests
{
    [Fact]
    public async Task Receive_OfOneEvent_WritesTheResidentOnce()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("day");
        var before = office.Storage.Writes(resident.Key);

        await resident.Says("11月30日");

        Assert.Equal(before + 1, office.Storage.Writes(resident.Key));
    }

    [Fact]
    public async Task Receive_WhenEventIsRedelivered_SaysAndStoresNothingTwice()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        var once = resident.Event("見本");
        await resident.Sends(once);
        var writes = office.Storage.Writes(resident.Key);

        Assert.Equal("", await resident.Sends(resident.Again(once)));

        Assert.Single(resident.Screen);
        Assert.Equal(writes, office.Storage.Writes(resident.Key));
    }

    [Fact]
    public async Task Receive_WhenOnlyTheRedeliveryArrives_AnswersIt()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        var lost = resident.Event("見本");
        office.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Contains("何ですか", await resident.Sends(resident.Again(lost)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receive_WhenRedeliveredAfterARestart_SaysNothingTwice()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        var once = resident.Event("見本");
        await resident.Sends(once);
        await office.RestartAsync();

        await resident.Grain.Receive(resident.Again(once));
        await resident.Grain.Wake();

        Assert.Single(resident.Screen);
    }

    [Fact]
    public async Task Receive_OfTwoEventsAtOnce_AnswersThemInOrder()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        var (first, second) = (resident.Event("見本"), resident.Event("いす3脚"));

        await Task.WhenAll(resident.Grain.Receive(first), resident.Grain.Receive(second));
        await resident.Quiet();

        Assert.Collection(resident.Screen,
            call => Assert.Contains("何ですか", call.Words, StringComparison.Ordinal),
            call => Assert.Contains("いす ×3", call.Words, StringComparison.Ordinal));
        Assert.Equal([first.ReplyToken, second.ReplyToken], resident.Screen.Select(c => c.Token));
    }

    [Fact]
    public async Task Receive_OfAnOlderEventThatComesLate_IsRecordedButNotAnAnswer()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("thing");

        var said = await resident.Sends(resident.Event(new InboundMessage.Text("いす5脚", "late"), office.Time.GetUtcNow() - TimeSpan.FromMinutes(3)));

        Assert.Contains("遅れて届いた", said, StringComparison.Ordinal);
        Assert.Contains("何ですか", said, StringComparison.Ordinal);
        Assert.Empty(resident.Stored.Talk.Active!.Answers);
        await using var records = office.Records.Read();
        Assert.True(await records.Messages.AnyAsync(m => m.Text == "いす5脚", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Receive_WhenTheStateCannotBeStored_ThrowsAndForgetsTheTurn()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("thing");
        var lost = resident.Event("いす2脚");
        office.Storage.Refuses = name => name == "resident";

        await Assert.ThrowsAnyAsync<Exception>(() => resident.Grain.Receive(lost)); // the door answers LINE with a failure
        office.Storage.Refuses = _ => false;
        office.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("机 ×1", await resident.Says("机1台"), StringComparison.Ordinal); // the next word finds what was stored

        var basket = await resident.Sends(resident.Again(lost)); // and the lost one comes again, now late
        Assert.DoesNotContain("いす", basket, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receive_AfterAFailedWrite_TakesTheRedeliveryAsNew()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("thing");
        var lost = resident.Event("いす2脚");
        office.Storage.Refuses = name => name == "resident";
        await Assert.ThrowsAnyAsync<Exception>(() => resident.Grain.Receive(lost));
        office.Storage.Refuses = _ => false;

        Assert.Contains("いす ×2", await resident.Sends(resident.Again(lost)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receive_WhenAMessageIsTakenBack_RemovesItsTextFromTheTranscript()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.Sends(new InboundMessage.Text("ひみつの話", "m-1"));

        Assert.Equal("", await resident.Sends(new InboundMessage.Unsent("m-1")));

        await using var records = office.Records.Read();
        var message = await records.Messages.SingleAsync(m => m.LineMessageId == "m-1", TestContext.Current.CancellationToken);
        Assert.Null(message.Text);
        Assert.DoesNotContain("ひみつ", System.Text.Json.JsonSerializer.Serialize(resident.Stored.Talk), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receive_WhenAPictureIsTakenBack_RemovesOurCopy()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        office.Line.Pictures["p-1"] = TinyPicture.Png;
        await resident.Says("通報");
        await resident.Sends(new InboundMessage.Photo("p-1"));
        var id = resident.Stored.Talk.Active!.Draft!.Candidates[0];
        await Until(async () => await Open(office, id) is not null);

        await resident.Sends(new InboundMessage.Unsent("p-1"));

        await Until(async () => await Open(office, id) is null);
        Assert.Contains("写真", await resident.Says("これで全部"), StringComparison.Ordinal); // it counts no longer
        Assert.Equal("pictures", resident.Stored.Talk.Active!.AskedStep);
    }

    [Fact]
    public async Task Receive_WhenAPictureIsTakenBackBeforeItWasFetched_NeverKeepsIt()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.Says("通報");
        await resident.Sends(new InboundMessage.Photo("p-1")); // LINE does not have it yet
        var id = resident.Stored.Talk.Active!.Draft!.Candidates[0];
        await resident.Sends(new InboundMessage.Unsent("p-1"));
        await office.RestartAsync(); // goes in peace: what was decided has been done

        await office.Contents.PutAsync(TownOffice.TownId, id, new MemoryStream(TinyPicture.Png), TestContext.Current.CancellationToken);

        Assert.Null(await Open(office, id));
    }

    private static async Task Until(Func<Task<bool>> happened)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await happened()) await Task.Delay(2, patience.Token);
    }

    private static async Task<Stream?> Open(TownOffice office, string id)
    {
        if (await office.Contents.OpenAsync(TownOffice.TownId, id, TestContext.Current.CancellationToken) is not { } found) return null;
        await found.Bytes.DisposeAsync();
        return found.Bytes;
    }
}
