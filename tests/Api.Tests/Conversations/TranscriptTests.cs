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
        var row = await read.Audit.SingleAsync(OfficeDoor.Cancel);
        Assert.Equal(("全体のキー", "transcript-read", TownFacts.Resident), (row.Principal, row.Action, row.Subject));
    }

    /// <summary>A talk runs through several departments: a key of one of them would read over the confidentiality wall.</summary>
    [Fact]
    public async Task ATalk_IsNotThereForAKeyThatIsBoundToDepartments()
    {
        var department = _office.StaffClient(OfficeDoor.DepartmentKey);
        await (await department.GetAsync($"/api/v1/conversations/{TownFacts.Resident}/messages", OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
        await (await department.GetAsync($"/api/v1/conversations/{Stranger}/messages", OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
        await (await _office.StaffClient().GetAsync("/api/v1/conversations/nobody/messages", OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
    }
}
