using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OrleansGov.Residents.Broadcasts;

/// <summary>An officer at the staff API, with a key of their own.</summary>
public sealed class BroadcastDesk : IDisposable
{
    private const string Key = "og_live_broadcast-desk";
    private readonly HttpClient _http;

    public BroadcastDesk(Uri office)
    {
        _http = new HttpClient { BaseAddress = new Uri(office, "/api/v1/") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    /// <summary>What the office must be told of this officer.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Api__Keys__0__Name"] = "広報課のキー",
        ["Api__Keys__0__Hash"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key))),
        ["Api__Keys__0__Scopes"] = "broadcasts:read broadcasts:send",
        ["Broadcast__MostRecipients"] = "10000000",
    };

    /// <summary>Writes and starts a broadcast.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> Start(string channel, string text, CancellationToken cancel)
    {
        using var create = Request(HttpMethod.Post, "broadcasts");
        create.Content = JsonContent.Create(new { channel, text });
        var made = await Answer(create, cancel);
        var id = made.GetProperty("id").GetString()!;
        using var start = Request(HttpMethod.Post, $"broadcasts/{id}/start");
        start.Headers.TryAddWithoutValidation("If-Match", made.GetProperty("etag").GetString());
        await Answer(start, cancel);
        return id;
    }

    /// <summary>How many a broadcast would reach now.</summary>
    public async Task<int> Count(string channel, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"broadcasts/audience?channel={channel}");
        return (await Answer(request, cancel)).GetProperty("recipients").GetInt32();
    }

    /// <summary>How it stands.</summary>
    public async Task<BroadcastLook> Look(string id, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"broadcasts/{id}");
        var view = await Answer(request, cancel);
        int Number(string name) => view.GetProperty(name).GetInt32();
        return new(view.GetProperty("stage").GetString()!, Number("audience"), Number("sent"), Number("skipped"), Number("failed"), Number("uncertain"));
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return request;
    }

    private async Task<JsonElement> Answer(HttpRequestMessage request, CancellationToken cancel)
    {
        using var answer = await _http.SendAsync(request, cancel);
        var body = await answer.Content.ReadAsStringAsync(cancel);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{request.Method} {request.RequestUri}: {(int)answer.StatusCode} {body}");
        using var json = JsonDocument.Parse(body);
        return json.RootElement.Clone();
    }
}

/// <summary>What the API says of a broadcast.</summary>
public sealed record BroadcastLook(string Stage, int Audience, int Sent, int Skipped, int Failed, int Uncertain)
{
    public bool IsOver => Stage is "done" or "stopped" or "failed";
}
