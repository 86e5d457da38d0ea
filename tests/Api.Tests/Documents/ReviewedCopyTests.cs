using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrleansGov.Api.Tests.Documents;

/// <summary>
/// docs/openapi.json is the document as somebody has read it: a change of the API shows in the same commit, or this test fails. To write it anew:
/// eng/renew-openapi (docs/api.md).
/// </summary>
public sealed class ReviewedCopyTests : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly OfficeDoor _office = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _office.DisposeAsync();

    [Fact]
    public async Task Document_IsTheReviewedCopy()
    {
        var fresh = await _office.CreateClient().GetStringAsync("/swagger/v1/swagger.json", OfficeDoor.Cancel);
        var copy = Path.Combine(Root(), "docs", "openapi.json");
        var now = JsonNode.Parse(fresh)!.ToJsonString(Readable).ReplaceLineEndings("\n") + "\n";
        if (System.Environment.GetEnvironmentVariable("UPDATE_OPENAPI") == "1") await File.WriteAllTextAsync(copy, now, OfficeDoor.Cancel);
        var reviewed = File.Exists(copy) ? (await File.ReadAllTextAsync(copy, OfficeDoor.Cancel)).ReplaceLineEndings("\n") : "";
        Assert.True(reviewed == now, $"The API is no longer what docs/openapi.json says. If that is meant: eng/renew-openapi, and read the difference.\n{FirstDifference(reviewed, now)}");
    }

    private static string FirstDifference(string reviewed, string now)
    {
        var (old, fresh) = (reviewed.Split('\n'), now.Split('\n'));
        var at = Enumerable.Range(0, Math.Min(old.Length, fresh.Length)).FirstOrDefault(i => old[i] != fresh[i], Math.Min(old.Length, fresh.Length));
        return $"line {at + 1}\n- {old.ElementAtOrDefault(at)}\n+ {fresh.ElementAtOrDefault(at)}";
    }

    private static string Root()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "OrleansGov.sln"))) return at.FullName;
        throw new InvalidOperationException("These tests run from a checkout: OrleansGov.sln was not found above the output.");
    }
}
