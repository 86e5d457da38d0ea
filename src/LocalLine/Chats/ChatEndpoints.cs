using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansGov.LocalLine.Http;
using OrleansGov.LocalLine.Messaging;
using OrleansGov.LocalLine.World;

namespace OrleansGov.LocalLine.Chats;

/// <summary>Profile, loading animation, read marks, followers, bot info and webhook settings.</summary>
internal static class ChatEndpoints
{
    private static readonly string[] Unused =
        ["/v2/bot/insight/{**rest}", "/v2/bot/audienceGroup/{**rest}", "/v2/bot/coupon/{**rest}", "/v2/bot/membership/{**rest}", "/bot/pnp/{**rest}"];

    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE"];

    public static IEnumerable<Endpoint> All =>
    [
        Endpoint.Get("profile", "/v2/bot/profile/{userId}", Profile),
        Endpoint.Post("loading", "/v2/bot/chat/loading/start", Loading) with { Limit = RateLimit.PerSecond(100) },
        Endpoint.Post("read", "/v2/bot/chat/markAsRead", MarkAsRead),
        Endpoint.Get("followers", "/v2/bot/followers/ids", Followers),
        Endpoint.Get("info", "/v2/bot/info", Info),
        Endpoint.Get("webhook-get", "/v2/bot/channel/webhook/endpoint", GetWebhook) with { Limit = RateLimit.PerMinute(1000) },
        Endpoint.Put("webhook-set", "/v2/bot/channel/webhook/endpoint", SetWebhook) with { Limit = RateLimit.PerMinute(1000) },
        Endpoint.Post("webhook-test", "/v2/bot/channel/webhook/test", TestWebhook) with { Limit = RateLimit.PerHour(60) },
        Endpoint.Get("group-summary", "/v2/bot/group/{groupId}/summary", NoGroup),
        Endpoint.Post("group-leave", "/v2/bot/group/{groupId}/leave", NoGroup, BodyKind.None),
    ];

    /// <summary>What the product does not use answers like a plan without it (own).</summary>
    public static IEnumerable<Endpoint> Unavailable =>
    [
        .. Unused.SelectMany(template => Methods.Select(method => new Endpoint("unavailable", method, template, _ => NotForYou()))),
    ];

    private static Answer Profile(Call call)
    {
        if (call.Resident(call.Route("userId")) is not { Friendship: Friendship.Friend } resident) return Answer.NotFound();
        return Answer.Ok(new JsonObject { ["userId"] = resident.Id, ["displayName"] = resident.Name, ["language"] = resident.Language }) with { Resident = resident.Id };
    }

    private static Answer Loading(Call call)
    {
        var body = new BodyReader(call);
        body.Allow("chatId", "loadingSeconds");
        var chat = body.Text("chatId");
        var seconds = 20;
        if (call.Body.TryGetProperty("loadingSeconds", out var given) && (!given.TryGetInt32(out seconds) || seconds is < 5 or > 60 || seconds % 5 != 0))
            body.Fault("loadingSeconds must be a multiple of 5 between 5 and 60", "loadingSeconds");
        if (body.Refusal is { } refusal) return refusal;
        if (!BodyReader.UserId().IsMatch(chat)) return Answer.BadProperty("chatId");
        lock (call.Platform.Gate)
        {
            if (call.Resident(chat) is { ChatOpen: true } resident && resident.Reachable(call.Now))
            {
                resident.LoadingUntil = call.Now.AddSeconds(seconds);
                call.Platform.ScreenChanged(resident);
            }
        }

        return Answer.Accepted with { Resident = chat };
    }

    private static Answer MarkAsRead(Call call)
    {
        var body = new BodyReader(call);
        body.Allow("markAsReadToken");
        var token = body.Text("markAsReadToken");
        if (body.Refusal is { } refusal) return refusal;
        return call.Platform.Mint.Unseal("read", token) is { } read && call.Resident(read.Chat) is { } resident
            ? Answer.Done with { Resident = resident.Id }
            : Answer.BadProperty("markAsReadToken");
    }

    private static Answer Followers(Call call)
    {
        if (!call.Channel.Settings.Verified) return NotForYou();
        if (!int.TryParse(call.Query("limit") ?? "300", out var limit) || limit is < 1 or > 1000) return Answer.Error(400, "The value for the 'limit' parameter is invalid");
        var after = call.Query("start") is { } start ? call.Platform.Mint.Unseal("followers", start)?.MessageId : "";
        if (after is null) return Answer.Error(400, "Invalid start");
        lock (call.Platform.Gate)
        {
            string[] ids = [.. call.Channel.Residents.Values.Where(r => r.Friendship == Friendship.Friend && string.CompareOrdinal(r.Id, after) > 0)
                .Select(r => r.Id).Order(StringComparer.Ordinal).Take(limit + 1)];
            var page = new JsonObject { ["userIds"] = new JsonArray([.. ids.Take(limit).Select(id => (JsonNode)id)]) };
            if (ids.Length > limit) page["next"] = call.Platform.Mint.Seal("followers", call.Channel.Name, ids[limit - 1]);
            return Answer.Ok(page);
        }
    }

    private static Answer Info(Call call) => Answer.Ok(new JsonObject
    {
        ["userId"] = call.Channel.Settings.BotUserId,
        ["basicId"] = "@" + call.Channel.Name,
        ["displayName"] = call.Channel.Settings.Municipality ?? call.Channel.Name,
        ["chatMode"] = "bot",
        ["markAsReadMode"] = "manual",
    });

    private static Answer GetWebhook(Call call) => call.Channel.WebhookUrl is { } url
        ? Answer.Ok(new JsonObject { ["endpoint"] = url.ToString(), ["active"] = call.Channel.WebhookOn })
        : Answer.NotFound();

    // LINE wants https; here the office stands on the same machine, so loopback takes its place.
    private static Answer SetWebhook(Call call)
    {
        if (Address(call, "endpoint") is not { } url) return Answer.Faulty(("Invalid webhook endpoint URL", "endpoint"));
        call.Channel.WebhookUrl = url;
        return Answer.Done;
    }

    private static Answer TestWebhook(Call call)
    {
        var url = call.Body.TryGetProperty("endpoint", out _) ? Address(call, "endpoint") : call.Channel.WebhookUrl;
        if (url is null) return Answer.Faulty(("Invalid webhook endpoint URL", "endpoint"));
        var outcome = call.Platform.TestWebhook(call.Channel, url).GetAwaiter().GetResult();
        return Answer.Ok(new JsonObject
        {
            ["success"] = outcome.Delivered,
            ["timestamp"] = call.Now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["statusCode"] = outcome.Status,
            ["reason"] = outcome.Delivered ? "OK" : outcome.Reason.ToUpperInvariant(),
            ["detail"] = outcome.Delivered ? outcome.Status.ToString(System.Globalization.CultureInfo.InvariantCulture) : outcome.Detail,
        });
    }

    private static Uri? Address(Call call, string property) =>
        call.Body.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= 500 } text
            && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.IsLoopback && url.Scheme is "http" or "https" ? url : null;

    private static Answer NoGroup(Call call) => Answer.NotFound();

    private static Answer NotForYou() => Answer.Error(403, "Access to this API is not available for your account");
}
