using Microsoft.EntityFrameworkCore;
using OrleansGov.Records;

namespace OrleansGov.Api.Tests.Conversations;

public sealed class TranscriptTests : IAsyncLifetime
{
    private const string Stranger = "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz";
    private readonly OfficeDoor _office = new();

    public async ValueTask InitializeAsync() => await _office.Records.AppendAsync(
        [TownFacts.Opened("S-1"), .. Enumerable.Range(1, 5).Select(i => TownFacts.Heard(i, $"発言{i}")), TownFacts.Heard(1, "ほかの部署の人", Stranger)]);

    public ValueTask DisposeAsync() => _office.DisposeAsync();

    [Fact]
    public async Task Reading_LeavesARowInTheAuditTrail()
    {
        var text = await _office.StaffClient().GetStringAsync($"/api/v1/conversations/{TownFacts.Resident}/messages?limit=2", OfficeDoor.Cancel);
        Assert.Contains("発言5", text, StringComparison.Ordinal);
        Assert.Contains("\"before\":4", text, StringComparison.Ordinal);

        await using var read = _office.Records.Read();
        var row = await read.Audit.SingleAsync(a => a.Action == "transcript-read", OfficeDoor.Cancel);
        Assert.Equal(("全体のキー", "transcript-read", TownFacts.Resident), (row.Principal, row.Action, row.Subject));
    }

    /// <summary>The desk that has the talk sees it; to every other it is as if there were none.</summary>
    [Fact]
    public async Task ATalk_IsThereForItsDepartmentAlone()
    {
        var department = _office.StaffClient(OfficeDoor.DepartmentKey);
        Assert.Equal(HttpStatusCode.OK, (await department.GetAsync($"/api/v1/conversations/{TownFacts.Resident}/messages", OfficeDoor.Cancel)).StatusCode);
        _office.Resident($"r:{OfficeDoor.Channel}/{TownFacts.Resident}").View = TownFacts.Talk(department: "general");
        _office.Resident($"r:{OfficeDoor.Channel}/{Stranger}").View = TownFacts.Talk(department: "general");
        await (await department.GetAsync($"/api/v1/conversations/{TownFacts.Resident}/messages", OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
        await (await department.GetAsync($"/api/v1/conversations/{Stranger}/messages", OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
        await (await _office.StaffClient().GetAsync("/api/v1/conversations/nobody/messages", OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
    }
}
