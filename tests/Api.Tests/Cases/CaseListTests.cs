using System.Text.Json;

namespace OrleansGov.Api.Tests.Cases;

public sealed class CaseListTests : IAsyncLifetime
{
    private readonly OfficeDoor _office = new();

    public async ValueTask InitializeAsync() => await _office.Records.AppendAsync(
    [
        TownFacts.Opened("S-1", day: new(2026, 11, 10)), TownFacts.Opened("S-2", day: new(2026, 11, 11), minutes: 1), TownFacts.Opened("S-3", minutes: 2),
        TownFacts.Opened("G-1", "general", minutes: 3), TownFacts.Opened("X-1", town: "elsewhere"),
    ]);

    public ValueTask DisposeAsync() => _office.DisposeAsync();

    [Fact]
    public async Task List_GoesOnWithTheCursorAndItsLink()
    {
        var staff = _office.StaffClient();
        var first = await staff.GetAsync("/api/v1/cases?limit=3", OfficeDoor.Cancel);
        var page = await Json(first);
        Assert.Equal(["G-1", "S-3", "S-2"], Numbers(page));
        var link = first.Headers.GetValues("Link").Single();
        var rest = await Json(await staff.GetAsync(link[1..link.IndexOf('>', StringComparison.Ordinal)], OfficeDoor.Cancel));
        Assert.Equal(["S-1"], Numbers(rest));
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("nextCursor").ValueKind);
    }

    [Fact]
    public async Task List_RefusesACursorOfAnotherCallerOrFilter()
    {
        var cursor = (await Json(await _office.StaffClient().GetAsync("/api/v1/cases?limit=1", OfficeDoor.Cancel))).GetProperty("nextCursor").GetString();
        await (await _office.StaffClient(OfficeDoor.DepartmentKey).GetAsync($"/api/v1/cases?limit=1&cursor={cursor}", OfficeDoor.Cancel)).IsProblem(400, "request/validation");
        await (await _office.StaffClient().GetAsync($"/api/v1/cases?status=done&cursor={cursor}", OfficeDoor.Cancel)).IsProblem(400, "request/validation");
        await (await _office.StaffClient().GetAsync("/api/v1/cases?cursor=junk", OfficeDoor.Cancel)).IsProblem(400, "request/validation");
    }

    [Fact]
    public async Task AnotherDepartmentOrTown_IsNotThere()
    {
        var department = _office.StaffClient(OfficeDoor.DepartmentKey);
        Assert.Equal(["S-3", "S-2", "S-1"], Numbers(await Json(await department.GetAsync("/api/v1/cases", OfficeDoor.Cancel))));
        Assert.Empty(Numbers(await Json(await department.GetAsync("/api/v1/cases?department=general", OfficeDoor.Cancel))));
        await (await department.GetAsync("/api/v1/cases/G-1", OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
        await (await _office.StaffClient().GetAsync("/api/v1/cases/X-1", OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
    }

    [Fact]
    public async Task Get_SaysTownTimeAndKnowsWhatTheCallerHas()
    {
        var staff = _office.StaffClient();
        var answer = await staff.GetAsync("/api/v1/cases/S-1", OfficeDoor.Cancel);
        var found = await Json(answer);
        Assert.Equal("2026-11-02T12:00:00+09:00", found.GetProperty("openedAt").GetString());
        Assert.Equal("opened", found.GetProperty("history")[0].GetProperty("what").GetString());
        Assert.Equal(answer.Headers.ETag!.Tag, found.GetProperty("etag").GetString());

        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/v1/cases/S-1");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, (await staff.SendAsync(again, OfficeDoor.Cancel)).StatusCode);

        await _office.Records.AppendAsync([TownFacts.Cancelled("S-1")]);
        Assert.NotEqual(answer.Headers.ETag, (await staff.GetAsync("/api/v1/cases/S-1", OfficeDoor.Cancel)).Headers.ETag);
    }

    [Theory]
    [InlineData("limit=0", "/limit")]
    [InlineData("limit=101", "/limit")]
    [InlineData("limit=many", "/limit")]
    [InlineData("openedFrom=yesterday", "/openedFrom")]
    public async Task List_WithAWrongParameter_NamesIt(string query, string pointer)
    {
        var problem = await (await _office.StaffClient().GetAsync($"/api/v1/cases?{query}", OfficeDoor.Cancel)).IsProblem(400, "request/validation");
        Assert.Equal(pointer, problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task Bookings_AreListedByDayWithoutTheCancelled()
    {
        await _office.Records.AppendAsync([TownFacts.Cancelled("S-1")]);
        var staff = _office.StaffClient();
        Assert.Equal(["S-2"], Numbers(await Json(await staff.GetAsync("/api/v1/bookings?from=2026-11-10&to=2026-11-11", OfficeDoor.Cancel))));
        Assert.Equal(["S-1", "S-2"], Numbers(await Json(await staff.GetAsync("/api/v1/bookings?from=2026-11-10&to=2026-11-11&withCancelled=true", OfficeDoor.Cancel))));
        await (await staff.GetAsync("/api/v1/bookings?from=2026-11-11&to=2026-11-10", OfficeDoor.Cancel)).IsProblem(400, "request/validation");
    }

    private static string[] Numbers(JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("number").GetString()!)];

    private static async Task<JsonElement> Json(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(OfficeDoor.Cancel);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
