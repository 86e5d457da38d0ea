using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using OrleansGov.Api.Access;
using OrleansGov.Api.Problems;

namespace OrleansGov.Api.Idempotency;

/// <summary>
/// Calls that must not happen twice (api.md, Idempotency-Key): the first with a key runs, its answer is kept for a day and given again, byte for byte.
/// </summary>
public static class KeyedCalls
{
    public const string Header = "Idempotency-Key";

    /// <summary>Runs a call under the key of its request.</summary>
    /// <param name="asked">What is asked for; the same key for something else is refused.</param>
    /// <param name="call">Given an operation id that is the same for every run of this call: what it makes is to be named by it.</param>
    public static async Task<IResult> Run(HttpContext http, Staff staff, Rooms rooms, object asked, Func<Guid, Task<IResult>> call)
    {
        if (http.Request.Headers[Header] is not [{ Length: > 0 and <= 255 } key] || !key.All(c => c is >= ' ' and <= '~')) return Problem.IdempotencyKeyMissing.Answer();
        var room = rooms.Idempotency(IdempotencyKey.For(staff.Town, staff.Id, $"{http.Request.Method} {http.Request.Path}", key));
        var claim = await room.Claim(Fingerprint(http, asked));
        switch (claim.Kind)
        {
            case ClaimKind.Replay: return new Kept(claim.Answer!);
            case ClaimKind.InProgress: return Problem.IdempotencyInProgress.Answer();
            case ClaimKind.Reused: return Problem.IdempotencyKeyReused.Answer();
        }

        KeptAnswer answer;
        try
        {
            answer = await Catch(http, await call(claim.OperationId));
        }
        catch
        {
            await room.Release(undone: false);
            throw;
        }

        if (answer.Status is >= 200 and < 300) await room.Answer(answer);
        else await room.Release(undone: answer.Status < 500);
        return new Kept(answer);
    }

    private static string Fingerprint(HttpContext http, object asked) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        asked, asked.GetType(), http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions)));

    // Lets a result write its answer to us instead of the caller.
    private static async Task<KeptAnswer> Catch(HttpContext http, IResult result)
    {
        var (response, outside) = (http.Response, http.Response.Body);
        using var caught = new MemoryStream();
        response.Body = caught;
        try
        {
            await result.ExecuteAsync(http);
            await response.BodyWriter.FlushAsync();
        }
        finally
        {
            response.Body = outside;
        }

        return new(response.StatusCode, response.ContentType, Text(response.Headers.Location), Text(response.Headers.ETag), Encoding.UTF8.GetString(caught.ToArray()));
    }

    private static string? Text(Microsoft.Extensions.Primitives.StringValues header) => header.Count == 0 ? null : header.ToString();

    private sealed record Kept(KeptAnswer Answer) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            (response.StatusCode, response.ContentType) = (Answer.Status, Answer.ContentType);
            if (Answer.Location is { } location) response.Headers.Location = location;
            if (Answer.ETag is { } tag) response.Headers.ETag = tag;
            response.Headers.CacheControl = "private, no-cache";
            return response.WriteAsync(Answer.Body, httpContext.RequestAborted);
        }
    }
}
