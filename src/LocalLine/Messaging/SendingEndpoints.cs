using System.Text.Json.Nodes;
using OrleansGov.Line;
using OrleansGov.LocalLine.Http;
using OrleansGov.LocalLine.World;

namespace OrleansGov.LocalLine.Messaging;

/// <summary>Reply, push, multicast, narrowcast, broadcast (LINE reference, Sending messages) and their dry runs.</summary>
internal static class SendingEndpoints
{
    private const string Root = "/v2/bot/message/";
    private static readonly string[] Kinds = ["reply", "push", "multicast", "narrowcast", "broadcast"];

    public static IEnumerable<Endpoint> All =>
    [
        Endpoint.Post("reply", Root + "reply", Reply),
        Endpoint.Post("push", Root + "push", Push) with { TakesRetryKey = true },
        Endpoint.Post("multicast", Root + "multicast", Multicast) with { TakesRetryKey = true, Limit = RateLimit.PerSecond(200) },
        Endpoint.Post("narrowcast", Root + "narrowcast", Narrowcast) with { TakesRetryKey = true, Limit = RateLimit.PerHour(60) },
        Endpoint.Post("broadcast", Root + "broadcast", Broadcast) with { TakesRetryKey = true, Limit = RateLimit.PerHour(60) },
        .. Kinds.Select(kind => Endpoint.Post("validate-" + kind, Root + "validate/" + kind, call => Validate(call, Enum.Parse<SendKind>(kind, ignoreCase: true)))),
        Endpoint.Get("quota", Root + "quota", Quota),
        Endpoint.Get("consumption", Root + "quota/consumption", Consumption),
        .. Kinds.Where(kind => kind != "narrowcast").Select(kind => Endpoint.Get("delivery-" + kind, Root + "delivery/" + kind, call => Delivered(call, kind))),
    ];

    private static Answer Reply(Call call)
    {
        var body = new BodyReader(call);
        body.Allow("replyToken", "messages", "notificationDisabled");
        var (value, messages) = (body.Text("replyToken"), body.Messages(SendKind.Reply));
        if (body.Refusal is { } refusal) return refusal;
        lock (call.Platform.Gate)
        {
            var token = call.Channel.ReplyTokens.Find(value);
            if (token is null || !token.UsableAt(call.Now))
            {
                if (token is { Used: true }) call.Platform.Find("reply-token-reused", token.Chat.Id, $"request {call.RequestId}");
                return Answer.Error(400, "Invalid reply token") with
                {
                    Resident = token?.Chat.Id,
                    Why = token switch { null => "unknown token", { Used: true } => "token used before", { Dead: true } => "token dead on demand", _ => "token expired" },
                };
            }

            if (Deliveries.ForeignQuote(call, token.Chat.Id, messages) is { } foreign) return foreign;
            token.Used = true;
            call.Channel.Quota.Count("reply", 1, call.Now, free: true);
            return Deliveries.ToOne(call, token.Chat, messages).Answer;
        }
    }

    private static Answer Push(Call call)
    {
        var body = new BodyReader(call);
        body.Allow("to", "messages", "notificationDisabled", "customAggregationUnits");
        var (to, messages) = (body.Text("to"), body.Messages(SendKind.Push));
        if (body.Refusal is { } refusal) return refusal;
        if (!BodyReader.ChatId().IsMatch(to)) return Answer.BadProperty("to");
        lock (call.Platform.Gate)
        {
            if (Repeated(call) is { } repeated) return repeated;
            if (call.Resident(to) is not { } resident) return Answer.Error(400, "Failed to send messages") with { Resident = to };
            if (Deliveries.ForeignQuote(call, to, messages) is { } foreign) return foreign;
            if (call.Platform.Options.RateLimits && resident.Pushes.Floods(call.Now)) return CallPipeline.RateExceeded() with { Resident = to };
            var reached = resident.Reachable(call.Now) ? 1 : 0;
            if (!call.Channel.Quota.HasRoom(call.Channel.MonthlyLimit, reached, call.Now)) return MonthlyLimit() with { Resident = to };
            call.Channel.Quota.Count("push", reached, call.Now);
            Deliveries.Judge(call, resident);
            var (answer, sent) = Deliveries.ToOne(call, resident, messages);
            Remember(call, sent);
            return answer;
        }
    }

    private static Answer Multicast(Call call)
    {
        var body = new BodyReader(call);
        body.Allow("to", "messages", "notificationDisabled", "customAggregationUnits");
        var (to, messages) = (body.Texts("to", 500), body.Messages(SendKind.Multicast));
        if (body.Refusal is { } refusal) return refusal;
        var malformed = Array.FindIndex(to, id => !BodyReader.UserId().IsMatch(id));
        if (malformed >= 0) return Answer.BadProperty($"to[{malformed}]");
        return ToMany(call, "multicast", () => to.Distinct().Select(call.Resident).OfType<LocalResident>(), () => Deliveries.ToMany(call, messages));
    }

    private static Answer Broadcast(Call call)
    {
        var body = new BodyReader(call);
        body.Allow("messages", "notificationDisabled");
        var messages = body.Messages(SendKind.Broadcast);
        if (body.Refusal is { } refusal) return refusal;
        return ToMany(call, "broadcast", () => Friends(call), () => Deliveries.ToMany(call, messages));
    }

    // Segments are the product's own business; a narrowcast here reaches all friends, after its 202.
    private static Answer Narrowcast(Call call)
    {
        var body = new BodyReader(call);
        body.Allow("messages", "recipient", "filter", "limit", "notificationDisabled");
        var messages = body.Messages(SendKind.Narrowcast);
        if (body.Refusal is { } refusal) return refusal;
        lock (call.Platform.Gate)
        {
            if (Repeated(call) is { } repeated) return repeated;
            var friends = Friends(call).ToArray();
            if (call.Body.TryGetProperty("filter", out _) && friends.Length < 100) return Answer.Error(403, "Access to this API is not available for your account");
            if (!call.Channel.Quota.HasRoom(call.Channel.MonthlyLimit, friends.Length, call.Now)) return MonthlyLimit();
            call.Channel.Quota.Reserve(friends.Length);
            Remember(call, null);
            var deliver = Deliveries.ToMany(call, messages);
            call.Platform.Later(call.Platform.Options.BulkDelay, () =>
            {
                call.Channel.Quota.Reserve(-friends.Length);
                call.Channel.Quota.Count("narrowcast", deliver(friends), call.Platform.Now);
            });
            return Answer.Accepted;
        }
    }

    private static Answer ToMany(Call call, string kind, Func<IEnumerable<LocalResident>> whom, Func<Func<IEnumerable<LocalResident>, int>> delivering)
    {
        lock (call.Platform.Gate)
        {
            if (Repeated(call) is { } repeated) return repeated;
            LocalResident[] residents = [.. whom()];
            if (!call.Channel.Quota.HasRoom(call.Channel.MonthlyLimit, residents.Count(r => r.Reachable(call.Now)), call.Now)) return MonthlyLimit();
            var reached = delivering()(residents);
            call.Channel.Quota.Count(kind, reached, call.Now);
            Remember(call, null);
            return Answer.Done with { Verdict = reached > 0 ? "delivered" : "swallowed", Why = $"{reached} of {residents.Length} reached" };
        }
    }

    private static IEnumerable<LocalResident> Friends(Call call) => call.Channel.Residents.Values.Where(r => r.Friendship == Friendship.Friend);

    private static Answer? Repeated(Call call)
    {
        if (call.RetryKey is not { } key)
        {
            call.Platform.JudgeKeyless(call);
            return null;
        }

        if (call.Channel.RetryKeys.Find(key, call.Now) is not { } accepted) return null;
        if (accepted.BodyHash != Deliveries.Hash(call)) call.Platform.Find("retry-key-other-content", null, $"key {key}, request {call.RequestId}");
        var body = new JsonObject { ["message"] = "The retry key is already accepted" };
        if (accepted.SentMessages is { } sent) body["sentMessages"] = sent.DeepClone();
        return Answer.Json(409, body) with { AcceptedRequestId = accepted.RequestId, Verdict = "repeated", Why = $"accepted as {accepted.RequestId}" };
    }

    private static void Remember(Call call, JsonArray? sent)
    {
        if (call.RetryKey is { } key) call.Channel.RetryKeys.Accept(key, new AcceptedRequest(call.Now, call.RequestId, Deliveries.Hash(call), sent));
    }

    private static Answer MonthlyLimit() => Answer.Error(429, "You have reached your monthly limit.");

    private static Answer Validate(Call call, SendKind kind)
    {
        var body = new BodyReader(call);
        body.Allow("messages");
        body.Messages(kind);
        return body.Refusal ?? Answer.Done;
    }

    private static Answer Quota(Call call) => Answer.Ok(call.Channel.MonthlyLimit is { } limit
        ? new JsonObject { ["type"] = "limited", ["value"] = limit }
        : new JsonObject { ["type"] = "none" });

    private static Answer Consumption(Call call)
    {
        lock (call.Platform.Gate) return Answer.Ok(new JsonObject { ["totalUsage"] = call.Channel.Quota.Used(call.Now) });
    }

    private static Answer Delivered(Call call, string kind)
    {
        if (call.Query("date") is not { Length: 8 } day || !day.All(char.IsAsciiDigit)) return Answer.Error(400, "The value for the 'date' parameter is invalid");
        lock (call.Platform.Gate)
        {
            return Answer.Ok(string.CompareOrdinal(day, QuotaLedger.Day(call.Now)) >= 0
                ? new JsonObject { ["status"] = "unready" }
                : new JsonObject { ["status"] = "ready", ["success"] = call.Channel.Quota.Sent(kind, day) });
        }
    }
}
