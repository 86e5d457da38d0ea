using Microsoft.EntityFrameworkCore;
using OrleansGov.Records;
using OrleansGov.Silo.States;

namespace OrleansGov.Grains.Tests.Residents;

/// <summary>One resident sends and sends: what it costs the office is bounded, and the procedure in hand does not suffer.</summary>
public sealed class FloodTests
{
    [Fact]
    public async Task Flood_IsRecordedAndAnsweredOnceAndThenSilence()
    {
        await using var office = await TownOffice.OpenAsync(messagesPerMinute: 20);
        var resident = office.Resident();
        await resident.GoesTo("town");
        var (answered, answers) = (resident.Screen.Count, resident.Stored.Talk.Active!.Answers);

        for (var i = 0; i < 200; i++) await Sends(office, resident, "ねえ");
        await resident.Quiet();

        var said = resident.Screen.Skip(answered).ToList();
        Assert.InRange(said.Count, 10, 22);
        Assert.Contains("お返事を休みます", said[^1].Words, StringComparison.Ordinal);
        Assert.Single(said, call => call.Words.Contains("お返事を休みます", StringComparison.Ordinal));
        Assert.Equal(answers, resident.Stored.Talk.Active!.Answers);
        await using var records = office.Records.Read();
        Assert.Equal(200, await records.Messages.CountAsync(m => m.Text == "ねえ", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Flood_WhenItHasCalmed_IsOverAndTheProcedureGoesOn()
    {
        await using var office = await TownOffice.OpenAsync(messagesPerMinute: 20);
        var resident = office.Resident();
        await resident.GoesTo("town");
        for (var i = 0; i < 60; i++) await Sends(office, resident, "ねえ");
        await resident.Quiet();

        office.Time.Advance(TimeSpan.FromMinutes(1));

        await resident.Says("みなと町");
        Assert.Contains("いつ", await resident.Says("続きから"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flood_WithinItABlock_IsHeard()
    {
        await using var office = await TownOffice.OpenAsync(messagesPerMinute: 20);
        var resident = office.Resident();
        for (var i = 0; i < 40; i++) await Sends(office, resident, "ねえ");

        await resident.Sends(resident.Event(new InboundMessage.Unfollowed()) with { ReplyToken = null });

        Assert.False(resident.Stored.Talk.Reachable);
    }

    [Fact]
    public async Task Flood_OfThousands_KeepsTheStateSmallAndTakesNothingTwice()
    {
        await using var office = await TownOffice.OpenAsync(messagesPerMinute: 60);
        var resident = office.Resident();
        await resident.GoesTo("thing");
        var answer = resident.Event("いす2脚");
        await resident.Sends(answer);
        for (var i = 0; i < SeenEvents.Most + 200; i++) await Sends(office, resident, "ねえ");
        await resident.Quiet();
        office.Time.Advance(TimeSpan.FromMinutes(5));

        await resident.Sends(resident.Again(answer)); // its id is forgotten by now

        var basket = Assert.Single(resident.Stored.Talk.Active!.Draft!.Lines);
        Assert.Equal(2, basket.Quantity);
        Assert.Equal(SeenEvents.Most, resident.Stored.Seen.Count);
        Assert.InRange(StateJson.Write(resident.Stored).Length, 0, 40_000);
    }

    [Fact]
    public void Outbox_WhileLineIsAway_KeepsWhatMustArriveBeforeChatterAndBoundsBoth()
    {
        var state = new ResidentState();
        var now = TownOffice.Start;
        for (var i = 0; i < 300; i++)
        {
            var turn = new Turn(state.Talk) { Says = [new Utterance(new Say.Words($"{i}"), i % 10 == 0 ? Importance.MustArrive : Importance.Chatter)] };
            state = state.After(turn, TownOffice.Channel, "r:main/p", TownOffice.TownId, now += TimeSpan.FromMilliseconds(10));
        }

        Assert.Equal(ResidentTurns.MostWaiting, state.Outbox.Count);
        Assert.Equal(30, state.Outbox.Count(e => e.Importance == Importance.MustArrive));
        Assert.Equal("299", ((Say.Words)state.Outbox[^1].Says[0]).Text);
        Assert.Equal(state.Outbox.Select(e => e.Seq).Order(), state.Outbox.Select(e => e.Seq));
    }

    [Fact]
    public void Facts_ThatRecordsRefuses_AreBoundedAndWhatWasTakenBackStays()
    {
        var facts = PendingFacts.None.Add("r:main/p", TownOffice.Start, new FactBody.Unsent("m1"));
        for (var i = 0; i < 2000; i++) facts = facts.Add("r:main/p", TownOffice.Start, new FactBody.Said(TownOffice.TownId, TownOffice.Channel, $"{i}"));

        Assert.Equal(PendingFacts.Most, facts.Waiting.Count);
        Assert.IsType<FactBody.Unsent>(facts.Waiting[0].Body);
        Assert.Equal(2001, facts.Waiting[^1].Seq);
    }

    private static Task Sends(TownOffice office, TestResident resident, string text)
    {
        office.Time.Advance(TimeSpan.FromMilliseconds(10));
        return resident.Grain.Receive(resident.Event(text));
    }
}
