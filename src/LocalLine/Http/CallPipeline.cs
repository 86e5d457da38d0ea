using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using OrleansGov.LocalLine.Faults;

namespace OrleansGov.LocalLine.Http;

/// <summary>
/// The order in which LINE looks at a call (own): bearer 401, rate 429, content type 415, size 413, JSON 400, retry header 400; what the
/// body says is the endpoint's. Faults on demand strike before or after. Every answer bears an X-Line-Request-Id.
/// </summary>
internal sealed class CallPipeline(LocalLinePlatform platform)
{
    private const int MaxJson = 2 * 1024 * 1024;
    private const int MaxBytes = 16 * 1024 * 1024;

    public async Task Run(HttpContext http, Endpoint endpoint)
    {
        var call = new Call(platform, endpoint, http, RequestIdOf(http, platform), platform.Now);
        var fault = platform.Faults.Strike(endpoint.Name);
        if (fault?.Kind == "delay") await Task.Delay(TimeSpan.FromMilliseconds(fault.Ms ?? 1000), platform.Clock, http.RequestAborted);

        Answer answer;
        switch (fault?.Kind)
        {
            case "hangup-before":
                Record(http, call, 0, "", "hung up before accepting", "fault");
                http.Abort();
                return;
            case "error-before":
                answer = Error(fault);
                break;
            case "429":
                answer = RateExceeded();
                break;
            case "401":
                answer = Unauthorized("token expired on demand");
                break;
            default:
                answer = await Check(http, call) ?? endpoint.Handle(call);
                break;
        }

        if (fault?.Kind is "error-after" or "hangup-after" && answer.Status < 300) platform.LostAnswer(call);
        if (fault?.Kind == "hangup-after")
        {
            Record(http, call, 0, "", $"hung up after {answer.Status}", answer.Verdict, answer.Resident);
            http.Abort();
            return;
        }

        if (fault?.Kind == "error-after") answer = Error(fault) with { Why = $"error on demand after {answer.Status}", Verdict = answer.Verdict, Resident = answer.Resident };
        Record(http, call, answer.Status, answer.MediaType == "application/json" ? Encoding.UTF8.GetString(answer.Body.Span) : $"({answer.Body.Length} bytes)",
            answer.Why, answer.Verdict, answer.Resident);
        await Write(http, answer, fault?.Kind == "slow-body" ? TimeSpan.FromMilliseconds(fault.Ms ?? 1000) : null);
    }

    public static string RequestIdOf(HttpContext http, LocalLinePlatform platform)
    {
        if (http.Response.Headers.TryGetValue("X-Line-Request-Id", out var given)) return given.ToString();
        var id = platform.Mint.RequestId();
        http.Response.Headers["X-Line-Request-Id"] = id;
        return id;
    }

    public static Answer RateExceeded() => Answer.Error(429, "The API rate limit has been exceeded. Try again later.");

    public async Task Write(HttpContext http, Answer answer, TimeSpan? pause = null)
    {
        http.Response.StatusCode = answer.Status;
        if (answer.AcceptedRequestId is { } accepted) http.Response.Headers["X-Line-Accepted-Request-Id"] = accepted;
        if (answer.Body.IsEmpty) return;
        http.Response.ContentType = answer.MediaType;
        http.Response.ContentLength = answer.Body.Length;
        var half = pause is null ? 0 : answer.Body.Length / 2;
        if (pause is { } wait)
        {
            await http.Response.Body.WriteAsync(answer.Body[..half], http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await Task.Delay(wait, platform.Clock, http.RequestAborted);
        }

        await http.Response.Body.WriteAsync(answer.Body[half..], http.RequestAborted);
    }

    private async Task<Answer?> Check(HttpContext http, Call call)
    {
        var endpoint = call.Endpoint;
        if (!endpoint.Anonymous)
        {
            if (Bearer(http.Request.Headers.Authorization, call) is { } unauthorized) return unauthorized;
            if (platform.Options.RateLimits && !platform.Rates.Take(call.Channel, endpoint, call.Now)) return RateExceeded();
        }

        if (endpoint.Body == BodyKind.Json && call.MediaType != "application/json")
            return Answer.Error(415, $"The content type, {http.Request.ContentType ?? "null"}, is not supported");
        if (endpoint.Body != BodyKind.None)
        {
            if (await ReadAsync(http, endpoint.Body == BodyKind.Bytes ? MaxBytes : MaxJson) is not { } bytes)
                return Answer.Error(413, "Request Entity Too Large");
            call.Bytes = bytes;
        }

        if (endpoint.Body == BodyKind.Json && Parse(call) is { } unreadable) return unreadable;
        if (endpoint.Body == BodyKind.Form) call.Form = new FormCollection(QueryHelpers.ParseQuery(Encoding.UTF8.GetString(call.Bytes)));
        return RetryHeader(http.Request.Headers["X-Line-Retry-Key"], call);
    }

    private Answer? Bearer(StringValues header, Call call)
    {
        if (!AuthenticationHeaderValue.TryParse(header, out var value) || !value.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) || value.Parameter is null)
            return Unauthorized("Authorization header required. Must follow the scheme, 'Authorization: Bearer <ACCESS TOKEN>'");
        if (platform.Tokens.Holder(value.Parameter, call.Now) is not { } channel)
            return Unauthorized("invalid token. Confirm that the access token in the authorization header is valid.");
        call.Channel = channel;
        return null;
    }

    private static Answer Unauthorized(string reason) => Answer.Error(401, $"Authentication failed due to the following reason: {reason}");

    private static Answer Error(Fault fault) => Answer.Error(fault.Status ?? 500, "Internal Server Error") with { Why = "error on demand before accepting" };

    private static async Task<byte[]?> ReadAsync(HttpContext http, int limit)
    {
        if (http.Request.ContentLength > limit) return null;
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        for (int read; (read = await http.Request.Body.ReadAsync(chunk, http.RequestAborted)) > 0;)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > limit) return null;
        }

        return buffer.ToArray();
    }

    private static Answer? Parse(Call call)
    {
        try
        {
            using var document = JsonDocument.Parse(call.Bytes);
            call.Body = document.RootElement.Clone();
            return call.Body.ValueKind == JsonValueKind.Object ? null : Answer.Error(400, "The request body could not be parsed as JSON (line: 1, column: 1)");
        }
        catch (JsonException broken)
        {
            return Answer.Error(400, $"The request body could not be parsed as JSON (line: {broken.LineNumber + 1}, column: {broken.BytePositionInLine + 1})");
        }
    }

    private static Answer? RetryHeader(StringValues header, Call call)
    {
        if (header.Count == 0) return null;
        if (!call.Endpoint.TakesRetryKey) return Answer.Error(400, "X-Line-Retry-Key is not supported in this endpoint");
        if (!Guid.TryParseExact(header.ToString(), "D", out var key)) return Answer.Error(400, "The value for the 'X-Line-Retry-Key' header is invalid");
        call.RetryKey = key;
        return null;
    }

    private void Record(HttpContext http, Call call, int status, string response, string why, string verdict, string? resident = null)
    {
        platform.Counters.Add($"call.{call.Endpoint.Name}.{status}");
        platform.Note(call.Channel?.Name, "call", call.Endpoint.Method, http.Request.Path + http.Request.QueryString.ToString(), status, call.RequestId, resident,
            call.Endpoint.Body == BodyKind.Form ? "(form)" : call.Text, call.Endpoint.Anonymous ? "(token)" : response, verdict, why);
    }
}
