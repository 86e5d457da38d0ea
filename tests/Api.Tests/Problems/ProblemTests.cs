using OrleansGov.Api.Problems;

namespace OrleansGov.Api.Tests.Problems;

public sealed class ProblemTests : IAsyncLifetime
{
    private readonly OfficeDoor _office = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _office.DisposeAsync();

    [Fact]
    public async Task AnUnknownAddress_IsAProblem() => await (await _office.CreateClient().GetAsync("/nowhere", OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");

    [Fact]
    public async Task AWrongMethod_IsAProblem() =>
        await (await _office.CreateClient().GetAsync($"/webhook/{OfficeDoor.Channel}", OfficeDoor.Cancel)).IsProblem(405, "request/method-not-allowed");

    [Fact]
    public async Task EveryKind_HasAPageThatSaysWhatToDo()
    {
        var reader = _office.CreateClient();
        var list = await reader.GetStringAsync("/problems", OfficeDoor.Cancel);
        foreach (var problem in Problem.All)
        {
            Assert.Contains($"/problems/{problem.Code}", list, StringComparison.Ordinal);
            Assert.Contains(problem.Remedy.Split('。')[0], WebUtility.HtmlDecode(await reader.GetStringAsync($"/problems/{problem.Code}", OfficeDoor.Cancel)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Codes_AreUnique() => Assert.Equal(Problem.All.Count, Problem.All.Select(p => p.Code).Distinct().Count());
}
