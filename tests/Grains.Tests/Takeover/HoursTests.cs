using OrleansGov.Records;

namespace OrleansGov.Grains.Tests.Takeover;

/// <summary>What time does: opening hours, waiting, silence.</summary>
public sealed class HoursTests
{
    [Theory, InlineData("17:14:59", ControlState.Queued), InlineData("17:15:01", ControlState.QueuedOutOfHours)]
    public async Task F43_RequestStaff_At171459And171501_Differs(string time, ControlState expected)
    {
        await using var office = await TownOffice.OpenAsync();
        office.Time.Advance(Town.At(new DateOnly(2026, 11, 24), TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture)) - office.Time.GetUtcNow());
        var resident = office.Resident();

        var said = await resident.Says("職員と話す");

        Assert.Equal(expected, (await resident.Control()).State);
        Assert.Contains(expected == ControlState.Queued ? "職員におつなぎします" : "次の受付は11月25日（水） 8:30からです", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OutOfHours_AMessageIsKept_OrTheBotGoesOn_AndNothingIsLost()
    {
        await using var office = await TownOffice.OpenAsync();
        office.Time.Advance(TimeSpan.FromHours(8)); // 18:00
        var resident = await office.WaitsAt("town");
        Assert.Contains("伝言をどうぞ", await resident.Says("伝言を残す"), StringComparison.Ordinal);
        Assert.Contains("受け取りました", await resident.Says("明日電話をください"), StringComparison.Ordinal);
        Assert.Equal(ControlVerdict.IllegalTransition, (await new Officer().Takes(resident)).Verdict); // the desk is closed

        Assert.Contains("どこですか", await resident.Says("ボットで続ける"), StringComparison.Ordinal);
        Assert.Contains("いつですか", await resident.Says("みなと町"), StringComparison.Ordinal);
        Assert.Contains("すでに", await resident.Says("職員と話す"), StringComparison.Ordinal);
        Assert.True((await resident.Control()).CaseOpen);
    }

    [Fact]
    public async Task F45_Queued_AcrossClosing_RealertsAt0830()
    {
        await using var office = await TownOffice.OpenAsync();
        office.Time.Advance(TimeSpan.FromHours(7)); // 17:00
        var first = await office.WaitsAt("town", "U1");
        office.Time.Advance(TimeSpan.FromMinutes(8));
        var second = await office.WaitsAt("town", "U2");
        var screens = (first.Screen.Count, second.Screen.Count);
        foreach (var resident in (TestResident[])[first, second]) await office.Passes(resident, TimeSpan.FromMinutes(0));
        office.Time.Advance(Town.At(new DateOnly(2026, 11, 24), new TimeOnly(17, 15)) - office.Time.GetUtcNow());
        foreach (var resident in (TestResident[])[first, second])
        {
            await resident.Wakes();
            await resident.Quiet();
            Assert.Equal(ControlState.QueuedOutOfHours, (await resident.Control()).State);
        }

        office.Time.Advance(Town.At(new DateOnly(2026, 11, 25), new TimeOnly(8, 30)) - office.Time.GetUtcNow());
        foreach (var resident in (TestResident[])[second, first])
        {
            await resident.Wakes();
            await resident.Quiet();
            Assert.Equal(ControlState.Queued, (await resident.Control()).State);
            Assert.Equal("HoursChanged", office.Told<FactBody.ControlChanged>(resident)[^1].Trigger);
        }

        var desk = await office.Grains.GetGrain<IDeskGrain>(DeskKey.For(TownOffice.TownId, "general")).Look();
        Assert.Equal([first.Key, second.Key], desk.Waiting.Select(w => w.Conversation)); // oldest first
        Assert.Equal((screens.Item1, screens.Item2), (first.Screen.Count(c => !c.Words.Contains("お待たせ", StringComparison.Ordinal)), second.Screen.Count)); // no word to the residents
    }

    [Fact]
    public async Task Waiting_IsNoticed_TheLeadIsTold_AndACallbackIsPromised()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = await office.WaitsAt("town");

        await office.Passes(resident, TimeSpan.FromMinutes(5));
        Assert.Equal("waiting-long", Assert.Single(office.Told<FactBody.Alerted>(resident)).What);
        await office.Passes(resident, TimeSpan.FromMinutes(5));
        Assert.Contains("お待たせしています", resident.Screen[^1].Words, StringComparison.Ordinal);
        Assert.Contains("あとで連絡を受ける", resident.Screen[^1].Body, StringComparison.Ordinal);
        await office.Passes(resident, TimeSpan.FromMinutes(20));

        Assert.Contains("11月27日（金）までに職員から", resident.Screen[^1].Words, StringComparison.Ordinal);
        var control = await resident.Control();
        Assert.Equal((ControlState.Returned, true, new DateOnly(2026, 11, 27)), (control.State, control.CaseOpen, control.CallbackBy));
        Assert.Equal("waiting", (await office.Case(control.CaseNumber!).LookAsStaff())!.Status);
        Assert.Equal(ControlVerdict.Done, (await new Officer().Intervenes(resident, reason: null)).Verdict); // the callback is an officer's work
        Assert.Equal(control.CaseNumber, (await resident.Control()).CaseNumber);
    }

    [Fact]
    public async Task Waiting_WhoeverKeepsWaiting_StaysInTheQueue()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = await office.WaitsAt("town");
        await office.Passes(resident, TimeSpan.FromMinutes(10));
        Assert.Contains("このままお待ちください", await resident.Says("このまま待つ"), StringComparison.Ordinal);

        await office.Passes(resident, TimeSpan.FromMinutes(21));

        Assert.Equal(ControlState.Queued, (await resident.Control()).State);
        Assert.Equal("MaxWait", office.Told<FactBody.ControlChanged>(resident)[^1].Trigger);
        await office.Passes(resident, TimeSpan.FromMinutes(31));
        Assert.Equal(ControlState.Returned, (await resident.Control()).State);
    }

    [Fact]
    public async Task StaffSilence_IsWarnedOf_AndReleasesTheTalk()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = await office.TalksTo(new Officer());

        await office.Passes(resident, TimeSpan.FromMinutes(10));
        Assert.Equal("reply-late", Assert.Single(office.Told<FactBody.Alerted>(resident)).What);
        await office.Passes(resident, TimeSpan.FromMinutes(10));

        Assert.Equal(ControlState.Queued, (await resident.Control()).State);
        Assert.Contains(resident.Screen, c => c.Words.Contains("引き継いで", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ResidentSilence_IsAskedAbout_AndTheBotIsBack()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = await office.TalksTo(officer);
        await officer.Says(resident, "どちらにしますか");
        await resident.Quiet();

        await office.Passes(resident, TimeSpan.FromMinutes(30));
        Assert.Contains("確認したいこと", resident.Screen[^1].Words, StringComparison.Ordinal);
        await office.Passes(resident, TimeSpan.FromMinutes(30));

        Assert.Equal(ControlState.Returned, (await resident.Control()).State);
        Assert.Equal("pendingResident", (await office.Case((await resident.Control()).CaseNumber!).LookAsStaff())!.Status);
    }

    [Fact]
    public async Task F46_LeaseExpiry_WhileMessageArrives_KeepsOwner()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = await office.TalksTo(officer);
        var epoch = (await resident.Control()).Epoch;
        Assert.True(await resident.Grain.Attend(officer.Id));
        Assert.False((await resident.Control()).OwnerAway);

        office.Time.Advance(TimeSpan.FromMinutes(3));
        await resident.Says("まだいますか");

        var control = await resident.Control();
        Assert.Equal((officer.Id, true, epoch), (control.Owner, control.OwnerAway, control.Epoch)); // away, no more; and no composer was invalidated
        Assert.False(await resident.Grain.Attend("kato"));
    }

    [Fact]
    public async Task F47_Reminder_TwiceOrLate_DoesNothing()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = await office.WaitsAt("town");
        await officer.Takes(resident);
        await officer.Says(resident, "すぐ確認します");
        await resident.Quiet();
        await office.RestartAsync();
        var before = resident.Screen.Count;

        office.Time.Advance(TimeSpan.FromMinutes(29)); // the queue's own timers would have fired long ago
        for (var again = 0; again < 3; again++) await resident.Wakes();
        await resident.Quiet();

        Assert.Equal(before, resident.Screen.Count);
        Assert.Equal((ControlState.Human, officer.Id), ((await resident.Control()).State, (await resident.Control()).Owner));
        office.Time.Advance(TimeSpan.FromHours(3)); // late, and twice
        await Task.WhenAll(resident.Wakes(), resident.Wakes());
        await resident.Quiet();
        Assert.Single(office.Told<FactBody.ControlChanged>(resident), c => c.Trigger == "ResidentIdle");
    }

    [Fact]
    public async Task F48_ClockSkew_2MinBetweenSilos_IsHarmless()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = await office.TalksTo(new Officer());
        var epoch = (await resident.Control()).Epoch;

        office.Time.Advance(TimeSpan.FromMinutes(18)); // a sweeper two minutes ahead thinks that the twenty are over
        await resident.Wakes();
        await resident.Quiet();
        Assert.Equal((ControlState.Human, epoch), ((await resident.Control()).State, (await resident.Control()).Epoch));

        office.Time.Advance(TimeSpan.FromMinutes(2));
        await Task.WhenAll(resident.Wakes(), resident.Wakes()); // the right one, and the one ahead once more
        await resident.Quiet();
        Assert.Single(office.Told<FactBody.ControlChanged>(resident), c => c.Trigger == "Release");
    }

    [Fact]
    public async Task F52_TabClosed_StartsH1_NotInstantDrop()
    {
        await using var office = await TownOffice.OpenAsync();
        var officer = new Officer();
        var resident = await office.TalksTo(officer);
        await officer.Says(resident, "少しお待ちください");
        await office.Passes(resident, TimeSpan.FromMinutes(5));
        await resident.Says("はい"); // the tab is closed by now: no heartbeat comes

        await office.Passes(resident, TimeSpan.FromMinutes(19));
        Assert.Equal(officer.Id, (await resident.Control()).Owner);
        await office.Passes(resident, TimeSpan.FromMinutes(1));
        Assert.Null((await resident.Control()).Owner);
    }
}
