using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;

namespace OrleansGov.Line;

/// <summary>
/// Access tokens per channel: the configured long-lived one, or else stateless tokens (<c>POST /oauth2/v3/token</c>), cached, renewed at two thirds of
/// their life by one caller at a time while the others go on with the old one.
/// </summary>
public sealed class ChannelTokens(HttpClient http, LineOptions options, TimeProvider clock) : IDisposable
{
    sealed record Issued(string Value, DateTimeOffset RenewAt, DateTimeOffset DeadAt);

    readonly ConcurrentDictionary<string, Issued> cache = new();
    readonly ConcurrentDictionary<string, SemaphoreSlim> gates = new();

    /// <summary>The token to use now.</summary>
    /// <exception cref="LineApiException">LINE issues none.</exception>
    /// <exception cref="HttpRequestException">LINE could not be reached.</exception>
    public async ValueTask<string> GetAsync(string channelName, CancellationToken cancellation = default)
    {
        var channel = options.Channel(channelName);
        if (channel.AccessToken is { Length: > 0 } longLived) return longLived;
        if (Fresh(channelName) is { } cached) return cached;

        var gate = gates.GetOrAdd(channelName, _ => new(1, 1));
        if (!await gate.WaitAsync(StillAlive(channelName) is null ? System.Threading.Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellation))
            return StillAlive(channelName) ?? await GetAsync(channelName, cancellation); // somebody else is renewing
        try
        {
            if (Fresh(channelName) is { } renewed) return renewed;
            var issued = await IssueAsync(channel, cancellation);
            cache[channelName] = issued;
            return issued.Value;
        }
        catch (Exception e) when (e is LineApiException or HttpRequestException or OperationCanceledException && !cancellation.IsCancellationRequested && StillAlive(channelName) is not null)
        {
            return StillAlive(channelName)!; // renewal comes early on purpose: a failed one is tried again by the next caller
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>LINE answered 401 to <paramref name="token"/>: forget it. A token that has been renewed meanwhile stays.</summary>
    public void Invalidate(string channelName, string token)
    {
        if (cache.TryGetValue(channelName, out var issued) && issued.Value == token) cache.TryRemove(new(channelName, issued));
    }

    public void Dispose()
    {
        foreach (var gate in gates.Values) gate.Dispose();
    }

    string? Fresh(string channel) => cache.TryGetValue(channel, out var t) && clock.GetUtcNow() < t.RenewAt ? t.Value : null;

    string? StillAlive(string channel) => cache.TryGetValue(channel, out var t) && clock.GetUtcNow() < t.DeadAt ? t.Value : null;

    async Task<Issued> IssueAsync(LineChannel channel, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(options.Timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        using var form = new FormUrlEncodedContent([
            new("grant_type", "client_credentials"),
            new("client_id", channel.ChannelId ?? ""),
            new("client_secret", channel.Secret)]);
        var asked = clock.GetUtcNow();
        using var response = await http.PostAsync(new Uri(options.ApiBaseUrl, "/oauth2/v3/token"), form, both.Token);
        if (!response.IsSuccessStatusCode) throw await response.RefusalAsync("POST /oauth2/v3/token", both.Token);

        var json = await response.Content.ReadFromJsonAsync<JsonElement>(both.Token);
        var token = json.ValueKind == JsonValueKind.Object ? json.Words("access_token") : null;
        if (string.IsNullOrEmpty(token)) throw new LineApiException((int)response.StatusCode, response.RequestId(), "", "POST /oauth2/v3/token, whose answer holds no token,");
        var life = TimeSpan.FromSeconds(json.Whole("expires_in") is { } seconds and > 0 and < 31_536_000 ? seconds : 900);
        return new(token, asked + life * 2 / 3, asked + life);
    }
}
