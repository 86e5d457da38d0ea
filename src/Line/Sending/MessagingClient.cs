using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace OrleansGov.Line;

/// <summary>
/// LINE's Messaging API as far as the product uses it. One call is one HTTP request: nothing is retried, redirected or hidden here, the outbox decides.
/// Sends return a <see cref="SendResult"/> and never throw for LINE's sake; other calls throw <see cref="LineApiException"/> when LINE refuses,
/// and <see cref="HttpRequestException"/> or <see cref="TimeoutException"/> when there is no answer.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphores hold no handle unless one is asked for, and live as long as the process.")]
public sealed partial class MessagingClient(HttpClient http, LineOptions options, ChannelTokens tokens, SendBudget budget, TimeProvider clock)
{
    /// <summary>Calls to one endpoint on their way at once. LINE's limit at its usual pace needs fewer; while LINE hangs, more would only hold memory and sockets.</summary>
    const int MostAtOnce = 256;

    readonly SemaphoreSlim[] rooms = [.. Enum.GetValues<LineEndpoint>().Select(_ => new SemaphoreSlim(MostAtOnce))];

    /// <summary>The handler the <see cref="HttpClient"/> is to be built on: no redirects, no cookies, one pool per host.</summary>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        ConnectTimeout = TimeSpan.FromSeconds(5),
        ActivityHeadersPropagator = null, // our trace ids are none of LINE's business; the span of a call is LineMeter's
    };

    /// <summary>Answers an event. Free of quota, works once per token, within about a minute. Has no retry key: LINE refuses one here.</summary>
    /// <param name="messages">JSON array of 1–5 messages, see <see cref="RenderedMessages.Json"/>.</param>
    public Task<SendResult> Reply(string channel, string replyToken, string messages, CancellationToken cancellation = default) =>
        SendAsync(channel, LineEndpoint.Reply, "/v2/bot/message/reply", Body(w => w.WriteString("replyToken", replyToken), messages), null, cancellation);

    /// <summary>Sends to one resident, group or room. Costs quota.</summary>
    /// <param name="retryKey">Same key, same send: makes a repeat after a lost answer harmless (kept by LINE for 24 h).</param>
    /// <param name="silently">No notification on the phone.</param>
    public Task<SendResult> Push(string channel, string to, string messages, Guid retryKey, bool silently = false, CancellationToken cancellation = default) =>
        SendAsync(channel, LineEndpoint.Push, "/v2/bot/message/push", Body(w =>
        {
            w.WriteString("to", to);
            if (silently) w.WriteBoolean("notificationDisabled", true);
        }, messages), retryKey, cancellation);

    /// <summary>Sends to many residents at once. Costs quota per recipient; nobody's result is told.</summary>
    /// <param name="to">LINE user ids; 1–500 (LINE reference, Multicast).</param>
    public Task<SendResult> Multicast(string channel, IReadOnlyCollection<string> to, string messages, Guid retryKey, bool silently = false, CancellationToken cancellation = default)
    {
        if (to.Count is < 1 or > 500) throw new ArgumentOutOfRangeException(nameof(to), to.Count, "Multicast takes 1 to 500 user ids.");
        return SendAsync(channel, LineEndpoint.Multicast, "/v2/bot/message/multicast", Body(w =>
        {
            w.WriteStartArray("to");
            foreach (var id in to) w.WriteStringValue(id);
            w.WriteEndArray();
            if (silently) w.WriteBoolean("notificationDisabled", true);
        }, messages), retryKey, cancellation);
    }

    /// <summary>Asks LINE whether it would take these messages in a multicast. Nobody receives anything.</summary>
    /// <returns>Null when LINE did not say.</returns>
    public async Task<bool?> ValidateMulticast(string channel, string messages, CancellationToken cancellation = default) =>
        (await SendAsync(channel, LineEndpoint.Validate, "/v2/bot/message/validate/multicast", Body(_ => { }, messages), null, cancellation)).Outcome switch
        {
            SendOutcome.Accepted => true,
            SendOutcome.BadRequest or SendOutcome.TooLarge => false,
            _ => null,
        };

    /// <summary>Shows the loading animation in an open one-to-one chat until the next message, at most <paramref name="seconds"/> (5, 10 … 60).</summary>
    /// <returns>False when LINE refused or did not answer: an ornament is not worth an error.</returns>
    public async Task<bool> LoadingStart(string channel, string userId, int seconds = 20, CancellationToken cancellation = default)
    {
        var body = LineJson.Bytes(w =>
        {
            w.WriteStartObject();
            w.WriteString("chatId", userId);
            w.WriteNumber("loadingSeconds", Math.Clamp((seconds + 4) / 5 * 5, 5, 60));
            w.WriteEndObject();
        });
        return await SendAsync(channel, LineEndpoint.Loading, "/v2/bot/chat/loading/start", body, null, cancellation) is SendResult.Accepted;
    }

    async Task<SendResult> SendAsync(string channel, LineEndpoint endpoint, string path, byte[] body, Guid? retryKey, CancellationToken cancellation)
    {
        using var span = LineMeter.Start(endpoint);
        var started = Stopwatch.GetTimestamp();
        var result = await AttemptAsync(channel, endpoint, path, body, retryKey, cancellation);
        LineMeter.Called(span, channel, endpoint, result, started);
        return result;
    }

    async Task<SendResult> AttemptAsync(string channel, LineEndpoint endpoint, string path, byte[] body, Guid? retryKey, CancellationToken cancellation)
    {
        if (!await FitsAsync(channel, endpoint, cancellation)) return new SendResult.NotSent("no room in the budget");
        var room = rooms[(int)endpoint];
        if (!await room.WaitAsync(options.Timeout, CancellationToken.None)) return new SendResult.NotSent("too many calls are on their way");
        try
        {
            var started = clock.GetTimestamp();
            var result = await PostAsync(channel, path, body, retryKey, cancellation);
            if (result.Outcome == SendOutcome.RateLimited) budget.Refused(channel, endpoint, started);
            else if (result.Outcome == SendOutcome.Accepted) budget.Taken(channel, endpoint, started);
            return result;
        }
        finally
        {
            room.Release();
        }
    }

    // Who does not fit in soon waits in the outbox, where it costs nothing and keeps its order.
    async Task<bool> FitsAsync(string channel, LineEndpoint endpoint, CancellationToken cancellation)
    {
        try
        {
            return await budget.TryWaitAsync(channel, endpoint, options.Timeout, cancellation);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    async Task<SendResult> PostAsync(string channel, string path, byte[] body, Guid? retryKey, CancellationToken cancellation)
    {
        string token;
        try
        {
            token = await tokens.GetAsync(channel, cancellation);
        }
        catch (LineApiException e) when (e.Status is >= 400 and < 500 and not 429)
        {
            return new SendResult.Refused(e.Status, e.Body, e.RequestId, SendOutcome.Unauthorized); // id or secret are wrong: a channel's fault, not this entry's
        }
        catch (Exception e) when (e is LineApiException or HttpRequestException or JsonException or OperationCanceledException)
        {
            return new SendResult.NotSent(cancellation.IsCancellationRequested ? "cancelled" : $"no access token: {e.GetType().Name}");
        }

        using var limit = new CancellationTokenSource(options.Timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        using var request = Request(HttpMethod.Post, new Uri(options.ApiBaseUrl, path), token);
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        if (retryKey is { } key) request.Headers.Add("X-Line-Retry-Key", key.ToString("D"));
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            var (status, id) = ((int)response.StatusCode, response.RequestId());
            if (status is >= 500 and < 600) return new SendResult.ServerError(status, id);

            // The status is LINE's word; a body that breaks off does not take it back.
            var answer = await response.BodyAsync(both.Token);
            if (status is >= 200 and < 300) return new SendResult.Accepted(id, LineHttp.SentMessageIds(answer));
            if (status == 409 && retryKey is not null) return new SendResult.AcceptedEarlier(response.AcceptedRequestId() ?? id, LineHttp.SentMessageIds(answer));
            if (status == 401) tokens.Invalidate(channel, token);
            return new SendResult.Refused(status, answer, id, LineHttp.OutcomeOf(status, answer));
        }
        catch (HttpRequestException e) when (e.NeverSent())
        {
            return new SendResult.NotSent(e.HttpRequestError.ToString());
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new SendResult.Unknown((e as HttpRequestException)?.HttpRequestError.ToString() ?? e.GetType().Name);
        }
        catch (OperationCanceledException) // also our own shutdown: the request may be on its way
        {
            return new SendResult.Unknown(limit.IsCancellationRequested ? "time-out" : "cancelled");
        }
    }

    static byte[] Body(Action<Utf8JsonWriter> head, string messages) => LineJson.Bytes(w =>
    {
        w.WriteStartObject();
        head(w);
        w.WritePropertyName("messages");
        w.WriteRawValue(messages);
        w.WriteEndObject();
    });

    static HttpRequestMessage Request(HttpMethod method, Uri uri, string token)
    {
        var request = new HttpRequestMessage(method, uri) { VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }
}
