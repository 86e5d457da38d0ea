using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace OrleansGov.Api.Documents;

/// <summary>The OpenAPI 3.1 document at /swagger/v1/swagger.json and its page at /swagger.</summary>
public static class OpenApiSetup
{
    internal const string Bearer = "apiKey";
    internal const string Signature = "lineSignature";

    public static IServiceCollection AddOpenApiDocument(this IServiceCollection services) => services.AddEndpointsApiExplorer().AddSwaggerGen(swagger =>
    {
        swagger.SwaggerDoc("v1", new OpenApiInfo
        {
            Title = "OrleansGov API",
            Version = "1.0.0",
            Description = "LINE で住民の手続きを受け付ける窓口の API です。日時は日本時間（+09:00）の RFC 3339、金額は円の整数です。エラーは RFC 9457 の application/problem+json で、code だけで判別してください。",
            Contact = new() { Name = "この窓口を運用する自治体" },
            License = new() { Name = "この窓口を運用する自治体の定めによります", Identifier = "LicenseRef-Municipality" },
        });
        swagger.AddSecurityDefinition(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http, Scheme = "bearer",
            Description = "API キー（og_live_…）を Authorization: Bearer に指定します。権限（scope）はキーごとに決まります。",
        });
        swagger.AddSecurityDefinition(Signature, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "x-line-signature",
            Description = "本文（受信したバイト列のまま）の HMAC-SHA256 を、チャネルシークレットを鍵として計算し、base64 にしたものです。",
        });
        swagger.SupportNonNullableReferenceTypes();
        swagger.NonNullableReferenceTypesAsRequired();
        swagger.MapType<JsonObject>(() => new OpenApiSchema { Type = JsonSchemaType.Object }); // whatever a sender puts there, not the properties of our parser
        swagger.SchemaFilter<SchemaWords>();
        swagger.OperationFilter<OperationWords>();
        swagger.DocumentFilter<DocumentWords>();
    });

    public static IApplicationBuilder UseOpenApiDocument(this IApplicationBuilder app)
    {
        app.UseSwagger(swagger => swagger.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1);
        return app.UseSwaggerUI(page =>
        {
            page.DocumentTitle = "OrleansGov API";
            page.SwaggerEndpoint("/swagger/v1/swagger.json", "OrleansGov API v1");
            page.DefaultModelsExpandDepth(0);
            page.EnableTryItOutByDefault();
        });
    }
}
