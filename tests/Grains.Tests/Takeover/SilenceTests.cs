using OrleansGov.Records;

namespace OrleansGov.Grains.Tests.Takeover;

/// <summary>While a person has the talk nothing of the bot leaves, and everything of the resident arrives.</summary>
public sealed class SilenceTests
{
    [Fact]
    public async Task F09_RequestStaff_ByDoubleTap_OpensOneCase()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("town");
        var before = resident.Screen.Count;

        await Task.WhenAll(resident.Grain.Receive(resident.Event("職員と話す")), resident.Grain.Receive(resident.Event("職員と話す")));
        await resident.Quiet();

        var words = Assert.Single(resident.Screen.Skip(before)).Words;
        Assert.Contains("職員におつなぎします", words, StringComparison.Ordinal);
        Assert.Contains(resident.Receipt, words, StringComparison.Ordinal);
        Assert.Single(office.Told<FactBody.ControlChanged>(resident));
    }

    [Fact]
    public async Task F11_Intervene_WhileAnAnswerIsOnItsWay_Suppresses()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("town");
        office.Line.Fates = _ => Fate.NoConnection; // the answer is composed, and LINE is away
        await resident.Grain.Receive(resident.Event("みなと町") with { ReplyToken = null });
        await office.Until(() => office.Line.Calls.Count > 0 || resident.Stored.Outbox.Count > 0);
        office.Line.Fates = _ => Fate.Accept;

        Assert.Equal(ControlVerdict.Done, (await Officer.Lead().Intervenes(resident)).Verdict);
        await office.Until(() => office.Told<FactBody.Suppressed>(resident).Count == 1, timePasses: true);

        Assert.DoesNotContain(resident.Screen, c => c.Words.Contains("いつですか", StringComparison.Ordinal));
        Assert.Contains("いつですか", office.Told<FactBody.Suppressed>(resident)[0].Text, StringComparison.Ordinal);
        Assert.Contains("総務課の職員が対応します", resident.Screen[^1].Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F12_DueBotMessage_DuringHuman_HeldOrSystem()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = Officer.Lead();
        var resident = office.Resident();
        await resident.GoesTo("receipt");
        office.Time.Advance(new DateTimeOffset(2026, 11, 29, 17, 0, 0, Town.Offset) - office.Time.GetUtcNow());
        await officer.Intervenes(resident);
        await officer.Says(resident, "確認です");

        await office.Passes(resident, TimeSpan.FromMinutes(61)); // 18:00: the day before the collection

        Assert.Contains(resident.Screen, c => c.Words.Contains("あしたは収集日です", StringComparison.Ordinal));
        Assert.Equal("system", office.Told<FactBody.ControlChanged>(resident)[^1].By); // and the resident's silence brought the bot back meanwhile
    }

    [Theory, InlineData("見本"), InlineData("メニュー"), InlineData("申込状況"), InlineData("やめる"), InlineData("ありがとう"), InlineData("いす2脚")]
    public async Task F13_FaqKeyword_DuringHuman_IsSilent(string words)
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = await office.TalksTo(new Officer());
        var before = resident.Stored.Talk.Active;

        Assert.Equal("", await resident.Says(words));

        Assert.Equal(before, resident.Stored.Talk.Active);
        Assert.Equal(words, office.Told<FactBody.Heard>(resident)[^1].Text);
    }

    [Fact]
    public async Task F14_RichMenuPostback_DuringHuman_IsStored()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = await office.TalksTo(new Officer());
        var before = resident.Stored.Talk.Active;
        var data = new TapData(TapData.Start, "", "", "report").ToString();

        Assert.Equal("", await resident.Sends(new InboundMessage.Tapped(data)));

        Assert.Equal(before, resident.Stored.Talk.Active);
        Assert.Equal(("tapped", data), (office.Told<FactBody.Heard>(resident)[^1].What, office.Told<FactBody.Heard>(resident)[^1].Detail));
    }

    [Fact]
    public async Task F16_SiloKilled_BetweenEpochAndDrain_BotStaysSilent()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("town");
        office.Line.Fates = _ => Fate.NoConnection;
        await resident.Grain.Receive(resident.Event("みなと町") with { ReplyToken = null });
        await office.Until(() => resident.Stored.Outbox.Count > 0);
        await Officer.Lead().Intervenes(resident);
        await office.RestartAsync(kill: true);
        office.Line.Fates = _ => Fate.Accept;

        await resident.Wakes();
        await office.Until(() => resident.Screen.Any(c => c.Words.Contains("職員が対応します", StringComparison.Ordinal)), timePasses: true);
        await resident.Quiet();

        Assert.DoesNotContain(resident.Screen, c => c.Words.Contains("いつですか", StringComparison.Ordinal));
    }

    [Fact]
    public async Task F31_Redelivery_AfterHandoff_NotFedToProcedure()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("town");
        var missed = resident.Event("みなと町");
        office.Time.Advance(TimeSpan.FromSeconds(5));
        await resident.Says("職員と話す");
        await new Officer().Takes(resident);

        Assert.Equal("", await resident.Sends(resident.Again(missed)));

        Assert.False(resident.Stored.Talk.Active!.Answers.ContainsKey("town"));
        Assert.Equal("みなと町", office.Told<FactBody.Heard>(resident)[^1].Text);
    }

    [Fact]
    public async Task F34_Media_InQueuedAndHuman_ReachesStaff()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = await office.WaitsAt("town");
        office.Line.Pictures["p1"] = TinyPicture.Png;
        office.Line.Pictures["v1"] = [0, 0, 0, 32, .. "ftypisom"u8, .. new byte[20 * 1024 * 1024 - 12]];
        office.Line.Pictures["f1"] = [.. "%PDF-1.7\n"u8, .. new byte[100]];

        await resident.Sends(new InboundMessage.Photo("p1"));
        await new Officer().Takes(resident);
        await resident.Sends(new InboundMessage.Attachment("video", "v1"));
        await resident.Sends(new InboundMessage.Attachment("file", "f1", "申請書.pdf", 109));
        await resident.Sends(new InboundMessage.Location(35.1, 139.2, "公園", "みなと町1"));
        await resident.Sends(new InboundMessage.Sticker("446", "1988", "OK"));

        var heard = office.Told<FactBody.Heard>(resident).TakeLast(5).ToList();
        Assert.Equal(["photo", "attachment", "attachment", "location", "sticker"], heard.Select(h => h.What));
        Assert.Equal("申請書.pdf", heard[2].Detail);
        Assert.Equal((35.1, 139.2), (heard[3].Latitude, heard[3].Longitude));
        Assert.Equal("446/1988", heard[4].Detail);
        foreach (var content in heard.Take(3).Select(h => h.ContentId!))
        {
            await office.Until(() => office.Contents.OpenAsync(TownOffice.TownId, content, default).Result is { } there && Close(there.Bytes));
        }

        static bool Close(Stream bytes)
        {
            bytes.Dispose();
            return true;
        }
    }

    [Fact]
    public async Task Queue_SaysReceivedOncePerFiveMinutes_AndKnowsItsButtonsOnly()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = await office.WaitsAt("town");

        Assert.Contains("受け取りました", await resident.Says("急いでいます"), StringComparison.Ordinal);
        Assert.Equal("", await resident.Says("聞いていますか"));
        Assert.Equal("", await resident.Says("見本"));
        office.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Contains("受け取りました", await resident.Says("もしもし"), StringComparison.Ordinal);
        Assert.Contains("「見本の収集」は「町名」の途中です", await resident.Says("やめる"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flood_DuringHuman_IsAllHeardAndNotAnswered()
    {
        await using var office = await TownOffice.OpenAsync(messagesPerMinute: 8);
        var resident = office.Resident();
        await resident.Says("職員と話す");
        await new Officer().Takes(resident);
        var before = resident.Screen.Count;

        for (var i = 0; i < 20; i++) await resident.Grain.Receive(resident.Event($"その{i}"));
        await resident.Quiet();

        Assert.Equal(before, resident.Screen.Count);
        Assert.Equal(20, office.Told<FactBody.Heard>(resident).Count(h => h.Text?.StartsWith("その", StringComparison.Ordinal) == true));
    }

    [Fact]
    public async Task Form_FilledDuringHuman_IsKeptWithoutAWord()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("contact");
        await resident.Says("職員と話す");
        await new Officer().Takes(resident);
        var before = resident.Screen.Count;

        Assert.Equal(FormState.Saved, (await resident.Fills(("name", "港 花子"))).State);

        Assert.Equal(before, resident.Screen.Count);
        await new Officer().Returns(resident);
        Assert.Contains("内容の確認", await resident.Says("続きから"), StringComparison.Ordinal);
    }
}
