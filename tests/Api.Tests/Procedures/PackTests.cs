using System.IO.Compression;
using System.Net.Http.Json;
using System.Text.Json;

namespace OrleansGov.Api.Tests.Procedures;

public sealed class PackTests : IAsyncLifetime
{
    private readonly OfficeDoor _office = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _office.DisposeAsync();

    [Fact]
    public async Task Publish_AsJsonThenAsZip_MakesVersions_AndRestoreGoesBack()
    {
        var first = await Send(Json(new { texts = new Dictionary<string, string> { ["procedure.yaml"] = "一" } }));
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal("/api/v1/procedures/bulky-waste/versions/1", first.Headers.Location!.ToString());

        await Send(Zip(("bulky-waste/procedure.yaml", "二"), ("bulky-waste/talks/a.talk", "話")));
        Assert.Equal(["procedure.yaml", "talks/a.talk"], _office.Catalog.Published[1].Texts.Keys);

        var staff = _office.StaffClient();
        Assert.True(JsonDocument.Parse(await staff.GetStringAsync("/api/v1/procedures/bulky-waste/versions/2", OfficeDoor.Cancel)).RootElement.GetProperty("isCurrent").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, (await staff.PostAsync("/api/v1/procedures/bulky-waste/versions/1/publications", null, OfficeDoor.Cancel)).StatusCode);
        Assert.False(JsonDocument.Parse(await staff.GetStringAsync("/api/v1/procedures/bulky-waste/versions/2", OfficeDoor.Cancel)).RootElement.GetProperty("isCurrent").GetBoolean());
        await (await staff.PostAsync("/api/v1/procedures/bulky-waste/versions/9/publications", null, OfficeDoor.Cancel)).IsProblem(404, "resource/not-found");
    }

    [Fact]
    public async Task Publish_OfAPackWithFaults_Is422WithFileLineAndFix()
    {
        _office.Catalog.Faults = [new("talks/a.talk", 3, "予期しない応答です。", "応答を直してください。")];
        var problem = await (await Send(Zip(("procedure.yaml", "x")))).IsProblem(422, "procedure/not-publishable");
        var error = problem.GetProperty("errors")[0];
        Assert.Equal("/texts/talks~1a.talk", error.GetProperty("pointer").GetString());
        Assert.Equal(3, error.GetProperty("line").GetInt32());

        var check = await _office.StaffClient().PostAsync("/api/v1/procedures/bulky-waste/validations", Zip(("procedure.yaml", "x")), OfficeDoor.Cancel);
        Assert.False(JsonDocument.Parse(await check.Content.ReadAsStringAsync(OfficeDoor.Cancel)).RootElement.GetProperty("isPublishable").GetBoolean());
        Assert.Empty(_office.Catalog.Published);
    }

    [Theory]
    [InlineData("""{"texts":{"a":1}}""", "request/malformed", "/texts/a")]
    [InlineData("""{"texts":{"a":"x"},"version":3}""", "request/unknown-property", "/version")]
    [InlineData("""{"texts":""", "request/malformed", "/texts")]
    [InlineData("""{}""", "request/malformed", "")]
    public async Task Publish_OfUnreadableJson_NamesThePlace(string body, string code, string pointer)
    {
        var problem = await (await Send(new StringContent(body, Encoding.UTF8, "application/json"))).IsProblem(400, code);
        Assert.Equal(pointer, problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task Publish_OfSomethingElse_Is415AndSaysWhatIsTaken()
    {
        var problem = await (await Send(new StringContent("id: x", Encoding.UTF8, "text/plain"))).IsProblem(415, "media/unsupported-type");
        Assert.Equal(2, problem.GetProperty("accepted").GetArrayLength());
    }

    [Theory]
    [InlineData("../procedure.yaml")]
    [InlineData("/etc/passwd")]
    [InlineData("a\\b.yaml")]
    [InlineData("C:procedure.yaml")]
    public async Task Publish_OfAZipWithAHostileName_IsRefused(string name) => await (await Send(Zip((name, "x"), ("b.yaml", "y")))).IsProblem(400, "request/validation");

    [Fact]
    public async Task Publish_OfAZipBomb_Is413() => await (await Send(Zip(("procedure.yaml", new string('0', 5_000_000))))).IsProblem(413, "payload/too-large");

    [Fact]
    public async Task Publish_OfTooManyFiles_IsRefused() =>
        await (await Send(Zip([.. Enumerable.Range(0, 65).Select(i => ($"f{i}.csv", "x"))]))).IsProblem(400, "request/validation");

    [Fact]
    public async Task Publish_OfNoZip_IsMalformed()
    {
        var junk = new ByteArrayContent([1, 2, 3, 4]);
        junk.Headers.ContentType = new("application/zip");
        await (await Send(junk)).IsProblem(400, "request/malformed");
    }

    [Fact]
    public async Task Publish_OverTwoMebibytes_Is413() => await (await Send(Json(new { texts = new Dictionary<string, string> { ["a"] = new string('x', 2_100_000) } }))).IsProblem(413, "payload/too-large");

    private Task<HttpResponseMessage> Send(HttpContent pack) => _office.StaffClient().PostAsync("/api/v1/procedures/bulky-waste/publications", pack, OfficeDoor.Cancel);

    private static JsonContent Json(object body) => JsonContent.Create(body);

    private static ByteArrayContent Zip(params (string Name, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, text) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }

        var content = new ByteArrayContent(bytes.ToArray());
        content.Headers.ContentType = new("application/zip");
        return content;
    }
}
