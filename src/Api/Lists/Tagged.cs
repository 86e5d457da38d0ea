using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace OrleansGov.Api.Lists;

/// <summary>An answer with a strong ETag; 304 to those who have it already.</summary>
/// <param name="Tag">With its quotes; null = from the bytes of the answer.</param>
/// <param name="NextLink">Path and query of the next part; null = none.</param>
public sealed record Tagged<T>(T Value, string? Tag = null, string? NextLink = null) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var body = JsonSerializer.SerializeToUtf8Bytes(Value, httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);
        var tag = Tag ?? Etag.Of(body);
        response.Headers.ETag = tag;
        response.Headers.CacheControl = "private, no-cache";
        if (NextLink is not null) response.Headers.Link = $"<{NextLink}>; rel=\"next\"";
        if (httpContext.Request.GetTypedHeaders().IfNoneMatch.Any(known => known == EntityTagHeaderValue.Any || known.Compare(new(tag), useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = "application/json; charset=utf-8";
        return response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }
}

/// <summary>Strong entity tags.</summary>
public static class Etag
{
    public static string Of(ReadOnlySpan<byte> bytes) => $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\"";

    /// <summary>Of a row: every one of its values counts.</summary>
    public static string OfRow<TRow>(TRow row)
        where TRow : class => Of(System.Text.Encoding.UTF8.GetBytes(row.ToString()!));
}
