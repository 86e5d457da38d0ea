using OrleansGov.Records;

namespace OrleansGov.Grains.Tests.Cases;

public sealed class CaseTests : IAsyncLifetime
{
    private const string Resident = "r:main/abcdefghijklmnopqrstuvwxyz234567", Number = "A261124-00001", Talk = "abcdefghijklmnopqrstuvwxyz234567";
    private static readonly Actor Officer = new("s-1", "山田", TownOffice.TownId, ["general"], [StaffRights.Take, StaffRights.Reply]);
    private static readonly Actor Lead = new("s-2", "主任", TownOffice.TownId, ["general"], StaffRights.All);

    private TownOffice _office = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private ICaseGrain Case => _office.Case(Number);

    public async ValueTask InitializeAsync() => _office = await TownOffice.OpenAsync();

    public ValueTask DisposeAsync() => _office.DisposeAsync();

    [Fact]
    public async Task Case_FollowsTheTalk_FromTheRequestToTheResult()
    {
        await OpenConsultation();
        await Follow(2, ControlTrigger.Take, "s-1", m => m with { Owner = "s-1", OwnerName = "山田" });
        var taken = await Look();
        Assert.Equal(("assigned", "s-1", "山田", true), (taken.Status, taken.Owner, taken.OwnerName, taken.AtWork));

        await Follow(3, ControlTrigger.Release, "s-1", m => m with { Department = "環境課" });
        var moved = await Look();
        Assert.Equal(("waiting", "環境課", null, true), (moved.Status, moved.Department, moved.Owner, moved.AtWork));

        await Follow(4, ControlTrigger.Take, "s-3", m => m with { Department = "環境課", Owner = "s-3", OwnerName = "鈴木" });
        await Follow(5, ControlTrigger.Close, "s-3", m => m with { Department = "環境課", Result = "answered", Tags = ["ごみ"] });
        var closed = await Look();
        Assert.Equal(("resolved", "answered", false), (closed.Status, closed.Result, closed.AtWork));
        Assert.Equal(["opened", "assigned", "moved", "assigned", "resolved"], closed.History.Select(e => e.What));
        Assert.Equal("general → 環境課", closed.History[2].Detail);
    }

    [Fact]
    public async Task Follow_OfAMoveThatComesAgain_ChangesNothing()
    {
        await OpenConsultation();
        for (var i = 0; i < 3; i++) await Follow(2, ControlTrigger.Take, "s-1", m => m with { Owner = "s-1" });
        Assert.Equal(["opened", "assigned"], (await Look()).History.Select(e => e.What));
    }

    [Fact]
    public async Task Callback_IsPromised_AndStaffResolveItWithoutTheTalk()
    {
        await OpenConsultation();
        await Follow(2, ControlTrigger.MaxWait, "system", m => m with { CallbackBy = new DateOnly(2026, 11, 26) });
        var promised = await Look();
        Assert.Equal(("waiting", new DateOnly(2026, 11, 26), false), (promised.Status, promised.CallbackBy, promised.AtWork));

        var answer = await Case.Change(new CaseCommand.Resolve("called", []) { By = Officer, IfRevision = promised.Revision });
        Assert.Equal((CaseVerdict.Done, "resolved", null), (answer.Verdict, answer.Case!.Status, answer.Case.CallbackBy));
    }

    [Fact]
    public async Task Change_WhileThePersonHasTheTalk_IsDoneThere()
    {
        await OpenConsultation();
        await Follow(2, ControlTrigger.Take, "s-1", m => m with { Owner = "s-1" });
        var revision = (await Look()).Revision;
        Assert.Equal(CaseVerdict.AtWork, (await Case.Change(new CaseCommand.Resolve("answered", []) { By = Officer, IfRevision = revision })).Verdict);
        Assert.Equal(CaseVerdict.AtWork, (await Case.Change(new CaseCommand.Move("doro", null) { By = Officer, IfRevision = revision })).Verdict);
        Assert.Equal(CaseVerdict.Done, (await Case.Change(new CaseCommand.Label(["至急"]) { By = Officer, IfRevision = revision })).Verdict);
    }

    [Fact]
    public async Task Reopen_InsideTheWindow_IsTheSameCase_AfterwardsItIsArchived()
    {
        await OpenConsultation();
        await Follow(2, ControlTrigger.Take, "s-1", m => m with { Owner = "s-1" });
        await Follow(3, ControlTrigger.Close, "s-1", m => m with { Result = "answered" });
        _office.Time.Advance(TimeSpan.FromHours(23));
        await Case.Wake();
        await Follow(4, ControlTrigger.Reopen, "resident");
        var reopened = await Look();
        Assert.Equal(("waiting", null, null, true), (reopened.Status, reopened.Owner, reopened.Result, reopened.AtWork));
        Assert.Equal("reopened", reopened.History[^1].What);

        await Follow(5, ControlTrigger.Take, "s-1", m => m with { Owner = "s-1" });
        await Follow(6, ControlTrigger.Close, "s-1", m => m with { Result = "answered" });
        _office.Time.Advance(TimeSpan.FromHours(24));
        await Case.Wake();
        Assert.Equal("archived", (await Look()).Status);
        await Follow(7, ControlTrigger.Reopen, "resident");
        Assert.Equal("archived", (await Look()).Status);
    }

    [Fact]
    public async Task NextDue_OfAResolvedCase_IsTheEndOfTheWindow()
    {
        await OpenConsultation();
        await Follow(2, ControlTrigger.Take, "s-1", m => m with { Owner = "s-1" });
        await Follow(3, ControlTrigger.Close, "s-1");
        var state = new CaseState { Status = "resolved", OverSince = TownOffice.Start };
        Assert.Equal(TownOffice.Start.AddHours(24), state.NextDue);
        Assert.Null(new CaseState { Status = "withdrawn" }.NextDue); // of before cases were archived
        Assert.Equal((await Look()).ReopenUntil, _office.Time.GetUtcNow().AddHours(24));
    }

    [Theory]
    [InlineData("elsewhere", "general", CaseVerdict.NotVisible)]
    [InlineData(TownOffice.TownId, "doro", CaseVerdict.NotVisible)]
    [InlineData(TownOffice.TownId, "general", CaseVerdict.Forbidden)]
    public async Task Change_ByWhoMayNot_ChangesNothing(string town, string department, CaseVerdict verdict)
    {
        await OpenConsultation();
        var viewer = new Actor("s-9", "閲覧者", town, [department], []);
        var answer = await Case.Change(new CaseCommand.Label(["x"]) { By = viewer, IfRevision = 1 });
        Assert.Equal(verdict, answer.Verdict);
        Assert.Equal(verdict == CaseVerdict.NotVisible, answer.Case is null);
        Assert.Equal(1, (await Look()).Revision);
    }

    [Fact]
    public async Task Change_OnAnOldRevision_IsStale_AndWithoutOneRefused()
    {
        await OpenConsultation();
        Assert.Equal(CaseVerdict.Done, (await Case.Change(new CaseCommand.Label(["至急"]) { By = Officer, IfRevision = 1 })).Verdict);
        var late = await Case.Change(new CaseCommand.Label(["後で"]) { By = Officer, IfRevision = 1 });
        Assert.Equal((CaseVerdict.Stale, "至急"), (late.Verdict, Assert.Single(late.Case!.Labels)));
        Assert.Equal(CaseVerdict.PreconditionRequired, (await Case.Change(new CaseCommand.Label([]) { By = Officer })).Verdict);
        Assert.Equal(CaseVerdict.Unchanged, (await Case.Change(new CaseCommand.Label(["至急"]) { By = Officer, IfRevision = 2 })).Verdict);
        Assert.Equal((CaseVerdict.Incomplete, "labels"), (await Case.Change(new CaseCommand.Label([new string('x', 41)]) { By = Officer, IfRevision = 2 })) is var a ? (a.Verdict, a.Missing) : default);
    }

    [Fact]
    public async Task Note_SentTwice_StandsOnce_AndReachesRecords()
    {
        await OpenConsultation();
        var note = new CaseCommand.Note(Guid.NewGuid(), "折り返し電話を希望") { By = Officer };
        Assert.Equal(CaseVerdict.Done, (await Case.Change(note)).Verdict);
        Assert.Equal(CaseVerdict.Unchanged, (await Case.Change(note)).Verdict);

        var rows = await Recorded(read => read.NotesOfCaseAsync(TownOffice.TownId, Number, Cancel), notes => notes.Count > 0);
        Assert.Equal(("山田", "折り返し電話を希望", Talk), (Assert.Single(rows).ByName, rows[0].Text, rows[0].Conversation));
    }

    [Fact]
    public async Task Hold_IsForLeads()
    {
        await OpenConsultation();
        Assert.Equal(CaseVerdict.Forbidden, (await Case.Change(new CaseCommand.Hold("訴訟") { By = Officer, IfRevision = 1 })).Verdict);
        Assert.Equal("訴訟", (await Case.Change(new CaseCommand.Hold("訴訟") { By = Lead, IfRevision = 1 })).Case!.Hold);
        Assert.Null((await Case.Change(new CaseCommand.Hold(null) { By = Lead, IfRevision = 2 })).Case!.Hold);
    }

    [Fact]
    public async Task Records_KnowTheCaseAsItStands()
    {
        await OpenConsultation();
        await Follow(2, ControlTrigger.Take, "s-1", m => m with { Owner = "s-1", OwnerName = "山田" });
        await Case.Change(new CaseCommand.Label(["至急"]) { By = Officer, IfRevision = 2 });

        var row = await Recorded(read => read.FindCaseAsync(TownOffice.TownId, Number, Cancel), c => c is { Revision: 3 });
        Assert.Equal(("assigned", "山田", "至急", "ごみの出し方"), (row!.Status, row.OwnerName, row.Labels, row.Reason));
    }

    [Fact]
    public async Task Erase_LeavesNumberDepartmentDatesAndResult()
    {
        await _office.Case("R-1").Open(Opening(CaseKind.Application) with { Answers = new Dictionary<string, Answer> { ["photo"] = new Answer.Photos(["c-1", "c-2"]), ["name"] = new Answer.Words("みなと太郎") }.ToImmutableSortedDictionary() });
        Assert.Equal(["c-1", "c-2"], await _office.Case("R-1").Erase("s-9"));
        Assert.Empty(await _office.Case("R-1").Erase("s-9"));

        var bare = (await _office.Case("R-1").LookAsStaff())!;
        Assert.Equal(("skeleton", "general", 0, ""), (bare.Status, bare.Department, bare.Opening.Answers.Count, bare.Opening.Resident));
        Assert.Equal(TownOffice.Start, bare.Opening.At);
        Assert.Null(await _office.Case("R-1").Look(Resident));
        var row = await Recorded(read => read.FindCaseAsync(TownOffice.TownId, "R-1", Cancel), c => c is { Status: "skeleton", Resident: "" });
        Assert.Equal("", row!.Summary);
        await _office.RestartAsync();
        Assert.DoesNotContain("みなと太郎", System.Text.Encoding.UTF8.GetString(await File.ReadAllBytesAsync(_office.GrainsFile, Cancel)), StringComparison.Ordinal);
    }

    private Task<bool> OpenConsultation() => Case.Open(Opening(CaseKind.Consultation) with { Reason = "ごみの出し方", UpTo = 7 });

    private static CaseOpening Opening(CaseKind kind) =>
        new("run.staff", Resident, "main", "", 0, "職員への相談", "general", kind, TownOffice.Start, null, null, ImmutableSortedDictionary<string, Answer>.Empty);

    private Task Follow(int epoch, ControlTrigger trigger, string by, Func<CaseMove, CaseMove>? more = null) =>
        Case.Follow((more ?? (m => m))(new CaseMove(Resident, epoch, trigger, _office.Time.GetUtcNow(), by, "general")));

    private async Task<StaffCase> Look() => (await Case.LookAsStaff())!;

    private async Task<T> Recorded<T>(Func<RecordsContext, Task<T>> ask, Func<T, bool> until)
    {
        while (true)
        {
            await using var read = _office.Records.Read();
            var found = await ask(read);
            if (until(found)) return found;
            await Task.Delay(5, Cancel);
        }
    }
}
