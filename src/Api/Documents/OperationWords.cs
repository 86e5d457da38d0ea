using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using OrleansGov.Api.Problems;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace OrleansGov.Api.Documents;

/// <summary>Completes an operation from what its endpoint says: examples, headers, security, every refusal.</summary>
internal sealed class OperationWords(IOptions<JsonOptions> json) : IOperationFilter
{
    private static readonly Problem[] OfEveryStaffCall = [Problem.Unauthenticated, Problem.Forbidden, Problem.RateLimited, Problem.Failed];

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var words = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var isForStaff = words.OfType<IAuthorizeData>().Any() || words.OfType<AuthorizationPolicy>().Any();
        foreach (var parameter in words.OfType<ParameterWords>()) Explain(operation, parameter);
        foreach (var header in words.OfType<HeaderWords>()) Demand(operation, header);
        if (words.OfType<BodyWords>().LastOrDefault() is { } body) operation.RequestBody = Body(body, context);
        if (words.OfType<AnswerWords>().LastOrDefault() is { } answer) Answer(operation, answer);
        if (words.OfType<StreamWords>().LastOrDefault() is { } stream)
            ((OpenApiResponse)operation.Responses!["200"]).Content![stream.MediaType] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 1_000_000, Description = "SSE の行です。" }, Example = JsonValue.Create(stream.Example) };
        var refusals = words.OfType<RefusalWords>().SelectMany(w => w.Problems).Concat(isForStaff ? OfEveryStaffCall : []);
        foreach (var status in refusals.Distinct().GroupBy(p => p.Status)) operation.Responses![$"{status.Key}"] = Refusal([.. status], context.Document);
        if (isForStaff)
        {
            operation.Security = [new() { [new OpenApiSecuritySchemeReference(OpenApiSetup.Bearer, context.Document)] = [] }];
        }
        else
        {
            operation.Security = operation.OperationId == "receiveWebhook"
                ? [new() { [new OpenApiSecuritySchemeReference(OpenApiSetup.Signature, context.Document)] = [] }]
                : [];
        }

        if (operation.OperationId != "receiveWebhook") // LINE is told nothing about limits
            foreach (var response in operation.Responses!.Values.OfType<OpenApiResponse>()) AddLimits(response);
    }

    private void Explain(OpenApiOperation operation, ParameterWords words)
    {
        foreach (var parameter in operation.Parameters!.OfType<OpenApiParameter>().Where(p => p.Name == words.Name))
        {
            parameter.Description = words.Description;
            parameter.Example = Node(words.Example);
            if (parameter.Schema is OpenApiSchema { Type: JsonSchemaType.String } text) text.MaxLength = 100;
        }
    }

    private static void Demand(OpenApiOperation operation, HeaderWords words)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = words.Name, In = ParameterLocation.Header, Required = true, Description = words.Description, Example = JsonValue.Create(words.Example),
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 255 },
        });
    }

    private OpenApiRequestBody Body(BodyWords words, OperationFilterContext context)
    {
        var schema = context.SchemaGenerator.GenerateSchema(words.Type, context.SchemaRepository);
        return new()
        {
            Required = true,
            Description = "リクエストの本文です。",
            Content = words.MediaTypes.ToDictionary(type => type, type => type == "application/json"
                ? new OpenApiMediaType { Schema = schema, Example = Node(words.Example) }
                : type.StartsWith("image/", StringComparison.Ordinal)
                ? new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", MaxLength = 10 << 20, Description = "写真です。" } }
                : new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", MaxLength = 2 << 20, Description = "パックのフォルダーを圧縮した zip です。" } }),
        };
    }

    private void Answer(OpenApiOperation operation, AnswerWords words)
    {
        var response = (OpenApiResponse)operation.Responses![words.How == Answered.Created ? "201" : "200"];
        response.Description = words.How == Answered.Created ? "作成しました。" : "成功しました。";
        foreach (var content in response.Content!.Values) content.Example = Node(words.Example);
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        if (words.How == Answered.Created) response.Headers["Location"] = Header("作成したものの URL です。", "/api/v1/procedures/bulky-waste/versions/2");
        if (words.How is not (Answered.Tagged or Answered.AsList)) return;
        response.Headers["ETag"] = Header("内容の ETag です。If-None-Match に指定すると、変わっていないとき 304 になります。", "\"5f2c9a7be1d04c38\"");
        if (words.How == Answered.AsList) response.Headers["Link"] = Header("続きの URL（rel=\"next\"、RFC 8288）です。", "</api/v1/cases?cursor=CfDJ8>; rel=\"next\"");
        operation.Responses["304"] = new OpenApiResponse { Description = "変わっていません。" };
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = "If-None-Match", In = ParameterLocation.Header, Description = "前に受け取った ETag です。",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 200 },
        });
    }

    private OpenApiResponse Refusal(IReadOnlyList<Problem> problems, OpenApiDocument document)
    {
        var response = new OpenApiResponse
        {
            Description = string.Join(" または ", problems.Select(p => $"{p.Title}（{p.Code}）")) + "。",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new()
                {
                    Schema = new OpenApiSchemaReference(DocumentWords.ProblemSchema, document),
                    Examples = problems.ToDictionary(p => p.Code.Replace('/', '-'), p => (IOpenApiExample)new OpenApiExample { Summary = p.Title, Value = Example(p) }),
                },
            },
        };
        if (problems[0].Status is 429 or 503)
            response.Headers = new Dictionary<string, IOpenApiHeader> { ["Retry-After"] = Header("もう一度送るまで待つ秒数です。", 5) };
        return response;
    }

    private static void AddLimits(OpenApiResponse response)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        response.Headers["RateLimit-Limit"] = Header("1 分あたりに送れる回数です。", 600);
        response.Headers["RateLimit-Remaining"] = Header("この 1 分に、あと送れる回数です。", 599);
        response.Headers["RateLimit-Reset"] = Header("回数が戻るまでの秒数です。", 60);
    }

    private static OpenApiHeader Header(string description, string example) => new()
    {
        Description = description, Example = JsonValue.Create(example), Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 2000 },
    };

    private static OpenApiHeader Header(string description, int example) => new()
    {
        Description = description, Example = JsonValue.Create(example),
        Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "0", Maximum = "1000000" },
    };

    private JsonNode Example(Problem problem) => Node(new
    {
        type = $"https://example.lg.jp/problems/{problem.Code}", title = problem.Title, status = problem.Status, detail = problem.Detail,
        instance = "0HNH5U7K2J1QB:00000001", code = problem.Code, traceId = "4bf92f3577b34da6a3ce929d0e0e4736",
    });

    private JsonNode Node(object example) => JsonSerializer.SerializeToNode(example, json.Value.SerializerOptions)!;
}
