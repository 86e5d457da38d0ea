using System.Text.Json;

namespace OrleansGov.Api.Tests.Conversations;

/// <summary>Writing to a resident.</summary>
public sealed class SendTests : IAsyncLifetime
{
    private const string Words = """{"text":"お待たせしました。","lastSeenSeq":5}""";
    private TalkDoor _door = null!;

    public async ValueTask InitializeAsync()
    {
        _door = await TalkDoor.OpenAsync();
        _door.Resident.View = TownFacts.Talk(ControlState.Human, 17, "key:環境課の窓口");
    }

    public ValueTask DisposeAsync() => _door.DisposeAsync();

    [Fact]
    public async Task F28_Send_DoubleClickSameKey_OneMessage()
    {
        var first = await Send(Words, "k1");
        var again = await Send(Words, "k1");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, again.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(OfficeDoor.Cancel), await again.Content.ReadAsStringAsync(OfficeDoor.Cancel));
        var said = Assert.Single(_door.Resident.Said);
        Assert.Equal(("お待たせしました。", 5L, 17), (said.Text, said.LastSeen, said.IfEpoch));
        Assert.NotEqual(Guid.Empty, said.Key);
    }

    [Fact]
    public async Task F29_Send_SameKeyOtherBody_Is422()
    {
        await Send(Words, "k1");
        await (await Send("""{"text":"別の文です。"}""", "k1")).IsProblem(422, "idempotency/key-reused");
        Assert.Single(_door.Resident.Said);
    }

    [Fact]
    public async Task Send_WithoutAKey_SendsNothing()
    {
        await (await Send(Words, null)).IsProblem(400, "idempotency/key-missing");
        Assert.Empty(_door.Resident.Said);
    }

    /// <summary>What was refused has sent nothing: the same key may be used when the reason is gone.</summary>
    [Fact]
    public async Task Send_AfterARefusal_MayBeTriedAgainWithTheSameKey()
    {
        _door.Resident.Saying = _ => new(StaffSayVerdict.Stale, 0, _door.Resident.View);
        await (await Send(Words, "k1")).IsProblem(412, "precondition/stale");
        _door.Resident.Saying = _ => new(StaffSayVerdict.Accepted, 8, _door.Resident.View);
        Assert.Equal(HttpStatusCode.Created, (await Send(Words, "k1")).StatusCode);
    }

    [Theory]
    [InlineData(StaffSayVerdict.NotOwner, 409, "control/not-owner")]
    [InlineData(StaffSayVerdict.Stale, 412, "precondition/stale")]
    [InlineData(StaffSayVerdict.PreconditionRequired, 428, "precondition/required")]
    [InlineData(StaffSayVerdict.Invalid, 400, "request/validation")]
    [InlineData(StaffSayVerdict.KeyReused, 422, "idempotency/key-reused")]
    [InlineData(StaffSayVerdict.Forbidden, 403, "auth/forbidden")]
    [InlineData(StaffSayVerdict.NotVisible, 404, "resource/not-found")]
    public async Task Send_SaysEveryVerdict(StaffSayVerdict verdict, int status, string code)
    {
        _door.Resident.Saying = _ => new(verdict, 0, _door.Resident.View);
        await (await Send(Words, "k1")).IsProblem(status, code);
    }

    [Fact]
    public async Task Send_WhenTheResidentWroteSince_ShowsWhatAndSendsWhenAcknowledged()
    {
        _door.Resident.Saying = message => message.LastSeen is null ? new(StaffSayVerdict.Accepted, 8, _door.Resident.View) : new(StaffSayVerdict.NewerMessages, 0, _door.Resident.View) { Newer = [4, 5] };
        var problem = await (await Send("""{"text":"はい。","lastSeenSeq":3}""", "k1")).IsProblem(409, "conversation/newer-messages");
        Assert.Equal(["発言4", "発言5"], problem.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("text").GetString()));
        Assert.Equal(5, problem.GetProperty("lastHeardSeq").GetInt32());
        Assert.Equal(HttpStatusCode.Created, (await Send("""{"text":"はい。","lastSeenSeq":3,"acknowledge":true}""", "k1")).StatusCode);
        Assert.DoesNotContain(_door.Resident.Said, m => m.Acknowledge); // acknowledging newer words is no yes to several bubbles
    }

    [Fact]
    public async Task F25_Send_Over5000UnitsOr5Bubbles_ShowsSplit()
    {
        _door.Resident.Saying = message => message.Acknowledge ? new(StaffSayVerdict.Accepted, 8, _door.Resident.View) : new(StaffSayVerdict.WouldSplit, 0, _door.Resident.View) { Bubbles = ["前半", "後半"] };
        var problem = await (await Send(Words, "k1")).IsProblem(422, "message/split-required");
        Assert.Equal(["前半", "後半"], problem.GetProperty("bubbles").EnumerateArray().Select(b => b.GetString()));
        Assert.Equal(HttpStatusCode.Created, (await Send("""{"text":"お待たせしました。","lastSeenSeq":5,"acceptSplit":true}""", "k1")).StatusCode);
    }

    [Fact]
    public async Task F23_Send_WhenBlockedWhileComposing_IsUndeliverable()
    {
        _door.Resident.View = _door.Resident.View with { Reachable = false };
        await (await Send(Words, "k1")).IsProblem(409, "conversation/undeliverable");
        Assert.Empty(_door.Resident.Said);
    }

    [Fact]
    public async Task Send_ToAnotherDepartmentsResident_Is404AndForAReader403()
    {
        await (await _door.Other.SendAsync(TalkDoor.Call(HttpMethod.Post, "/messages", "{", key: "k"), OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
        await (await _door.Reader.SendAsync(TalkDoor.Call(HttpMethod.Post, "/messages", "{", key: "k"), OfficeDoor.Cancel)).IsProblem(403, "auth/forbidden");
        Assert.Empty(_door.Resident.Said);
    }

    [Theory]
    [InlineData("""{"text":""}""", "request/validation", "/text")]
    [InlineData("""{"text":"x","contentIds":["a","b","c","d","e"]}""", "request/validation", "/contentIds")]
    [InlineData("""{"text":"x","owner":"s-1"}""", "request/unknown-property", "/owner")]
    public async Task Send_OfSomethingWrong_NamesThePlace(string body, string code, string pointer)
    {
        var problem = await (await Send(body, "k1")).IsProblem(400, code);
        Assert.Equal(pointer, problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task Propose_ForAQuestionThatIsNotInHand_Is409()
    {
        const string body = """{"step":"delivery","text":"郵送"}""";
        Assert.Equal(HttpStatusCode.OK, (await _door.Officer.SendAsync(TalkDoor.Call(HttpMethod.Post, "/proposals", body, key: "p1"), OfficeDoor.Cancel)).StatusCode);
        _door.Resident.Proposing = ProposalVerdict.NotInHand;
        await (await _door.Officer.SendAsync(TalkDoor.Call(HttpMethod.Post, "/proposals", body, key: "p2"), OfficeDoor.Cancel)).IsProblem(409, "conversation/question-not-in-hand");
        _door.Resident.Proposing = ProposalVerdict.Invalid;
        var problem = await (await _door.Officer.SendAsync(TalkDoor.Call(HttpMethod.Post, "/proposals", body, key: "p3"), OfficeDoor.Cancel)).IsProblem(400, "request/validation");
        Assert.Equal("日付の形で入力してください。", problem.GetProperty("errors")[0].GetProperty("message").GetString());
    }

    private Task<HttpResponseMessage> Send(string body, string? key) => _door.Officer.SendAsync(TalkDoor.Call(HttpMethod.Post, "/messages", body, key: key), OfficeDoor.Cancel);
}
