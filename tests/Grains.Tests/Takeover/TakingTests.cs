using OrleansGov.Records;

namespace OrleansGov.Grains.Tests.Takeover;

/// <summary>Who may take a talk, keep it and give it away (takeover.md §12).</summary>
public sealed class TakingTests
{
    [Fact]
    public async Task F01_Take_WhenTwoAtOnce_OneWins()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = await office.WaitsAt("town");
        var (sato, kato) = (new Officer("sato"), new Officer("kato"));
        var epoch = (await resident.Control()).Epoch;

        var answers = await Task.WhenAll(
            resident.Grain.Change(new ControlCommand.Take { By = sato.Actor, IfEpoch = epoch }),
            resident.Grain.Change(new ControlCommand.Take { By = kato.Actor, IfEpoch = epoch }));

        Assert.Equal([ControlVerdict.Done, ControlVerdict.AlreadyTaken], answers.Select(a => a.Verdict).Order());
        var winner = Assert.Single(answers, a => a.Verdict == ControlVerdict.Done).Talk!.Control.Owner;
        Assert.All(answers, a => Assert.Equal(winner, a.Talk!.Control.Owner)); // the other one sees who has it
        await resident.Quiet();
        Assert.Single(office.Told<FactBody.ControlChanged>(resident), c => c.Trigger == "Take");
    }

    [Fact]
    public async Task F02_Take_AfterResidentWithdrew_IsRefused()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = await office.WaitsAt("town");
        await resident.Says("ボットに戻る");

        Assert.Equal(ControlVerdict.IllegalTransition, (await new Officer().Takes(resident)).Verdict);

        Assert.Equal(ControlState.Returned, (await resident.Control()).State);
    }

    [Fact]
    public async Task F03_Steal_WhileOwnerIsTyping_DraftSurvives()
    {
        await using var office = await TownOffice.OpenAsync();
        var owner = new Officer("sato");
        var resident = await office.TalksTo(owner);
        var draft = await owner.Message(resident, "書きかけ");

        Assert.Equal(ControlVerdict.Done, (await Officer.Lead().Transfers(resident, new Officer("kato"))).Verdict);

        // the former owner is told by the change itself, and nothing of the draft was sent; drafts lie with their authors
        var told = office.Told<FactBody.ControlChanged>(resident)[^1];
        Assert.Equal(("Transfer", "sato", "kato"), (told.Trigger, told.FormerOwner, told.Owner));
        Assert.Equal(StaffSayVerdict.NotOwner, (await resident.Grain.Say(draft)).Verdict);
        Assert.DoesNotContain(resident.Screen, c => c.Words.Contains("書きかけ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task F03_Steal_ByAnOfficer_NeedsTheDepartmentsLeave()
    {
        foreach (var allowed in (bool[])[false, true])
        {
            await using var office = await TownOffice.OpenAsync(desk: DeskSettings.Default with { OfficersMaySteal = allowed });
            var resident = await office.TalksTo(new Officer("sato"));
            var kato = new Officer("kato");
            Assert.Equal(allowed ? ControlVerdict.Done : ControlVerdict.NotOwner, (await kato.Transfers(resident, kato)).Verdict);
        }
    }

    [Fact]
    public async Task F04_Send_AfterBeingStolenFrom_IsRefused()
    {
        await using var office = await TownOffice.OpenAsync();
        var owner = new Officer("sato");
        var resident = await office.TalksTo(owner);
        var words = await owner.Message(resident, "まだ言えますか");
        await Officer.Lead().Transfers(resident, new Officer("kato"));
        var calls = office.Line.Calls.Count;

        Assert.Equal(StaffSayVerdict.NotOwner, (await resident.Grain.Say(words)).Verdict);

        await resident.Quiet();
        Assert.Equal(calls, office.Line.Calls.Count);
        Assert.Empty(office.Told<FactBody.StaffSaid>(resident));
    }

    [Fact]
    public async Task F05_Release_WithUnsentDraft_KeepsDraft()
    {
        await using var office = await TownOffice.OpenAsync();
        var owner = new Officer();
        var resident = await office.TalksTo(owner);
        var number = (await resident.Control()).CaseNumber!;

        Assert.Equal(ControlVerdict.Done, (await owner.Releases(resident)).Verdict);

        Assert.Equal(ControlState.Queued, (await resident.Control()).State);
        Assert.Equal("waiting", (await office.Case(number).LookAsStaff())!.Status);
        Assert.Contains("引き継いで", resident.Screen[^1].Words, StringComparison.Ordinal);
        Assert.Empty(office.Told<FactBody.StaffSaid>(resident));
    }

    [Fact]
    public async Task F06_Return_ForcedByLead_Works()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = await office.TalksTo(new Officer("sato"));

        Assert.Equal(ControlVerdict.NotOwner, (await new Officer("kato").Returns(resident)).Verdict);
        Assert.Equal(ControlVerdict.Done, (await Officer.Lead().Returns(resident)).Verdict);

        Assert.Contains("「見本の収集」は「町名」の途中です", resident.Screen[^1].Words, StringComparison.Ordinal);
        var told = office.Told<FactBody.ControlChanged>(resident)[^1];
        Assert.Equal(("ReturnToBot", "sato", "mori"), (told.Trigger, told.FormerOwner, told.By));
    }

    [Fact]
    public async Task F07_Take_ByOtherDepartment_Is404()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = await office.WaitsAt("town");
        var before = await resident.Control();

        var answer = await new Officer("ono", "waste").Takes(resident);

        Assert.Equal((ControlVerdict.NotVisible, null), (answer.Verdict, answer.Talk));
        Assert.Equal(before, await resident.Control());
    }

    [Fact]
    public async Task F07_Take_FromAnotherTown_Is404()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = await office.WaitsAt("town");
        var stranger = Officer.Lead().Actor with { Town = "yama", Departments = null };
        Assert.Equal(ControlVerdict.NotVisible, (await resident.Grain.Change(new ControlCommand.Take { By = stranger, IfEpoch = (await resident.Control()).Epoch })).Verdict);
    }

    [Fact]
    public async Task Release_ToAnotherDepartment_MovesTheCaseOutOfSight()
    {
        await using var office = await TownOffice.OpenAsync();
        var owner = new Officer();
        var resident = await office.TalksTo(owner);

        await owner.Releases(resident, to: "waste");

        Assert.Equal(ControlVerdict.NotVisible, (await owner.Takes(resident)).Verdict);
        Assert.Equal(ControlVerdict.Done, (await new Officer("ono", "waste").Takes(resident)).Verdict);
    }

    [Fact]
    public async Task Change_OnAStaleOrMissingEpoch_IsRefusedOnlyWhenNothingElseForbidsIt()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = await office.WaitsAt("town");
        var sato = new Officer();
        var epoch = (await resident.Control()).Epoch;

        Assert.Equal(ControlVerdict.PreconditionRequired, (await resident.Grain.Change(new ControlCommand.Take { By = sato.Actor })).Verdict);
        Assert.Equal(ControlVerdict.Stale, (await resident.Grain.Change(new ControlCommand.Take { By = sato.Actor, IfEpoch = epoch - 1 })).Verdict);
        Assert.Equal(ControlVerdict.IllegalTransition, (await resident.Grain.Change(new ControlCommand.Close("x", ["y"]) { By = sato.Actor })).Verdict); // 409 before 428
        await sato.Takes(resident);
        Assert.Equal(ControlVerdict.Unchanged, (await resident.Grain.Change(new ControlCommand.Take { By = sato.Actor, IfEpoch = epoch })).Verdict);
        Assert.Equal("tags", (await resident.Grain.Change(new ControlCommand.Close("x", []) { By = sato.Actor, IfEpoch = (await resident.Control()).Epoch })).Missing);
    }

    [Fact]
    public async Task F49_StaffDisabled_WhileOwner_ReleasesAtOnce()
    {
        await using var office = await TownOffice.OpenAsync();
        var owner = new Officer();
        var resident = await office.TalksTo(owner);

        var answer = await resident.Grain.Change(new ControlCommand.Release(null, "account-disabled") { By = Actor.Office(TownOffice.TownId, "account-disabled"), IfEpoch = (await resident.Control()).Epoch });

        Assert.Equal(ControlState.Queued, answer.Talk!.Control.State);
        Assert.Equal(StaffSayVerdict.NotOwner, (await owner.Says(resident, "もういない")).Verdict);
    }

    [Fact]
    public async Task Desk_KnowsWhoWaitsAndWhoIsServed()
    {
        await using var office = await TownOffice.OpenAsync();
        var desk = office.Grains.GetGrain<IDeskGrain>(DeskKey.For(TownOffice.TownId, "general"));
        var first = await office.WaitsAt("town", "U1");
        office.Time.Advance(TimeSpan.FromMinutes(1));
        var second = await office.WaitsAt("town", "U2");
        Assert.Contains("1人お待ちです", second.Screen[^1].Words, StringComparison.Ordinal);

        Assert.Equal([first.Key, second.Key], (await desk.Look()).Waiting.Select(w => w.Conversation));
        await new Officer().Takes(first);
        var view = await desk.Look();
        Assert.Equal((1, 1), (view.WaitingCount, view.Serving));
        Assert.Null(view.Estimate); // one is no pace
        await new Officer().Returns(first);
        await second.Says("ボットに戻る");
        Assert.Equal((0, 0), ((await desk.Look()).WaitingCount, (await desk.Look()).Serving));
    }
}
