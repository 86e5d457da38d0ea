using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using OrleansGov.Api.Lists;
using OrleansGov.Api.Problems;

namespace OrleansGov.Api.Bodies;

/// <summary>
/// Reads a JSON body after the endpoint has decided that the caller may send one (api.md §1: visible, then right, then size and media type, then syntax).
/// Bound by the framework, a body would be judged first and tell strangers about resources that do not exist for them.
/// </summary>
public static class JsonBody
{
    /// <summary>Bytes.</summary>
    public const int Largest = 256 << 10;

    private static readonly string[] Accepted = ["application/json"];

    /// <returns>The body, valid by its own rules; or the refusal.</returns>
    /// <exception cref="BadHttpRequestException">Not JSON, or not of this shape; answered as 400 with the place.</exception>
    public static async Task<(T? Body, IResult? Refusal)> Read<T>(HttpContext http)
        where T : Asked
    {
        var request = http.Request;
        if (!request.HasJsonContentType()) return (null, Problem.UnsupportedType.Answer(null, new KeyValuePair<string, object?>("accepted", Accepted)));
        if (await Bytes(request) is not { } bytes) return (null, Problem.TooLarge.Answer(null, new KeyValuePair<string, object?>("limit", Largest)));
        T body;
        try
        {
            body = JsonSerializer.Deserialize<T>(bytes, http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new BadHttpRequestException("The body is not readable.", e);
        }

        var errors = body.Errors().ToList();
        return errors.Count == 0 ? (body, null) : (null, Problem.Validation.Answer(errors));
    }

    private static async Task<byte[]?> Bytes(HttpRequest request)
    {
        if (request.ContentLength > Largest) return null;
        using var bytes = new MemoryStream();
        var chunk = new byte[16 * 1024];
        while (await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted) is > 0 and var read)
        {
            if (bytes.Length + read > Largest) return null;
            bytes.Write(chunk, 0, read);
        }

        return bytes.ToArray();
    }
}
