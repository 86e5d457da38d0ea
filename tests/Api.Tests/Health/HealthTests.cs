using System.Text.Json;

namespace OrleansGov.Api.Tests.Health;

public sealed class HealthTests : IAsyncLifetime
{
    private readonly OfficeDoor _office = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _office.DisposeAsync();

    [Fact]
    public async Task Live_Answers() => Assert.Contains("live", await _office.CreateClient().GetStringAsync("/health/live", OfficeDoor.Cancel), StringComparison.Ordinal);

    [Fact]
    public async Task Ready_NamesWhatItChecked()
    {
        var ready = JsonDocument.Parse(await _office.CreateClient().GetStringAsync("/health/ready", OfficeDoor.Cancel)).RootElement;
        Assert.Equal("ready", ready.GetProperty("status").GetString());
        Assert.Contains(ready.GetProperty("checks").EnumerateArray(), c => c.GetProperty("name").GetString() == "records" && c.GetProperty("isWell").GetBoolean());
    }
}
