using OrleansGov.Records;

namespace OrleansGov.Grains.Tests.Takeover;

/// <summary>Words of staff: accepted once, pushed with their key, and what became of them told.</summary>
public sealed class WordsTests
{
    [Fact]
    public async Task Send_IsPushedUnderTheDepartmentsName_AndTold()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = await office.TalksTo(officer);
        await resident.Says("どうすればいいですか");

        var answer = await officer.Says(resident, "窓口でも受け付けます。");
        await office.Until(() => office.OutcomeOf(resident, answer.Position) is not null);

        Assert.Equal(StaffSayVerdict.Accepted, answer.Verdict);
        var call = resident.Screen[^1];
        Assert.Equal(("窓口でも受け付けます。", null), (call.Words, call.Token)); // never by reply
        Assert.Contains("\"sender\":{\"name\":\"総務課 職員\"}", call.Body, StringComparison.Ordinal);
        Assert.Equal("sent", office.OutcomeOf(resident, answer.Position));
    }

    [Fact]
    public async Task F21_Push_OnTimeoutButAccepted_OneBubble()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = await office.TalksTo(officer);
        var first = 0;
        office.Line.Fates = _ => Interlocked.Exchange(ref first, 1) == 0 ? Fate.HangUpAfter : Fate.Accept;

        var answer = await officer.Says(resident, "一度だけ");
        await office.Until(() => office.OutcomeOf(resident, answer.Position) is not null, timePasses: true);

        Assert.Equal(409, office.Line.Calls[^1].Status);
        Assert.Single(resident.Screen, c => c.Words == "一度だけ");
        Assert.Equal("sent", office.OutcomeOf(resident, answer.Position));
    }

    [Fact]
    public async Task F22_Retry_After24h_IsRefused()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = await office.TalksTo(officer);
        office.Line.Fates = c => c.Words == "届きましたか" ? Fate.FailBefore : Fate.Accept;
        var answer = await officer.Says(resident, "届きましたか");
        await office.Until(() => office.Line.Calls.Exists(c => c.Words == "届きましたか"));
        await office.Until(() => resident.Stored.Outbox.Count > 0);

        office.Time.Advance(TimeSpan.FromHours(24));
        await resident.Wakes();
        await office.Until(() => office.OutcomeOf(resident, answer.Position) is not null, timePasses: true);

        Assert.Equal("unknown", office.OutcomeOf(resident, answer.Position));
    }

    [Fact]
    public async Task F23_Send_WhenBlockedWhileComposing_IsUndeliverable()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = await office.TalksTo(officer);
        var words = await officer.Message(resident, "お待たせしました");
        await resident.Sends(resident.Event(new InboundMessage.Unfollowed()) with { ReplyToken = null });
        Assert.Equal("unreachable", office.Told<FactBody.Alerted>(resident)[^1].What);
        var calls = office.Line.Calls.Count;

        var answer = await resident.Grain.Say(words with { LastSeen = null });
        await office.Until(() => office.OutcomeOf(resident, answer.Position) is not null);

        Assert.Equal("undeliverable", office.OutcomeOf(resident, answer.Position));
        Assert.Equal(calls, office.Line.Calls.Count);
    }

    [Fact]
    public async Task F24_Send_OnQuota429_Fails()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = await office.TalksTo(officer);
        office.Line.Fates = _ => Fate.MonthlyLimit;
        var calls = office.Line.Calls.Count;

        var answer = await officer.Says(resident, "今月は無理");
        await office.Until(() => office.OutcomeOf(resident, answer.Position) is not null);
        await office.Passes(resident, TimeSpan.FromMinutes(5));

        Assert.Equal("failed", office.OutcomeOf(resident, answer.Position));
        Assert.Equal(calls + 1, office.Line.Calls.Count);
    }

    [Fact]
    public async Task Send_ThatLineRefuses_ShowsItsWords_AndSaysNoApology()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = await office.TalksTo(officer);
        var before = resident.Screen.Count;
        office.Line.Fates = _ => Fate.Refuse;

        var answer = await officer.Says(resident, "だめな文");
        await office.Until(() => office.OutcomeOf(resident, answer.Position) is not null);

        var told = office.Told<FactBody.Delivered>(resident)[^1];
        Assert.Equal("failed", told.Outcome);
        Assert.Contains("error(s)", told.Detail, StringComparison.Ordinal);
        Assert.Equal(before, resident.Screen.Count);
    }

    [Fact]
    public async Task F25_Send_Over5000UnitsOr5Bubbles_ShowsSplit()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = await office.TalksTo(officer);
        var words = await officer.Message(resident, string.Concat(Enumerable.Repeat("長い説明です。", 900)));

        var preview = await resident.Grain.Say(words);

        Assert.Equal(StaffSayVerdict.WouldSplit, preview.Verdict);
        Assert.Equal(2, preview.Bubbles.Count);
        Assert.Equal(words.Text, string.Concat(preview.Bubbles));
        Assert.Equal(StaffSayVerdict.Accepted, (await resident.Grain.Say(words with { Acknowledge = true })).Verdict);
        await office.Until(() => resident.Screen[^1].Words.Contains("長い説明です。", StringComparison.Ordinal));
        Assert.Equal(string.Join('\n', preview.Bubbles), resident.Screen[^1].Words);
    }

    [Fact]
    public async Task F27_LineDown10Min_OutboxKeepsOrder()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = await office.TalksTo(officer);
        office.Line.Fates = _ => Fate.NoConnection;
        foreach (var words in (string[])["その一", "その二", "その三"]) Assert.Equal(StaffSayVerdict.Accepted, (await officer.Says(resident, words)).Verdict);
        await office.Passes(resident, TimeSpan.FromMinutes(9));
        office.Line.Fates = _ => Fate.Accept;

        await office.Until(() => office.Told<FactBody.Delivered>(resident).Count == 3, timePasses: true);

        Assert.Equal(["その一", "その二", "その三"], resident.Screen.Select(c => c.Words).Where(w => w.StartsWith("その", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task F28_Send_DoubleClickSameKey_OneMessage()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = await office.TalksTo(officer);
        var words = await officer.Message(resident, "二度押し");

        var first = await resident.Grain.Say(words);
        var second = await resident.Grain.Say(words);
        await office.Until(() => office.OutcomeOf(resident, first.Position) is not null);

        Assert.Equal((StaffSayVerdict.Accepted, StaffSayVerdict.Repeated), (first.Verdict, second.Verdict));
        Assert.Equal(first.Position, second.Position);
        Assert.Single(resident.Screen, c => c.Words == "二度押し");
    }

    [Fact]
    public async Task F29_Send_SameKeyOtherBody_Is422()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = await office.TalksTo(officer);
        var words = await officer.Message(resident, "はじめの文");
        await resident.Grain.Say(words);

        Assert.Equal(StaffSayVerdict.KeyReused, (await resident.Grain.Say(words with { Text = "別の文" })).Verdict);

        await resident.Quiet();
        Assert.DoesNotContain(resident.Screen, c => c.Words == "別の文");
    }

    [Fact]
    public async Task Send_AfterTheResidentWrote_ShowsWhatWasNotSeen()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = await office.TalksTo(officer);
        var words = await officer.Message(resident, "はい、できます");
        await resident.Says("やっぱりやめます");

        var refused = await resident.Grain.Say(words);

        Assert.Equal(StaffSayVerdict.NewerMessages, refused.Verdict);
        Assert.Equal([(await resident.Grain.Look()).LastHeard], refused.Newer);
        Assert.Equal(StaffSayVerdict.Accepted, (await resident.Grain.Say(words with { Acknowledge = true })).Verdict);
    }

    [Fact]
    public async Task Send_OnAStaleEpoch_IsRefused()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = await office.TalksTo(officer);
        var words = await officer.Message(resident, "古い画面から");
        Assert.Equal(StaffSayVerdict.Stale, (await resident.Grain.Say(words with { IfEpoch = words.IfEpoch - 1 })).Verdict);
        Assert.Equal(StaffSayVerdict.PreconditionRequired, (await resident.Grain.Say(words with { IfEpoch = null })).Verdict);
    }

    [Fact]
    public async Task F42_ProposedValue_ConfirmedOrRefused_IsAudited()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = await office.TalksTo(officer);
        var epoch = (await resident.Control()).Epoch;

        Assert.Equal(ProposalVerdict.NotInHand, (await resident.Grain.Propose(new(officer.Actor, epoch, "day", "12月3日"))).Verdict);
        Assert.Equal(ProposalVerdict.Invalid, (await resident.Grain.Propose(new(officer.Actor, epoch, "town", "どこでもない町"))).Verdict);
        foreach (var yes in (bool[])[false, true])
        {
            Assert.Equal(ProposalVerdict.Asked, (await resident.Grain.Propose(new(officer.Actor, epoch, "town", "みなと町"))).Verdict);
            await office.Until(() => resident.Screen[^1].Words.Contains("よろしいですか", StringComparison.Ordinal));
            Assert.False(resident.Stored.Talk.Active!.Answers.ContainsKey("town"));
            var proposal = resident.Stored.Talk.Control.Handoff!.Proposal!;
            await resident.Sends(new InboundMessage.Tapped(new TapData(TapData.Desk, proposal.Run, yes ? "yes" : "no", proposal.Id).ToString()));
            Assert.Equal(yes, resident.Stored.Talk.Active!.Answers.ContainsKey("town"));
            Assert.Equal((yes ? "proposal-confirmed" : "proposal-refused", "sato"), office.Told<FactBody.Happened>(resident).Where(h => h.What.What.StartsWith("proposal", StringComparison.Ordinal)).Select(h => (h.What.What, h.What.Detail!)).Last());
        }
    }
}
