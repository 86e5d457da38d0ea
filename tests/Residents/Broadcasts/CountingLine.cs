using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OrleansGov.Residents.Broadcasts;

/// <summary>
/// Of LINE only the multicast, for audiences too large to have phones: counts how often each resident was written to, honours retry keys, and loses answers on demand.
/// What else is asked of it is 404.
/// </summary>
public sealed class CountingLine : IAsyncDisposable
{
    public const string Channel = "minatodai";
    private readonly WebApplication _app;
    private readonly byte[] _received;
    private readonly ConcurrentDictionary<string, byte> _keys = new();
    private int _calls, _accepted, _repeats;

    private CountingLine(int residents)
    {
        _received = new byte[residents];
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPost("/v2/bot/message/multicast", Multicast);
    }

    /// <summary>How long LINE takes to answer.</summary>
    public TimeSpan Takes { get; set; }

    /// <summary>Every n-th call is accepted and never answered; 0 = none.</summary>
    public int LosesEvery { get; set; }

    public int Calls => _calls;

    /// <summary>Calls that were accepted: pages that went out.</summary>
    public int Accepted => _accepted;

    /// <summary>Calls answered with 409.</summary>
    public int Repeats => _repeats;

    /// <summary>What an office needs to be told so that this is its LINE.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Line__ApiBaseUrl"] = _app.Urls.First(),
        ["Line__ApiDataBaseUrl"] = _app.Urls.First(),
        ["Line__Channels__0__Name"] = Channel,
        ["Line__Channels__0__Municipality"] = Channel,
        ["Line__Channels__0__Secret"] = "0123456789abcdef0123456789abcdef",
        ["Line__Channels__0__AccessToken"] = "residents-long-lived-token",
    };

    public static async Task<CountingLine> OpenAsync(int residents)
    {
        var line = new CountingLine(residents);
        await line._app.StartAsync();
        return line;
    }

    /// <summary>How many residents received it so often.</summary>
    public IReadOnlyDictionary<int, int> Received() => _received.GroupBy(n => (int)n).ToDictionary(g => g.Key, g => g.Count());

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task Multicast(HttpContext http)
    {
        var body = new MemoryStream((int)(http.Request.ContentLength ?? 0));
        await http.Request.Body.CopyToAsync(body);
        if (Takes > TimeSpan.Zero) await Task.Delay(Takes);
        var call = Interlocked.Increment(ref _calls);
        if (!_keys.TryAdd(http.Request.Headers["X-Line-Retry-Key"].ToString(), 0))
        {
            Interlocked.Increment(ref _repeats);
            http.Response.StatusCode = StatusCodes.Status409Conflict;
            await http.Response.WriteAsync("""{"message":"The retry key is already accepted"}""");
            return;
        }

        Deliver(body.GetBuffer().AsSpan(0, (int)body.Length));
        Interlocked.Increment(ref _accepted);
        if (LosesEvery > 0 && call % LosesEvery == 0) http.Abort();
        else await http.Response.WriteAsync("{}");
    }

    private void Deliver(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body);
        while (json.Read() && !(json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("to"u8)))
        {
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            if (json.TokenType == JsonTokenType.String) _received[int.Parse(json.GetString()!.AsSpan(^8), NumberStyles.HexNumber, CultureInfo.InvariantCulture)]++; // a resident is in one page: no two calls count the same
    }
}
