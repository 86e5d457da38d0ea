using OrleansGov.Records;

namespace OrleansGov.Grains.Tests.Takeover;

/// <summary>Back to the bot, at the same question.</summary>
public sealed class ReturnTests
{
    [Fact]
    public async Task F17_Return_LeavesNothingOfThePersonsTalkBehind()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = await office.TalksTo(officer);
        await officer.Says(resident, "静かにしていてください");
        await resident.Says("わかりました、ボットは黙ってください");

        await officer.Returns(resident);

        // what the bot goes by is the conversation, and it holds no word of either, nor that it was quiet
        Assert.Contains("どこですか", await resident.Says("続きから"), StringComparison.Ordinal);
        var remembered = System.Text.Json.JsonSerializer.Serialize(resident.Stored.Talk, Silo.States.StateJson.Options);
        Assert.DoesNotContain("黙って", remembered, StringComparison.Ordinal);
        Assert.DoesNotContain("静かに", remembered, StringComparison.Ordinal);
        Assert.False(resident.Stored.Talk.Control.IsSilent);
    }

    [Theory, InlineData("thing"), InlineData("town"), InlineData("day"), InlineData("contact"), InlineData("review")]
    public async Task F37_Resume_AsksStoredQuestionWithButtons(string question)
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = office.Resident();
        await resident.GoesTo(question);
        var asked = Bare(resident.Screen[^1]);
        await resident.Says("職員と話す");
        await officer.Takes(resident);
        await resident.Says("みなと町");
        await officer.Returns(resident);
        Assert.Contains("続きから", resident.Screen[^1].Body, StringComparison.Ordinal);

        await resident.Says("続きから");

        Assert.Equal(asked, Bare(resident.Screen[^1]));

        // reply token, sentences that led into the question, and one-time links are of their moment
        static string Bare(LineOnTheWire.Call call)
        {
            using var json = System.Text.Json.JsonDocument.Parse(call.Body);
            var last = json.RootElement.GetProperty("messages").EnumerateArray().Last().GetRawText();
            return System.Text.RegularExpressions.Regex.Replace(last.Replace("フォームの入力を受け取りました。\\n\\n", "", StringComparison.Ordinal), "/form/[^\"?]*", "/form/");
        }
    }

    [Fact]
    public async Task F38_Resume_AfterRepublish_ContinuesOrRestarts()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = await office.TalksTo(officer, "thing");
        Assert.Empty((await office.Catalog.Publish(SamplePacks.Pickup(ask: "何を出しますか？"), "test")).Faults);
        office.Time.Advance(TimeSpan.FromSeconds(10));

        await officer.Returns(resident);

        Assert.Contains("何ですか？", await resident.Says("続きから"), StringComparison.Ordinal); // the version it began with
        Assert.Equal(1, resident.Stored.Talk.Active!.Version);
    }

    [Fact]
    public async Task F39_Resume_WithExpiredSlot_OffersSlots()
    {
        await using var office = await TownOffice.OpenAsync(capacity: 1);
        var officer = new Officer();
        var resident = office.Resident();
        await resident.GoesTo("contact");
        await resident.Says("職員と話す");
        await officer.Takes(resident);
        office.Time.Advance(TimeSpan.FromMinutes(61)); // the hold of an hour has lapsed
        var other = office.Resident("U2");
        await other.GoesTo("receipt");

        await officer.Returns(resident);
        var again = await resident.Says("続きから");

        Assert.Contains("満員", again, StringComparison.Ordinal);
        Assert.Contains("いつですか", again, StringComparison.Ordinal);
        Assert.Equal(0, await office.Day(new DateOnly(2026, 11, 30)).Look(1));
    }

    [Fact]
    public async Task F39_Resume_WithExpiredSlotThatIsFree_HoldsItAgain()
    {
        await using var office = await TownOffice.OpenAsync(capacity: 1);
        var officer = new Officer();
        var resident = office.Resident();
        await resident.GoesTo("contact");
        await resident.Says("職員と話す");
        await officer.Takes(resident);
        office.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(1, await office.Day(new DateOnly(2026, 11, 30)).Look(1));

        await officer.Returns(resident);
        Assert.Contains("入力フォーム", await resident.Says("続きから") + resident.Screen[^1].Body, StringComparison.Ordinal);

        Assert.Equal(0, await office.Day(new DateOnly(2026, 11, 30)).Look(1));
    }

    [Fact]
    public async Task F40_Resume_WithDraftOf30Days_IsGone()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = await office.TalksTo(officer);
        await officer.Returns(resident);

        await office.Passes(resident, TimeSpan.FromDays(30));

        Assert.Equal(ControlState.Bot, (await resident.Control()).State);
        Assert.Contains("もう一度はじめから", await resident.Says("続きから"), StringComparison.Ordinal);
        Assert.Null(resident.Stored.Talk.Active);
    }

    [Theory, InlineData("続きから"), InlineData("つづきから"), InlineData("続き")]
    public async Task F41_Resume_ByTypedText_Works(string words)
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = await office.TalksTo(officer);
        await officer.Returns(resident);

        Assert.Contains("どこですか", await resident.Says(words), StringComparison.Ordinal);

        Assert.Equal(ControlState.Bot, (await resident.Control()).State);
    }

    [Fact]
    public async Task Return_TheResidentMayAlsoBeginAnewOrStop()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = await office.TalksTo(officer, name: "U1");
        await officer.Returns(resident);
        Assert.Contains("何ですか", await resident.Says("最初から"), StringComparison.Ordinal);
        Assert.Empty(resident.Stored.Talk.Active!.Answers);

        var other = await office.TalksTo(officer, name: "U2");
        await officer.Returns(other);
        Assert.Contains("やめました", await other.Says("やめる"), StringComparison.Ordinal);
        Assert.Null(other.Stored.Talk.Active);
    }

    [Fact]
    public async Task Return_WithoutAProcedure_IsAtOnceTheBots()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = office.Resident();
        await resident.Says("職員と話す");
        await officer.Takes(resident);
        await officer.Returns(resident);

        Assert.Contains("ご用件をどうぞ", resident.Screen[^1].Words, StringComparison.Ordinal);
        Assert.Equal(ControlState.Bot, (await resident.Control()).State);
    }

    [Fact]
    public async Task Close_AsksOnce_ResolvesTheCase_AndReopensTheSameOneWithinADay()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = await office.TalksTo(officer);
        var number = (await resident.Control()).CaseNumber!;
        await officer.Closes(resident);
        Assert.Contains(resident.Screen, c => c.Words.Contains($"対応を終了しました。受付番号 {number}", StringComparison.Ordinal));
        Assert.Equal("resolved", (await office.Case(number).LookAsStaff())!.Status);
        var survey = await resident.Says("よかった");
        Assert.Contains("ありがとうございます", survey, StringComparison.Ordinal);
        Assert.Contains("続きに戻りますか", survey, StringComparison.Ordinal); // the booking laid aside
        Assert.Equal("good", Assert.Single(office.Told<FactBody.Happened>(resident), h => h.What.What == "staff-satisfaction").What.Detail);

        await resident.Says("いいえ");
        await resident.Says("職員と話す");

        var again = await resident.Control();
        Assert.Equal((ControlState.Queued, number), (again.State, again.CaseNumber));
        Assert.Null(again.Owner);
        Assert.Equal("Reopen", office.Told<FactBody.ControlChanged>(resident)[^1].Trigger);
    }

    [Fact]
    public async Task Close_AfterTheWindow_IsANewCase()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = await office.TalksTo(officer);
        var number = (await resident.Control()).CaseNumber!;
        await officer.Closes(resident);
        await office.Passes(resident, TimeSpan.FromHours(24));
        Assert.Equal(ControlState.Bot, (await resident.Control()).State);

        await resident.Says("職員と話す");

        Assert.NotEqual(number, (await resident.Control()).CaseNumber);
    }

    [Fact]
    public async Task Intervene_OpensACase_NeedsAReasonAndTheRight()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("town");

        Assert.Equal(ControlVerdict.Forbidden, (await new Officer().Intervenes(resident)).Verdict); // no open case of the department here
        Assert.Equal("reason", (await Officer.Lead().Intervenes(resident, reason: null)).Missing);
        var answer = await Officer.Lead().Intervenes(resident);

        Assert.Equal((ControlState.Human, "mori"), (answer.Talk!.Control.State, answer.Talk.Control.Owner));
        Assert.Equal("assigned", (await office.Case(answer.Talk.Control.CaseNumber!).LookAsStaff())!.Status);
        Assert.Equal(answer.Talk.Control.Epoch, (await resident.Control()).Epoch); // the composer opens on the final epoch
    }

    [Fact]
    public async Task F53_Erase_DuringHuman_RemovesEverything_AndALaterWordBeginsAnew()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = office.Resident();
        await resident.GoesTo("contact");
        await resident.Says("職員と話す");
        await officer.Takes(resident);
        await officer.Says(resident, "個人的な話");
        await resident.Quiet();
        var epoch = (await resident.Control()).Epoch;

        Assert.True((await resident.Grain.Erase("records-officer")).Done);
        await resident.Quiet();

        var stored = System.Text.Json.JsonSerializer.Serialize(resident.Stored, Silo.States.StateJson.Options);
        Assert.DoesNotContain("みなと", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(resident.User + "\"", stored, StringComparison.Ordinal);
        Assert.Equal(3, await office.Day(new DateOnly(2026, 11, 30)).Look(3)); // the place it held is free
        Assert.Equal(ControlVerdict.NotVisible, (await officer.Takes(resident)).Verdict);
        Assert.False((await resident.Grain.Erase("records-officer")).Done);

        Assert.Contains("何ですか", await resident.Says("見本"), StringComparison.Ordinal);
        Assert.True((await resident.Control()).Epoch > epoch);
        Assert.Empty(resident.Stored.Talk.Profile);
    }
}
