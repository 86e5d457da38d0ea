using System.Text.Json;
using OrleansGov.Api.Problems;

namespace OrleansGov.Api.Tests.Documents;

public sealed class OpenApiTests : IAsyncLifetime
{
    private readonly OfficeDoor _office = new();
    private JsonElement _document;

    public async ValueTask InitializeAsync() => _document = JsonDocument.Parse(await _office.CreateClient().GetStringAsync("/swagger/v1/swagger.json", OfficeDoor.Cancel)).RootElement;

    public ValueTask DisposeAsync() => _office.DisposeAsync();

    [Fact]
    public void Document_IsOpenApi31AndSaysWhatItIs()
    {
        Assert.StartsWith("3.1.", _document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var info = _document.GetProperty("info");
        Assert.True(info.TryGetProperty("contact", out _) && info.TryGetProperty("description", out _));
        Assert.NotEmpty(_document.GetProperty("servers").EnumerateArray());
        Assert.All(_document.GetProperty("tags").EnumerateArray(), t => Assert.NotEmpty(t.GetProperty("description").GetString()!));
    }

    [Fact]
    public void EveryOperation_HasNameWordsExamplesAndSecurity()
    {
        List<string> missing = [];
        foreach (var (at, operation) in Operations())
        {
            if (!operation.TryGetProperty("operationId", out var id) || !char.IsLower(id.GetString()![0])) missing.Add($"{at}: operationId");
            if (!operation.TryGetProperty("summary", out _) || !operation.TryGetProperty("description", out _)) missing.Add($"{at}: words");
            if (!operation.TryGetProperty("security", out _)) missing.Add($"{at}: security");
            foreach (var response in operation.GetProperty("responses").EnumerateObject().Where(r => r.Name.StartsWith('2')))
                if (response.Value.TryGetProperty("content", out var content))
                    missing.AddRange(content.EnumerateObject().Where(c => !c.Value.TryGetProperty("example", out _)).Select(_ => $"{at}: example of {response.Name}"));
            if (operation.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/json", out var json) && !json.TryGetProperty("example", out _)) missing.Add($"{at}: example of the request");
            if (operation.TryGetProperty("parameters", out var parameters))
                missing.AddRange(parameters.EnumerateArray().Where(p => !p.TryGetProperty("description", out _)).Select(p => $"{at}: words of {p.GetProperty("name").GetString()}"));
        }

        Assert.Equal([], missing);
    }

    [Fact]
    public void EveryRefusal_IsAProblemOfTheCatalogueWithAnExample()
    {
        List<string> wrong = [];
        foreach (var (at, operation) in Operations())
        {
            var refusals = operation.GetProperty("responses").EnumerateObject().Where(r => r.Name[0] is '4' or '5').ToList();
            if (refusals.Count == 0) wrong.Add($"{at}: no refusal");
            if (at.Contains("/api/v1", StringComparison.Ordinal))
                wrong.AddRange(new[] { "401", "403", "429" }.Except(refusals.Select(r => r.Name)).Select(s => $"{at}: no {s}"));
            foreach (var refusal in refusals.Where(r => !(at.Contains("ready", StringComparison.Ordinal) && r.Name == "503")))
            {
                if (!refusal.Value.GetProperty("content").TryGetProperty("application/problem+json", out var problem)) wrong.Add($"{at} {refusal.Name}: no problem+json");
                else
                    foreach (var example in problem.GetProperty("examples").EnumerateObject())
                    {
                        var code = example.Value.GetProperty("value").GetProperty("code").GetString();
                        if (Problem.All.Find(p => p.Code == code)?.Status.ToString(System.Globalization.CultureInfo.InvariantCulture) != refusal.Name) wrong.Add($"{at} {refusal.Name}: {code}");
                    }
            }
        }

        Assert.Equal([], wrong);
    }

    [Fact]
    public void Codes_OfTheDocument_AreTheCatalogue() => Assert.Equal(
        Problem.All.Select(p => p.Code),
        _document.GetProperty("components").GetProperty("schemas").GetProperty("Problem").GetProperty("properties").GetProperty("code").GetProperty("enum").EnumerateArray().Select(c => c.GetString()));

    [Fact]
    public void EverySchema_IsBoundedAndExplained()
    {
        List<string> missing = [];
        foreach (var schema in _document.GetProperty("components").GetProperty("schemas").EnumerateObject()) Check(schema.Value, schema.Name, missing);
        foreach (var (at, operation) in Operations())
            if (operation.TryGetProperty("parameters", out var parameters))
                foreach (var parameter in parameters.EnumerateArray()) Check(parameter.GetProperty("schema"), $"{at} {parameter.GetProperty("name").GetString()}", missing);
        Assert.Equal([], missing);
    }

    [Fact]
    public async Task Page_LoadsNothingFromElsewhere()
    {
        var answer = await _office.CreateClient().GetAsync("/swagger/index.html", OfficeDoor.Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("https://", await answer.Content.ReadAsStringAsync(OfficeDoor.Cancel), StringComparison.Ordinal);
        Assert.Contains("default-src 'self'", string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    private static void Check(JsonElement schema, string at, List<string> missing)
    {
        if (schema.ValueKind != JsonValueKind.Object) return;
        var types = !schema.TryGetProperty("type", out var type) ? [] : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()).ToArray() : [type.GetString()];
        if (types.Contains("string") && !schema.TryGetProperty("maxLength", out _) && !schema.TryGetProperty("enum", out _)) missing.Add($"{at}: maxLength");
        if (types.Contains("integer") && (!schema.TryGetProperty("minimum", out _) || !schema.TryGetProperty("maximum", out _))) missing.Add($"{at}: minimum, maximum");
        if (types.Contains("array") && !schema.TryGetProperty("maxItems", out _)) missing.Add($"{at}: maxItems");
        if (schema.TryGetProperty("items", out var items)) Check(items, $"{at}[]", missing);
        if (schema.TryGetProperty("properties", out var properties))
            foreach (var property in properties.EnumerateObject()) Check(property.Value, $"{at}.{property.Name}", missing);
        if (schema.TryGetProperty("additionalProperties", out var values)) Check(values, $"{at}.*", missing);
    }

    private IEnumerable<(string At, JsonElement Operation)> Operations() =>
        from path in _document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select ($"{operation.Name} {path.Name}", operation.Value);
}
