using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;

namespace OrleansGov.Line;

/// <summary>A resident as LINE shows them. Names are hostile text.</summary>
/// <param name="Language">BCP 47; null when the resident does not share it.</param>
public sealed record LineProfile(string UserId, string DisplayName, string? Language, string? PictureUrl, string? StatusMessage);

/// <summary>Bytes a resident sent.</summary>
public abstract record LineContent
{
    private LineContent() { }

    /// <summary>The bytes, streaming. Dispose it; decide the type by its first bytes, not by <paramref name="ContentType"/>.</summary>
    public sealed record Ready(Stream Stream, string? ContentType, long? Length, IDisposable Owner) : LineContent, IDisposable
    {
        public void Dispose()
        {
            Stream.Dispose();
            Owner.Dispose();
        }
    }

    /// <summary>202: LINE is still preparing it. Ask again in 1, 2, 4 … ≤ 30 s, for 10 minutes.</summary>
    public sealed record NotYet : LineContent;

    /// <summary>404 or 410: unknown, expired or unsent.</summary>
    public sealed record Gone : LineContent;
}

/// <summary>The month's quota in recipients.</summary>
/// <param name="Limit">Null = unlimited.</param>
/// <param name="Used">Approximate; includes what the console sent.</param>
public sealed record LineQuota(long? Limit, long Used)
{
    public bool HasRoom => Limit is null || Used < Limit;
}

public sealed partial class MessagingClient
{
    /// <summary>The resident's profile.</summary>
    /// <returns>Null when the resident has blocked the account, left, or is unknown (404).</returns>
    public async Task<LineProfile?> GetProfile(string channel, string userId, CancellationToken cancellation = default)
    {
        var json = await CallAsync(channel, LineEndpoint.Profile, HttpMethod.Get, $"/v2/bot/profile/{Uri.EscapeDataString(userId)}", null, cancellation, orNull: 404);
        return json is { } p ? new(p.Words("userId") ?? userId, p.Words("displayName") ?? "", p.Words("language"), p.Words("pictureUrl"), p.Words("statusMessage")) : null;
    }

    /// <summary>The bytes of a picture, video, audio or file. The 10 seconds cover the answer's head; reading the stream is the caller's time.</summary>
    public async Task<LineContent> GetContent(string channel, string messageId, CancellationToken cancellation = default)
    {
        var path = $"/v2/bot/message/{Uri.EscapeDataString(messageId)}/content";
        var response = await RespondAsync(channel, LineEndpoint.Content, HttpMethod.Get, new Uri(options.ApiDataBaseUrl, path), null, cancellation);
        switch ((int)response.StatusCode)
        {
            case 200:
                return new LineContent.Ready(await response.Content.ReadAsStreamAsync(cancellation), response.Content.Headers.ContentType?.MediaType, response.Content.Headers.ContentLength, response);
            case 202:
                response.Dispose();
                return new LineContent.NotYet();
            case 404 or 410:
                response.Dispose();
                return new LineContent.Gone();
            default:
                using (response) throw await response.RefusalAsync($"GET {path}", cancellation);
        }
    }

    /// <summary>Plan and use of the month. Two calls.</summary>
    public async Task<LineQuota> GetQuota(string channel, CancellationToken cancellation = default)
    {
        var quota = await CallAsync(channel, LineEndpoint.Quota, HttpMethod.Get, "/v2/bot/message/quota", null, cancellation);
        var used = await CallAsync(channel, LineEndpoint.Quota, HttpMethod.Get, "/v2/bot/message/quota/consumption", null, cancellation);
        return new(quota?.Words("type") == "limited" ? quota?.Whole("value") : null, used?.Whole("totalUsage") ?? 0);
    }

    /// <summary>Creates a rich menu; 100 an hour.</summary>
    /// <param name="richMenu">The object as JSON, see <see cref="MessageRules.CheckRichMenu"/>.</param>
    /// <returns>Its id.</returns>
    public async Task<string> CreateRichMenu(string channel, string richMenu, CancellationToken cancellation = default) =>
        (await CallAsync(channel, LineEndpoint.RichMenuChange, HttpMethod.Post, "/v2/bot/richmenu", Json(richMenu), cancellation))?.Words("richMenuId")
        ?? throw new LineApiException(200, null, "", "POST /v2/bot/richmenu, whose answer holds no id,");

    /// <summary>Uploads a menu's picture, once per menu: JPEG or PNG, at most 1 MB.</summary>
    /// <param name="contentType"><c>image/jpeg</c> or <c>image/png</c>.</param>
    public async Task UploadRichMenuImage(string channel, string richMenuId, byte[] image, string contentType, CancellationToken cancellation = default)
    {
        var path = $"/v2/bot/richmenu/{Uri.EscapeDataString(richMenuId)}/content";
        var body = new ByteArrayContent(image) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } };
        using var response = await RespondAsync(channel, LineEndpoint.RichMenuImage, HttpMethod.Post, new Uri(options.ApiDataBaseUrl, path), body, cancellation);
        if (!response.IsSuccessStatusCode) throw await response.RefusalAsync($"POST {path}", cancellation);
    }

    /// <summary>Ids and names of the channel's rich menus.</summary>
    public async Task<ImmutableList<(string Id, string Name)>> ListRichMenus(string channel, CancellationToken cancellation = default) =>
        await CallAsync(channel, LineEndpoint.RichMenuList, HttpMethod.Get, "/v2/bot/richmenu/list", null, cancellation) is { } json && json.TryGetProperty("richmenus", out var menus) && menus.ValueKind == JsonValueKind.Array
            ? [.. menus.EnumerateArray().Where(m => m.ValueKind == JsonValueKind.Object).Select(m => (m.Words("richMenuId") ?? "", m.Words("name") ?? ""))]
            : [];

    /// <summary>Everybody without a menu of their own sees this one, on reopening the chat.</summary>
    public Task SetDefaultRichMenu(string channel, string richMenuId, CancellationToken cancellation = default) =>
        CallAsync(channel, LineEndpoint.RichMenuLink, HttpMethod.Post, $"/v2/bot/user/all/richmenu/{Uri.EscapeDataString(richMenuId)}", null, cancellation);

    /// <summary>Gives one resident a menu, at once.</summary>
    public Task LinkRichMenu(string channel, string userId, string richMenuId, CancellationToken cancellation = default) =>
        CallAsync(channel, LineEndpoint.RichMenuLink, HttpMethod.Post, $"/v2/bot/user/{Uri.EscapeDataString(userId)}/richmenu/{Uri.EscapeDataString(richMenuId)}", null, cancellation);

    /// <summary>Takes one resident's own menu away; the default shows again.</summary>
    public Task UnlinkRichMenu(string channel, string userId, CancellationToken cancellation = default) =>
        CallAsync(channel, LineEndpoint.RichMenuLink, HttpMethod.Delete, $"/v2/bot/user/{Uri.EscapeDataString(userId)}/richmenu", null, cancellation);

    /// <summary>Deletes a menu; one that is gone already is fine.</summary>
    public Task DeleteRichMenu(string channel, string richMenuId, CancellationToken cancellation = default) =>
        CallAsync(channel, LineEndpoint.RichMenuChange, HttpMethod.Delete, $"/v2/bot/richmenu/{Uri.EscapeDataString(richMenuId)}", null, cancellation, orNull: 404);

    static ByteArrayContent Json(string json) => new(System.Text.Encoding.UTF8.GetBytes(json)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    async Task<JsonElement?> CallAsync(string channel, LineEndpoint endpoint, HttpMethod method, string path, HttpContent? body, CancellationToken cancellation, int orNull = 0)
    {
        using var response = await RespondAsync(channel, endpoint, method, new Uri(options.ApiBaseUrl, path), body, cancellation);
        if ((int)response.StatusCode == orNull) return null;
        if (!response.IsSuccessStatusCode) throw await response.RefusalAsync($"{method} {PathTemplate(path)}", cancellation);
        using var limit = new CancellationTokenSource(options.Timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(both.Token));
            return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"LINE did not finish its answer to {method} {PathTemplate(path)} within {options.Timeout.TotalSeconds:0.#} s.");
        }
    }

    // User ids never enter messages of exceptions.
    static string PathTemplate(string path) => string.Join('/', path.Split('/').Select(s => s.Length > 24 ? "{id}" : s));

    async Task<HttpResponseMessage> RespondAsync(string channel, LineEndpoint endpoint, HttpMethod method, Uri uri, HttpContent? body, CancellationToken cancellation)
    {
        await budget.WaitAsync(channel, endpoint, cancellation);
        var began = clock.GetTimestamp();
        var token = await tokens.GetAsync(channel, cancellation);
        using var limit = new CancellationTokenSource(options.Timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        using var request = Request(method, uri, token);
        request.Content = body;
        using var span = LineMeter.Start(endpoint);
        var started = Stopwatch.GetTimestamp();
        try
        {
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            LineMeter.Called(span, channel, endpoint, response, started);
            if ((int)response.StatusCode == 401) tokens.Invalidate(channel, token);
            if ((int)response.StatusCode == 429) budget.Refused(channel, endpoint, began);
            return response;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            LineMeter.Called(span, channel, endpoint, SendOutcome.Unknown, null, started);
            throw new TimeoutException($"LINE did not answer {method} {PathTemplate(uri.AbsolutePath)} within {options.Timeout.TotalSeconds:0.#} s.");
        }
    }
}
