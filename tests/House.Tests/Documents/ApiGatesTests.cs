using System.Diagnostics;
using System.Text.Json.Nodes;

namespace OrleansGov.House.Tests.Documents;

/// <summary>The judges of docs/openapi.json (tests/api-gates): what others ask of an API's document, and what this office asks beyond that.</summary>
public sealed class ApiGatesTests(Judges judges) : IClassFixture<Judges>
{
    [Theory]
    [InlineData("redocly")]
    [InlineData("oas")]
    [InlineData("owasp")]
    [InlineData("office")]
    [InlineData("schema")]
    public async Task Document_PassesItsJudge(string judge)
    {
        Assert.SkipWhen(judges.Missing is not null, judges.Missing ?? "");
        var (code, said) = await Judges.Run("run", "--silent", judge);
        Assert.True(code == 0, said);
    }

    /// <summary>A judge that never objects is none: each of our own rules meets a document that breaks it.</summary>
    [Theory]
    [InlineData("operation-id-is-verb-noun", "$.operationId", "Cases")]
    [InlineData("words-are-japanese", "$.summary", "List cases")]
    [InlineData("answer-has-an-example", "$.responses.200.content.application/json.example", null)]
    [InlineData("refusal-has-a-body", "$.responses.400.content", null)]
    [InlineData("staff-refusals-are-declared", "$.responses.429", null)]
    [InlineData("staff-operation-is-secured", "$.security", "[]")]
    public async Task OwnRule_MeetsWhatBreaksIt(string rule, string member, string? value)
    {
        Assert.SkipWhen(judges.Missing is not null, judges.Missing ?? "");
        Assert.Contains(rule, await Objections(Document("/api/v1/cases", "get", member, value)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("what-reaches-residents-needs-a-key", "/api/v1/broadcasts", "post", "$.parameters")]
    [InlineData("request-has-an-example", "/api/v1/broadcasts", "post", "$.requestBody.content.application/json.example")]
    public async Task OwnRule_MeetsARequestThatBreaksIt(string rule, string path, string method, string member)
    {
        Assert.SkipWhen(judges.Missing is not null, judges.Missing ?? "");
        Assert.Contains(rule, await Objections(Document(path, method, member, null)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnRules_MeetAChangeWithoutIfMatch()
    {
        Assert.SkipWhen(judges.Missing is not null, judges.Missing ?? "");
        var paths = (JsonObject)JsonNode.Parse(await File.ReadAllTextAsync(Repository.File("docs", "openapi.json"), TestContext.Current.CancellationToken))!["paths"]!;
        var list = paths["/api/v1/cases"]!["get"]!.DeepClone();
        Assert.Contains("change-needs-if-match", await Objections(With(paths, "/api/v1/cases/{number}", "patch", list)), StringComparison.Ordinal);
    }

    private static async Task<string> Objections(JsonNode document)
    {
        var spoiled = Path.Combine(Path.GetTempPath(), $"openapi-{Guid.NewGuid():N}.json");
        try
        {
            await File.WriteAllTextAsync(spoiled, document.ToJsonString(), TestContext.Current.CancellationToken);
            return (await Judges.Run("exec", "--", "spectral", "lint", "--ruleset", "office.yaml", spoiled)).Said;
        }
        finally
        {
            File.Delete(spoiled);
        }
    }

    private static JsonNode Document(string path, string method, string member, string? value)
    {
        var document = JsonNode.Parse(File.ReadAllText(Repository.File("docs", "openapi.json")))!;
        var names = member[2..].Split('.');
        var at = names[..^1].Aggregate(document["paths"]![path]![method]!, (node, name) => node[name]!).AsObject();
        if (value is null) at.Remove(names[^1]);
        else at[names[^1]] = value == "[]" ? new JsonArray() : value;
        return document;
    }

    private static JsonNode With(JsonObject paths, string path, string method, JsonNode operation)
    {
        paths[path]![method] = operation;
        return paths.Root;
    }
}

/// <summary>npm's tools, installed once from the lock file; or why they are not there.</summary>
public sealed class Judges : IAsyncLifetime
{
    private static readonly string Folder = Repository.File("tests", "api-gates");

    public string? Missing { get; private set; }

    public async ValueTask InitializeAsync()
    {
        try
        {
            await Run("--version");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Missing = "npm is missing (Node.js 20 or later), so the judges of docs/openapi.json do not run";
            return;
        }

        var (installed, locked) = (Path.Combine(Folder, "node_modules", ".package-lock.json"), Path.Combine(Folder, "package-lock.json"));
        if (File.Exists(installed) && File.GetLastWriteTimeUtc(installed) >= File.GetLastWriteTimeUtc(locked)) return;
        var (code, said) = await Run("ci", "--prefer-offline");
        if (code != 0) Missing = $"npm could not install the judges of docs/openapi.json: {said.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()}";
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public static async Task<(int Code, string Said)> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["REDOCLY_TELEMETRY"] = "off";
        start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true";
        using var npm = Process.Start(start)!;
        var (output, errors) = (npm.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), npm.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await npm.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (npm.ExitCode, await errors + await output);
    }
}
