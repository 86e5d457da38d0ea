using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansGov.LocalLine.World;
using OrleansGov.Shared;

namespace OrleansGov.LocalLine.Tests;

/// <summary>A world with one channel served over real HTTP, a clock that stands still, and one friend whose chat is quiet.</summary>
public sealed class Town : IAsyncDisposable
{
    private readonly HttpClient http = new();

    private Town(LocalLineOptions options, ManualTime time, Func<ChannelSettings, ChannelSettings> change)
    {
        Time = time;
        Platform = new LocalLinePlatform(options, time);
        Channel = Platform.AddChannel(change(new ChannelSettings
        {
            Name = "minato",
            ChannelId = "1000000001",
            Secret = "8c570fa6dd201bb328f1c1eac23a96d8",
            BotUserId = "U8e742f61d673b39c7fff3cecb7536ef0",
            LongLivedToken = "long-lived",
        }));
        Hanako = Platform.AddResident(Channel, "花子");
    }

    public ManualTime Time { get; }

    public LocalLinePlatform Platform { get; }

    public LocalChannel Channel { get; }

    public LocalResident Hanako { get; }

    public LocalLineServer Server { get; private set; } = null!;

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<Town> Open(LocalLineOptions? options = null, Func<ChannelSettings, ChannelSettings>? change = null)
    {
        var town = new Town(options ?? new LocalLineOptions(), new ManualTime(), change ?? (s => s));
        await town.Hanako.LastEvent!.Settled;
        town.Server = await LocalLineServer.StartAsync(town.Platform, cancel: Cancel);
        return town;
    }

    public static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text };

    public Task<Reply> Push(LocalResident to, string text, Guid? key = null) =>
        Post("/v2/bot/message/push", new JsonObject { ["to"] = to.Id, ["messages"] = new JsonArray(Text(text)) }, key);

    public Task<Reply> Reply(string token, string text) =>
        Post("/v2/bot/message/reply", new JsonObject { ["replyToken"] = token, ["messages"] = new JsonArray(Text(text)) });

    public Task<Reply> Post(string path, JsonNode? body = null, Guid? key = null, string bearer = "long-lived") =>
        Send(HttpMethod.Post, path, body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"), bearer, key?.ToString());

    public Task<Reply> Get(string path, string bearer = "long-lived") => Send(HttpMethod.Get, path, null, bearer);

    public async Task<Reply> Send(HttpMethod method, string path, HttpContent? body, string? bearer = "long-lived", string? key = null, bool data = false)
    {
        using var request = new HttpRequestMessage(method, new Uri(data ? Server.Data : Server.Api, path)) { Content = body };
        if (bearer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        if (key is not null) request.Headers.Add("X-Line-Retry-Key", key);
        using var response = await http.SendAsync(request, Cancel);
        return new Reply(response.StatusCode, await response.Content.ReadAsByteArrayAsync(Cancel),
            response.Headers.TryGetValues("X-Line-Request-Id", out var ids) ? ids.Single() : null,
            response.Headers.TryGetValues("X-Line-Accepted-Request-Id", out var accepted) ? accepted.Single() : null);
    }

    /// <summary>Waits until so many webhook attempts are over and written down.</summary>
    public async Task Attempts(int count)
    {
        var (changes, leave) = Platform.Watch();
        using var leaving = leave;
        while (Platform.Journal.Count(e => e.Direction == "webhook") < count) await changes.ReadAsync(Cancel);
    }

    public IReadOnlyList<string> BotTexts(LocalResident? resident = null) =>
        [.. Platform.Screen(resident ?? Hanako).Messages.Where(m => m.FromBot).Select(m => m.Text)];

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        Platform.Dispose();
        await Server.DisposeAsync();
    }
}

/// <summary>What LINE said.</summary>
public sealed record Reply(HttpStatusCode Status, byte[] Bytes, string? RequestId, string? AcceptedRequestId)
{
    public JsonElement Json => JsonDocument.Parse(Bytes).RootElement;

    public string? Message => Json.GetProperty("message").GetString();

    public string FirstId => Json.GetProperty("sentMessages")[0].GetProperty("id").GetString()!;
}
