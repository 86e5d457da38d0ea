using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrleansGov.Api.Problems;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace OrleansGov.Api.Documents;

/// <summary>What belongs to the document as a whole: servers, tags, the one schema of every refusal.</summary>
internal sealed class DocumentWords : IDocumentFilter
{
    public const string ProblemSchema = "Problem";

    private static readonly (string Name, string Description)[] Tags =
    [
        ("webhook", "LINE からのイベントの受け口です。"),
        ("health", "稼働状況です。"),
        ("cases", "案件（申込み・相談）です。"),
        ("bookings", "予約です。"),
        ("conversations", "住民との会話です。引き受け、返信、ボットに戻す操作を含みます。"),
        ("procedures", "手続きのパックと、公開した版です。"),
        ("broadcasts", "お知らせの配信です。"),
        ("canned-replies", "定型文です。"),
        ("audit-events", "監査ログです。会話の内容は含みません。"),
        ("me", "呼び出した人またはキーです。"),
        ("events", "できごとの通知です。識別子と種類だけを伝えます。"),
        ("webhook-endpoints", "できごとを外部のシステムに伝える Webhook です。"),
    ];

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        swaggerDoc.Servers =
        [
            new()
            {
                Url = "/", Description = "この文書を返したサーバーです。本番（production）も検証（staging）も同じ相対 URL です。",
                Extensions = new Dictionary<string, IOpenApiExtension> { ["x-internal"] = new JsonNodeExtension(JsonValue.Create(false)) },
            },
        ];
        swaggerDoc.Tags = new HashSet<OpenApiTag>(Tags.Select(t => new OpenApiTag { Name = t.Name, Description = t.Description }));
        swaggerDoc.Components!.Schemas![ProblemSchema] = Problems();
    }

    private static OpenApiSchema Problems() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "エラーです（RFC 9457）。判別には code だけを使ってください。",
        Required = new HashSet<string> { "type", "title", "status", "detail", "instance", "code", "traceId" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("エラーの説明ページの URL です。", 500, "uri"),
            ["title"] = Text("エラーの名前です。", 200),
            ["status"] = Number("HTTP ステータスです。", 400, 599),
            ["detail"] = Text("この場合の説明です。", 2000),
            ["instance"] = Text("リクエストの識別子です。", 200),
            ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 60, Description = "エラーの種類です。", Enum = [.. Problem.All.Select(p => (JsonNode)JsonValue.Create(p.Code))] },
            ["traceId"] = Text("トレースの識別子です。", 32),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array, MaxItems = 1000, Description = "誤りのある項目です。",
                Items = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object, Description = "誤りのある項目です。",
                    Required = new HashSet<string> { "pointer", "message" },
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        ["pointer"] = Text("項目の JSON Pointer です。", 500),
                        ["message"] = Text("何が誤っているかです。", 1000),
                        ["line"] = Number("ファイルの行です。", 1, 1_000_000),
                        ["fix"] = Text("直し方です。", 1000),
                    },
                },
            },
            ["required"] = new OpenApiSchema { Type = JsonSchemaType.Array, MaxItems = 10, Description = "必要な権限です。", Items = Text("権限です。", 60) },
            ["limit"] = Number("大きさの上限（バイト）です。", 0, int.MaxValue),
            ["current"] = new OpenApiSchema { Type = JsonSchemaType.Object, Description = "現在の内容です。" },
            ["accepted"] = new OpenApiSchema { Type = JsonSchemaType.Array, MaxItems = 10, Description = "使える Content-Type です。", Items = Text("Content-Type です。", 100) },
        },
    };

    private static OpenApiSchema Text(string description, int maxLength, string? format = null) =>
        new() { Type = JsonSchemaType.String, MaxLength = maxLength, Format = format, Description = description };

    private static OpenApiSchema Number(string description, int minimum, int maximum) => new()
    {
        Type = JsonSchemaType.Integer, Format = "int32", Description = description,
        Minimum = FormattableString.Invariant($"{minimum}"), Maximum = FormattableString.Invariant($"{maximum}"),
    };
}
