using System.Text.Json;
using OrleansGov.Api.Tests.Conversations;

namespace OrleansGov.Api.Tests.Cases;

/// <summary>A case changed by staff: the real room behind the door.</summary>
public sealed class CaseChangeTests : IAsyncLifetime
{
    private const string Number = "S-20261102-0001";
    private TalkDoor _door = null!;

    public async ValueTask InitializeAsync()
    {
        _door = await TalkDoor.OpenAsync();
        var rooms = (Rooms)_door.Office.Services.GetService(typeof(Rooms))!;
        await rooms.Case(CaseKey.For("minatodai", Number)).Open(new(
            "i1", $"r:{OfficeDoor.Channel}/{TownFacts.Resident}", OfficeDoor.Channel, "bulky-waste", 1, "粗大ごみの申込み", "environment", CaseKind.Application, TownFacts.Noon, null, 1200, ImmutableSortedDictionary<string, Answer>.Empty));
        while (!(await _door.Officer.GetAsync($"/api/v1/cases/{Number}", OfficeDoor.Cancel)).IsSuccessStatusCode) await Task.Delay(20, OfficeDoor.Cancel); // the fact is on its way
        _door.Resident.View = TownFacts.Talk() with { Control = TownFacts.Talk().Control with { CaseNumber = Number } };
    }

    public ValueTask DisposeAsync() => _door.DisposeAsync();

    [Fact]
    public async Task Patch_ChangesOneThingUnderItsETag()
    {
        var etag = (await _door.Officer.GetAsync($"/api/v1/cases/{Number}", OfficeDoor.Cancel)).Headers.ETag!.ToString();
        await (await Patch("""{"labels":["急ぎ"]}""", null)).IsProblem(428, "precondition/required");
        var changed = await Patch("""{"labels":["急ぎ"]}""", etag);
        Assert.Equal("急ぎ", (await Json(changed)).GetProperty("labels")[0].GetString());
        var stale = await (await Patch("""{"labels":[]}""", etag)).IsProblem(412, "precondition/stale");
        Assert.Equal("急ぎ", stale.GetProperty("current").GetProperty("labels")[0].GetString());
        Assert.Equal(HttpStatusCode.OK, (await Patch("""{"labels":[]}""", changed.Headers.ETag!.ToString())).StatusCode);
    }

    /// <summary>G04: what is decided elsewhere is no property here.</summary>
    [Theory]
    [InlineData("owner")]
    [InlineData("department")]
    [InlineData("epoch")]
    [InlineData("approvedBy")]
    public async Task Patch_OfWhatIsNotTheCallersToSay_IsUnknown(string property)
    {
        var problem = await (await Patch($$"""{"{{property}}":"x"}""", "*")).IsProblem(400, "request/unknown-property");
        Assert.Equal($"/{property}", problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"status":"resolved"}""")]
    [InlineData("""{"status":"archived"}""")]
    [InlineData("""{"labels":[],"status":"pendingResident"}""")]
    public async Task Patch_OfSomethingWrong_IsRefused(string body) => await (await Patch(body, "*")).IsProblem(400, "request/validation");

    [Fact]
    public async Task Patch_ByAnotherDepartmentOrAReader_IsRefused()
    {
        await (await _door.Other.SendAsync(Call("{", "*"), OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
        await (await _door.Reader.SendAsync(Call("{", "*"), OfficeDoor.Cancel)).IsProblem(403, "auth/forbidden");
    }

    [Fact]
    public async Task ANote_IsForColleaguesAndWrittenOnce()
    {
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.Created, (await _door.Officer.SendAsync(TalkDoor.Call(HttpMethod.Post, "/notes", """{"text":"電話で確認済みです。"}""", key: "n1"), OfficeDoor.Cancel)).StatusCode);
        JsonElement notes;
        do notes = (await Json(await _door.Officer.GetAsync($"{TalkDoor.Path}/notes", OfficeDoor.Cancel))).GetProperty("items");
        while (notes.GetArrayLength() == 0);
        var note = Assert.Single(notes.EnumerateArray());
        Assert.Equal(("電話で確認済みです。", "環境課の窓口"), (note.GetProperty("text").GetString(), note.GetProperty("by").GetString()));
        Assert.Empty(_door.Resident.Said);
        await (await _door.Other.GetAsync($"{TalkDoor.Path}/notes", OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
    }

    private Task<HttpResponseMessage> Patch(string body, string? ifMatch) => _door.Officer.SendAsync(Call(body, ifMatch), OfficeDoor.Cancel);

    private static HttpRequestMessage Call(string body, string? ifMatch)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/cases/{Number}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return request;
    }

    private static async Task<JsonElement> Json(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(OfficeDoor.Cancel);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
