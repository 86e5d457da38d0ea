using System.Text.Json;

namespace OrleansGov.Api.Tests.Conversations;

/// <summary>Control as a resource: what is asked of the talk, and how its verdicts are said. The rules themselves are tested where they are made.</summary>
public sealed class ControlTests : IAsyncLifetime
{
    private const string Take = """{"state":"human"}""";
    private TalkDoor _door = null!;

    public async ValueTask InitializeAsync() => _door = await TalkDoor.OpenAsync();

    public ValueTask DisposeAsync() => _door.DisposeAsync();

    [Fact]
    public async Task Get_HasTheEpochAsItsETag()
    {
        var answer = await _door.Officer.GetAsync($"{TalkDoor.Path}/control", OfficeDoor.Cancel);
        Assert.Equal("\"17\"", answer.Headers.ETag!.ToString());
        var control = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(OfficeDoor.Cancel)).RootElement;
        Assert.Equal(("queued", 17, "\"17\""), (control.GetProperty("state").GetString(), control.GetProperty("epoch").GetInt32(), control.GetProperty("etag").GetString()));
        Assert.Equal("2026-11-02T12:00:00+09:00", control.GetProperty("waitingSince").GetString());

        using var again = new HttpRequestMessage(HttpMethod.Get, $"{TalkDoor.Path}/control");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, (await _door.Officer.SendAsync(again, OfficeDoor.Cancel)).StatusCode);
    }

    [Theory]
    [InlineData(ControlVerdict.Done, 200, null)]
    [InlineData(ControlVerdict.Unchanged, 200, null)]
    [InlineData(ControlVerdict.NotVisible, 404, "resource/not-found")]
    [InlineData(ControlVerdict.Forbidden, 403, "auth/forbidden")]
    [InlineData(ControlVerdict.Incomplete, 400, "request/validation")]
    [InlineData(ControlVerdict.PreconditionRequired, 428, "precondition/required")]
    [InlineData(ControlVerdict.AlreadyTaken, 409, "control/already-taken")]
    [InlineData(ControlVerdict.NotOwner, 409, "control/not-owner")]
    [InlineData(ControlVerdict.IllegalTransition, 409, "control/illegal-transition")]
    [InlineData(ControlVerdict.Stale, 412, "precondition/stale")]
    public async Task Put_SaysEveryVerdict(ControlVerdict verdict, int status, string? code)
    {
        _door.Resident.View = TownFacts.Talk(ControlState.Human, 18, "s-1");
        _door.Resident.Deciding = _ => verdict;
        var answer = await Put(Take);
        if (code is null)
        {
            Assert.Equal((status, "\"18\""), ((int)answer.StatusCode, answer.Headers.ETag!.ToString()));
            return;
        }

        var problem = await answer.IsProblem(status, code);
        if (status is 409 or 412 or 428) Assert.Equal((18, "港 花子"), (problem.GetProperty("current").GetProperty("epoch").GetInt32(), problem.GetProperty("current").GetProperty("owner").GetProperty("name").GetString()));
        if (verdict == ControlVerdict.AlreadyTaken) Assert.Contains("港 花子さん", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_AsksForWhatLeadsThereFromWhereTheTalkStands()
    {
        async Task<ControlCommand> Asked(TalkView view, string body)
        {
            _door.Resident.View = view;
            Assert.Equal(HttpStatusCode.OK, (await Put(body)).StatusCode);
            return _door.Resident.Commands.Last();
        }

        var take = Assert.IsType<ControlCommand.Take>(await Asked(TownFacts.Talk(), Take));
        Assert.Equal((17, "key:環境課の窓口"), (take.IfEpoch, take.By.Id));
        Assert.Equal([StaffRights.Take, StaffRights.Reply], take.By.Rights);
        Assert.Equal(["environment"], take.By.Departments!);
        Assert.Equal("急ぎ", Assert.IsType<ControlCommand.Intervene>(await Asked(TownFacts.Talk(ControlState.Bot), """{"state":"human","reason":"急ぎ"}""")).Reason);
        Assert.IsType<ControlCommand.Take>(await Asked(TownFacts.Talk(ControlState.Human, 17, "key:環境課の窓口"), Take));
        Assert.Equal("key:環境課の窓口", Assert.IsType<ControlCommand.Transfer>(await Asked(TownFacts.Talk(ControlState.Human, 17, "s-1"), """{"state":"human","owner":"key:環境課の窓口","reason":"交代"}""")).Owner);
        Assert.Equal("general", Assert.IsType<ControlCommand.Release>(await Asked(TownFacts.Talk(ControlState.Human), """{"state":"queued","department":"general"}""")).Department);
        Assert.True(Assert.IsType<ControlCommand.ReturnToBot>(await Asked(TownFacts.Talk(ControlState.Human), """{"state":"bot","workLeft":true}""")).WorkLeft);
        var close = Assert.IsType<ControlCommand.Close>(await Asked(TownFacts.Talk(ControlState.Human), """{"state":"closed","result":"answered","tags":["ごみ"]}"""));
        Assert.Equal(("answered", "ごみ"), (close.Result, close.Tags.Single()));
    }

    /// <summary>api.md §1: what does not exist for somebody does not exist, whatever is wrong with the call.</summary>
    [Fact]
    public async Task F07_Take_ByOtherDepartment_Is404()
    {
        foreach (var body in (string[])[Take, "{", """{"state":"nonsense"}"""])
            await (await _door.Other.SendAsync(TalkDoor.Call(HttpMethod.Put, "/control", body, ifMatch: null), OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
        var missing = await (await _door.Other.GetAsync("/api/v1/conversations/zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz/control", OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
        var hidden = await (await _door.Other.GetAsync($"{TalkDoor.Path}/control", OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
        Assert.Equal(missing.GetProperty("detail").GetString(), hidden.GetProperty("detail").GetString());
        Assert.Empty(_door.Resident.Commands);
    }

    [Fact]
    public async Task Put_WithoutTheRight_Is403BeforeItsBodyIsRead()
    {
        var problem = await (await _door.Reader.SendAsync(TalkDoor.Call(HttpMethod.Put, "/control", "{", ifMatch: null), OfficeDoor.Cancel)).IsProblem(403, "auth/forbidden");
        Assert.Equal("conversation.take", problem.GetProperty("required")[0].GetString());
        Assert.Empty(_door.Resident.Commands);
    }

    [Fact]
    public async Task Put_OfTheWrongKindOrSize_IsRefusedBeforeItsWordsAre()
    {
        using var text = TalkDoor.Call(HttpMethod.Put, "/control", "{");
        text.Content!.Headers.ContentType = new("text/plain");
        await (await _door.Officer.SendAsync(text, OfficeDoor.Cancel)).IsProblem(415, "media/unsupported-type");
        var large = await Put($$"""{"state":"{{new string('x', 300_000)}}"}""");
        Assert.Equal(262144, (await large.IsProblem(413, "payload/too-large")).GetProperty("limit").GetInt32());
        Assert.Empty(_door.Resident.Commands);
    }

    [Theory]
    [InlineData("{", "request/malformed", "")]
    [InlineData("""{"state":"nonsense"}""", "request/validation", "/state")]
    [InlineData("""{"state":"closed","tags":["x"]}""", "request/validation", "/result")]
    [InlineData("""{"state":"closed","result":"x"}""", "request/validation", "/tags")]
    [InlineData("""{"state":"closed","result":"x","tags":[]}""", "request/validation", "/tags")]
    [InlineData("""{"state":"human","department":"general"}""", "request/validation", "/department")]
    [InlineData("""{"state":"human","owner":"nobody"}""", "request/validation", "/owner")]
    [InlineData("""{"state":"human","epoch":99}""", "request/unknown-property", "/epoch")]
    public async Task Put_OfSomethingWrong_NamesThePlace(string body, string code, string pointer)
    {
        var problem = await (await Put(body)).IsProblem(400, code);
        Assert.Equal(pointer, problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
        Assert.Empty(_door.Resident.Commands);
    }

    [Theory]
    [InlineData("\"17\"", 17)]
    [InlineData("*", 17)]
    [InlineData("\"16\"", 16)]
    [InlineData("junk", -1)]
    [InlineData("W/\"17\"", -1)]
    public async Task Put_HandsTheEpochOfIfMatchOn(string ifMatch, int epoch)
    {
        await _door.Officer.SendAsync(TalkDoor.Call(HttpMethod.Put, "/control", Take, ifMatch), OfficeDoor.Cancel);
        Assert.Equal(epoch, _door.Resident.Commands.Single().IfEpoch);
    }

    [Fact]
    public async Task Presence_ShowsColleaguesAndKeepsTheOwnersTalk()
    {
        _door.Resident.View = TownFacts.Talk(ControlState.Human, 17, "key:環境課の窓口");
        await _door.Reader.SendAsync(TalkDoor.Call(HttpMethod.Put, "/presence", """{"state":"viewing"}"""), OfficeDoor.Cancel);
        var answer = await _door.Officer.SendAsync(TalkDoor.Call(HttpMethod.Put, "/presence", """{"state":"typing"}"""), OfficeDoor.Cancel);
        var others = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(OfficeDoor.Cancel)).RootElement.GetProperty("items");
        Assert.Equal(("環境課の閲覧", "viewing"), (others[0].GetProperty("name").GetString(), others[0].GetProperty("state").GetString()));
        Assert.Equal(["key:環境課の窓口"], _door.Resident.Attending);
    }

    private Task<HttpResponseMessage> Put(string body) => _door.Officer.SendAsync(TalkDoor.Call(HttpMethod.Put, "/control", body), OfficeDoor.Cancel);
}
