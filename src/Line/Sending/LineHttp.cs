using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace OrleansGov.Line;

/// <summary>What LINE's answers have in common.</summary>
static class LineHttp
{
    const int KeptBody = 4096;

    public static string? RequestId(this HttpResponseMessage response) => Header(response.Headers, "X-Line-Request-Id");

    public static string? AcceptedRequestId(this HttpResponseMessage response) => Header(response.Headers, "X-Line-Accepted-Request-Id");

    public static async Task<LineApiException> RefusalAsync(this HttpResponseMessage response, string call, CancellationToken cancellation) =>
        new((int)response.StatusCode, response.RequestId(), await response.BodyAsync(cancellation), call);

    /// <summary>The start of the body; empty when it cannot be read, for the status alone decides.</summary>
    public static async Task<string> BodyAsync(this HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            using var stream = await response.Content.ReadAsStreamAsync(cancellation);
            var bytes = new byte[Math.Min(KeptBody, response.Content.Headers.ContentLength ?? KeptBody)];
            var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
            return Encoding.UTF8.GetString(bytes, 0, length);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return "";
        }
    }

    /// <summary>The ids of <c>sentMessages</c>, strings whatever LINE's documentation calls them; none when the body is not what we expect.</summary>
    public static ImmutableList<string> SentMessageIds(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("sentMessages", out var sent) && sent.ValueKind == JsonValueKind.Array
                ? [.. sent.EnumerateArray().Where(m => m.ValueKind == JsonValueKind.Object).Select(m => m.Text("id") ?? "")]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>The outcome of a refusal. The status decides, save for three texts that have no other mark.</summary>
    public static SendOutcome OutcomeOf(int status, string body) => status switch
    {
        400 when MessageOf(body) is { } m && m.StartsWith("Invalid reply token", StringComparison.OrdinalIgnoreCase) => SendOutcome.InvalidReplyToken,
        400 when MessageOf(body) is { } m && m.StartsWith("Failed to send messages", StringComparison.OrdinalIgnoreCase) => SendOutcome.FailedToSend,
        429 when MessageOf(body) is { } m && m.StartsWith("You have reached your monthly limit", StringComparison.OrdinalIgnoreCase) => SendOutcome.MonthlyLimit,
        401 => SendOutcome.Unauthorized,
        403 => SendOutcome.Forbidden,
        404 or 410 => SendOutcome.NotFound,
        413 => SendOutcome.TooLarge,
        415 => SendOutcome.UnsupportedMedia,
        429 => SendOutcome.RateLimited,
        >= 300 and < 400 => SendOutcome.Redirect,
        >= 400 and < 500 => SendOutcome.BadRequest,
        _ => SendOutcome.Redirect,
    };

    /// <summary>True when the request certainly never reached LINE.</summary>
    public static bool NeverSent(this HttpRequestException e) =>
        e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    static string? MessageOf(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Words("message") : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string? Header(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
