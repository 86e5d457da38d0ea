using System.Net;
using System.Text;
using System.Text.Json;

namespace OrleansGov.Grains.Tests;

/// <summary>
/// LINE below the product's own client: reply tokens work once and a minute, retry keys make repeats harmless, and faults happen on demand.
/// </summary>
internal sealed class LineOnTheWire(TimeProvider clock) : HttpMessageHandler
{
    /// <summary>One call that reached LINE.</summary>
    /// <param name="Token">Reply token; null = push.</param>
    public sealed record Call(string Path, string? Token, string? To, string? RetryKey, string Words, string Body, int Status)
    {
        /// <summary>Recipients of a multicast.</summary>
        public ImmutableList<string> Everybody { get; init; } = [];
    }

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string User, DateTimeOffset At)> _tokens = [];
    private readonly HashSet<string> _spent = [];
    private readonly HashSet<string> _keys = [];
    private readonly List<Call> _calls = [];
    private readonly Dictionary<string, List<Call>> _screens = [];

    /// <summary>Decides the fate of each send; accepts all by default.</summary>
    public Func<Call, Fate> Fates { get; set; } = _ => Fate.Accept;

    /// <summary>What LINE says of a message it is asked about without sending it.</summary>
    public bool Validates { get; set; } = true;

    /// <summary>Bytes of the pictures residents sent, by message id; an unknown one is 404.</summary>
    public Dictionary<string, byte[]> Pictures { get; } = [];

    public ImmutableList<Call> Calls
    {
        get
        {
            lock (_gate) return [.. _calls];
        }
    }

    /// <summary>What arrived on a resident's screen, call by call.</summary>
    public ImmutableList<Call> ScreenOf(string user)
    {
        lock (_gate) return _screens.TryGetValue(user, out var seen) ? [.. seen] : [];
    }

    /// <summary>An event was delivered with this token: its minute begins, or begins again.</summary>
    public void Issue(string token, string user)
    {
        lock (_gate) _tokens[token] = (user, clock.GetUtcNow());
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (request.Method == HttpMethod.Get) return Picture(path.Split('/')[^2]);
        var body = await request.Content!.ReadAsStringAsync(cancellationToken);
        using var json = JsonDocument.Parse(body);
        var key = request.Headers.TryGetValues("X-Line-Retry-Key", out var keys) ? keys.Single() : null;
        if (path.Contains("/validate/", StringComparison.Ordinal)) return new HttpResponseMessage(Validates ? HttpStatusCode.OK : HttpStatusCode.BadRequest) { Content = new StringContent("{}") };
        var call = new Call(path, Text("replyToken"), Text("to"), key, string.Join('\n', json.RootElement.GetProperty("messages").EnumerateArray().Select(WordsOf)), body, 0) { Everybody = Several("to") };
        lock (_gate)
        {
            switch (Fates(call))
            {
                case Fate.FailBefore: return Note(call, 500, "{}");
                case Fate.TooMany: return Note(call, 429, """{"message":"The API rate limit has been exceeded. Try again later."}""");
                case Fate.MonthlyLimit: return Note(call, 429, """{"message":"You have reached your monthly limit."}""");
                case Fate.Unauthorized: return Note(call, 401, "{}");
                case Fate.Refuse: return Note(call, 400, """{"message":"The request body has 1 error(s)"}""");
                case Fate.NoConnection: throw new HttpRequestException(HttpRequestError.ConnectionError);
                case Fate.FailAfter:
                    Accept(call);
                    return Note(call, 500, "{}");
                case Fate.HangUpAfter:
                    Accept(call);
                    Note(call, 0, "").Dispose();
                    throw new HttpRequestException(HttpRequestError.ResponseEnded);
                case Fate.AcceptAndNeverAnswer:
                    Accept(call);
                    Note(call, 0, "").Dispose();
                    break;
                default:
                    return Accept(call) is { } refusal ? Note(call, refusal.Status, refusal.Body) : Note(call, 200, """{"sentMessages":[]}""");
            }
        }

        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException("LINE never answers this.");

        string? Text(string name) => json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

        ImmutableList<string> Several(string name) =>
            json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(v => v.GetString()!)] : [];
    }

    private (int Status, string Body)? Accept(Call call)
    {
        var user = call.To;
        if (call.Token is { } token)
        {
            if (!_tokens.TryGetValue(token, out var issued) || _spent.Contains(token) || clock.GetUtcNow() - issued.At > TimeSpan.FromMinutes(1))
                return (400, """{"message":"Invalid reply token"}""");
            _spent.Add(token);
            user = issued.User;
        }
        else if (!_keys.Add(call.RetryKey!)) return (409, """{"message":"The retry key is already accepted","sentMessages":[]}""");

        foreach (var recipient in user is null ? call.Everybody : [user])
        {
            if (!_screens.TryGetValue(recipient, out var screen)) _screens[recipient] = screen = [];
            screen.Add(call);
        }

        return null;
    }

    private HttpResponseMessage Note(Call call, int status, string body)
    {
        _calls.Add(call with { Status = status });
        return new HttpResponseMessage((HttpStatusCode)Math.Max(100, status)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    }

    private HttpResponseMessage Picture(string messageId) => Pictures.TryGetValue(messageId, out var bytes)
        ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(bytes) }
        : new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new StringContent("{}") };

    private static string WordsOf(JsonElement message) => message.TryGetProperty("text", out var text) ? text.GetString()!
        : message.TryGetProperty("altText", out var alt) ? alt.GetString()! : message.GetRawText();
}

/// <summary>What LINE does with a call.</summary>
public enum Fate
{
    Accept,

    /// <summary>500, and nothing was said.</summary>
    FailBefore,

    /// <summary>500, yet the resident sees it.</summary>
    FailAfter,

    /// <summary>The connection is lost, yet the resident sees it.</summary>
    HangUpAfter,

    /// <summary>429 for the rate.</summary>
    TooMany,

    /// <summary>429 for the month.</summary>
    MonthlyLimit,

    /// <summary>401.</summary>
    Unauthorized,

    /// <summary>400.</summary>
    Refuse,

    /// <summary>LINE is not reached.</summary>
    NoConnection,

    /// <summary>The resident sees it, and no answer ever comes.</summary>
    AcceptAndNeverAnswer,
}
