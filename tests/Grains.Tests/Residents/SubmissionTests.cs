using Microsoft.EntityFrameworkCore;

namespace OrleansGov.Grains.Tests.Residents;

/// <summary>From the review to the receipt, and what becomes of a booking afterwards.</summary>
public sealed class SubmissionTests
{
    private static readonly DateOnly Monday = new(2026, 11, 30), Thursday = new(2026, 12, 3);

    [Fact]
    public async Task Submit_OpensOneCaseAndSaysItsNumber()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();

        await resident.GoesTo("receipt");

        Assert.Equal([resident.Receipt], await Cases(office));
        Assert.Equal(2, await office.Day(Monday).Look(3));
        Assert.NotNull(resident.Screen[^1].Token); // the outcome of the submission still answers free of charge
    }

    [Fact]
    public async Task Submit_ByDoubleTap_OpensOneCaseWithoutNoise()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("review");
        var submit = new InboundMessage.Tapped($"s|{resident.Stored.Talk.Active!.Id}||");
        var before = resident.Screen.Count;

        await Task.WhenAll(resident.Grain.Receive(resident.Event(submit)), resident.Grain.Receive(resident.Event(submit)));
        await resident.Quiet();

        Assert.Single(await Cases(office));
        var said = resident.Screen.Skip(before).ToList();
        Assert.Single(said, c => c.Body.Contains("受付完了", StringComparison.Ordinal));
        Assert.Equal(0, said.Count(c => c.Body.Contains("うまく読み取れません", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Submit_WhenTheProcessDiesAfterTheCaseWasOpened_KeepsOneCaseAndItsNumber()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("review");
        var writes = 0;
        office.Storage.Refuses = name => name == "resident" && Interlocked.Increment(ref writes) > 1; // the turn is stored, its outcome is not
        await resident.Grain.Receive(resident.Event("この内容で申し込む"));
        await Until(() => Volatile.Read(ref writes) > 1);
        var opened = office.Storage.Last<ResidentState>(resident.Key)!.Intents.Single();
        await office.RestartAsync(kill: true);

        await resident.Wakes();
        await resident.Quiet();

        Assert.Equal([resident.Receipt], await Cases(office));
        Assert.IsType<Intent.Submit>(opened.Intent);
        Assert.Single(resident.Screen, c => c.Body.Contains("受付完了", StringComparison.Ordinal));
        Assert.Equal(2, await office.Day(Monday).Look(3));
    }

    [Fact]
    public async Task Submit_WhenTheCaseCannotBeStored_IsDoneLaterAndOnce()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("review");
        office.Storage.Refuses = name => name == "case";
        await resident.Grain.Receive(resident.Event("この内容で申し込む"));
        await Until(() => resident.Stored.Intents is [{ Attempts: > 0 }]);
        office.Storage.Refuses = _ => false;

        Assert.Contains("受付の処理", await Say(resident, "粗大"), StringComparison.Ordinal); // the word in between neither loses nor doubles it
        office.Time.Advance(TimeSpan.FromSeconds(70));
        await resident.Wakes();
        await resident.Quiet();

        Assert.Equal([resident.Receipt], await Cases(office));
    }

    [Fact]
    public async Task Submit_WhileAnotherProcedureIsAskedFor_KeepsItsReceipt()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("review");
        office.Storage.Refuses = name => name == "case";
        await resident.Grain.Receive(resident.Event("この内容で申し込む"));
        await Until(() => resident.Stored.Intents is [{ Attempts: > 0 }]);
        await Say(resident, "通報"); // starts something else, were the booking not on its way
        await Say(resident, "見本");
        await Say(resident, "やめる");
        office.Storage.Refuses = _ => false;

        office.Time.Advance(TimeSpan.FromSeconds(70));
        await resident.Wakes();
        await resident.Quiet();

        Assert.Equal([resident.Receipt], await Cases(office));
        Assert.Equal(2, await office.Day(Monday).Look(3));
    }

    [Fact]
    public async Task Submit_AfterTheHoldLapsed_StillBooksWhileThereIsRoom()
    {
        await using var office = await TownOffice.OpenAsync(capacity: 1);
        var resident = office.Resident();
        await resident.GoesTo("review");
        office.Time.Advance(TimeSpan.FromHours(2));

        await resident.Says("この内容で申し込む");

        Assert.Equal(0, await office.Day(Monday).Look(1));
        Assert.Single(await Cases(office));
    }

    [Fact]
    public async Task Submit_AfterTheHoldLapsedAndTheDayFilledUp_AsksOnlyTheDayAgain()
    {
        await using var office = await TownOffice.OpenAsync(capacity: 1);
        var (slow, quick) = (office.Resident("U1"), office.Resident("U2"));
        await slow.GoesTo("review");
        office.Time.Advance(TimeSpan.FromHours(2));
        await quick.GoesTo("receipt");

        var said = await slow.Says("この内容で申し込む");
        Assert.Contains("満員", said, StringComparison.Ordinal);
        Assert.Contains("いつですか", said, StringComparison.Ordinal);
        await slow.Says("12月3日");
        await slow.Says("この内容で申し込む");

        Assert.Equal(2, (await Cases(office)).Count);
        Assert.Equal(0, await office.Day(Thursday).Look(1));
        Assert.Equal("港 花子", ((Answer.Words)((Answer.Fields)(await office.Case(slow.Receipt).LookAsStaff())!.Opening.Answers["contact"]).Values["name"]).Value);
    }

    [Fact]
    public async Task Cancel_GivesThePlaceBack()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("receipt");
        var number = resident.Receipt;

        await resident.Sends(new InboundMessage.Tapped($"c||cancel|{number}"));
        Assert.Contains("取り消しました", await resident.Says("はい"), StringComparison.Ordinal);

        Assert.Equal(3, await office.Day(Monday).Look(3));
        Assert.Equal("cancelled", (await office.Case(number).LookAsStaff())!.Status);
        Assert.Null(resident.Stored.Talk.Due.Find(d => d.CaseNumber == number)); // nobody is reminded of what is off
    }

    [Fact]
    public async Task Change_MovesThePlaceAndTheReminder()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("receipt");
        var number = resident.Receipt;

        await resident.Sends(new InboundMessage.Tapped($"c||change|{number}"));
        await resident.Says("収集日を直す");
        await resident.Says("12月3日");
        Assert.Equal(2, await office.Day(Monday).Look(3)); // the old place is given back only when the change is confirmed
        await resident.Says("この内容に変更する");

        Assert.Equal(3, await office.Day(Monday).Look(3));
        Assert.Equal(2, await office.Day(Thursday).Look(3));
        var changed = await office.Case(number).LookAsStaff();
        Assert.Equal(("changed", Thursday), (changed!.Status, changed.Opening.Slot!.Date));
        Assert.Equal(Thursday.AddDays(-1), Town.Today(Assert.Single(resident.Stored.Talk.Due).At));
    }

    [Fact]
    public async Task Change_AfterTheCutOff_IsRefusedAndChangesNothing()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("receipt");
        office.Time.Advance(TimeSpan.FromDays(2)); // Thursday: fewer than three business days to Monday

        Assert.Contains("締切", await resident.Sends(new InboundMessage.Tapped($"c||change|{resident.Receipt}")), StringComparison.Ordinal);

        Assert.Equal(2, await office.Day(Monday).Look(3));
    }

    [Fact]
    public async Task Change_OfACaseOnAnOlderVersion_KeepsItsVersionAfterARestart()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("receipt");
        await office.Catalog.Publish(SamplePacks.Pickup(ask: "どの品ですか？"), "test");
        await office.RestartAsync();

        await resident.Sends(new InboundMessage.Tapped($"c||change|{resident.Receipt}"));

        Assert.Equal(1, resident.Stored.Talk.Active!.Version);
    }

    [Fact]
    public async Task Reminder_AtSixTheDayBefore_IsSaidOnceEvenAfterARestart()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("receipt");
        var due = resident.Stored.NextDue!.Value;
        Assert.Equal(Town.At(Monday.AddDays(-1), new TimeOnly(18, 0)), resident.Stored.Talk.NextDue!.Value);
        Assert.True(due <= resident.Stored.Talk.NextDue);

        office.Time.Advance(Town.At(Monday.AddDays(-1), new TimeOnly(17, 59)) - office.Time.GetUtcNow());
        await resident.Wakes();
        await resident.Quiet();
        Assert.DoesNotContain(resident.Screen, c => c.Words.Contains("あしたは", StringComparison.Ordinal));
        office.Time.Advance(TimeSpan.FromMinutes(1));
        await resident.Wakes();
        await resident.Quiet();
        await office.RestartAsync();
        await resident.Wakes();
        await resident.Quiet();

        var reminder = Assert.Single(resident.Screen, c => c.Words.Contains("あしたは収集日です", StringComparison.Ordinal));
        Assert.Contains(resident.Receipt, reminder.Words, StringComparison.Ordinal);
        Assert.NotNull(reminder.RetryKey);
    }

    [Fact]
    public async Task StaffRequest_WhereNobodyTakesOver_OpensOneConsultationCase()
    {
        await using var office = await TownOffice.OpenAsync(takesOver: false);
        var resident = office.Resident();
        await resident.GoesTo("town");

        await resident.Says("職員と話す");
        Assert.Contains("すでに", await resident.Says("職員と話す"), StringComparison.Ordinal);

        var number = Assert.Single(await Cases(office));
        var request = await office.Case(number).LookAsStaff();
        Assert.Equal(CaseKind.Consultation, request!.Opening.Kind);
        Assert.True(request.Opening.Answers.ContainsKey("thing")); // with everything answered so far
        Assert.Equal("town", resident.Stored.Talk.Active!.AskedStep); // and the bot goes on
    }

    [Fact]
    public async Task Run_ForgottenForThirtyDays_GivesItsPlaceBackAndSaysSo()
    {
        await using var office = await TownOffice.OpenAsync();
        var resident = office.Resident();
        await resident.GoesTo("review", day: "12月21日");
        var day = new DateOnly(2026, 12, 21);
        await office.Day(day).Confirm($"{resident.Stored.Talk.Active!.Id}.day", 3); // as if the hold had no end
        Assert.Equal(2, await office.Day(day).Look(3));

        office.Time.Advance(TimeSpan.FromDays(30));
        await resident.Wakes();
        await resident.Quiet();

        Assert.Null(resident.Stored.Talk.Active);
        Assert.Equal(3, await office.Day(day).Look(3));
        Assert.Contains("終了しました", await resident.Says("こんにちは"), StringComparison.Ordinal);
    }

    private static async Task<List<string>> Cases(TownOffice office)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var records = office.Records.Read();
        while (true) // cases hand their facts over by themselves
        {
            var cases = await records.Cases.OrderBy(c => c.OpenedAt).Select(c => c.Number).ToListAsync(patience.Token);
            if (cases.Count > 0) return cases;
            await Task.Delay(2, patience.Token);
        }
    }

    private static async Task<string> Say(TestResident resident, string text)
    {
        var before = resident.Screen.Count;
        await resident.Grain.Receive(resident.Event(text));
        await Until(() => resident.Screen.Count > before);
        return resident.Screen[^1].Words;
    }

    private static async Task Until(Func<bool> happened)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!happened()) await Task.Delay(2, patience.Token);
    }
}
