using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansGov.LocalLine.Http;
using OrleansGov.LocalLine.World;

namespace OrleansGov.LocalLine.Messaging;

/// <summary>From an accepted call to the screens, and what deserves a finding on the way. Everything here runs under the world's gate.</summary>
internal static class Deliveries
{
    /// <summary>Delivers to one person; the answer names every sent message, whether it arrived or not.</summary>
    public static (Answer Answer, JsonArray Sent) ToOne(Call call, LocalResident resident, IReadOnlyList<JsonElement> messages)
    {
        var (ids, why) = Arrive(call, resident, messages);
        var sent = new JsonArray();
        for (var i = 0; i < messages.Count; i++)
        {
            var entry = new JsonObject { ["id"] = ids[i] };
            if (Type(messages[i]) is "text" or "textV2" or "sticker" or "image" or "video" or "template" or "flex")
                entry["quoteToken"] = call.Platform.Mint.Seal("quote", resident.Id, ids[i]);
            sent.Add(entry);
        }

        var answer = Answer.Ok(new JsonObject { ["sentMessages"] = sent.DeepClone() }) with
        {
            Verdict = why is null ? "delivered" : "swallowed",
            Why = why ?? "",
            Resident = resident.Id,
        };
        return (answer, sent);
    }

    /// <summary>Delivers to many; answers how many were reached.</summary>
    public static Func<IEnumerable<LocalResident>, int> ToMany(Call call, IReadOnlyList<JsonElement> messages) =>
        residents => residents.Count(resident => Arrive(call, resident, messages).Why is null);

    /// <summary>A quote token must be ours and of this chat.</summary>
    public static Answer? ForeignQuote(Call call, string chat, IReadOnlyList<JsonElement> messages)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            if (!messages[i].TryGetProperty("quoteToken", out var token)) continue;
            if (token.ValueKind != JsonValueKind.String || call.Platform.Mint.Unseal("quote", token.GetString()!)?.Chat != chat)
                return Answer.Faulty(("Invalid quote token", $"messages[{i}].quoteToken"));
        }

        return null;
    }

    /// <summary>Findings of a push: a fresh reply token was at hand.</summary>
    public static void Judge(Call call, LocalResident resident)
    {
        if (resident.NewestToken is { } token && token.UsableAt(call.Now))
            call.Platform.Find("push-while-reply-token-fresh", resident.Id, $"request {call.RequestId}");
    }

    public static string Hash(Call call) => Convert.ToHexStringLower(SHA256.HashData(call.Bytes));

    private static (string[] Ids, string? Why) Arrive(Call call, LocalResident resident, IReadOnlyList<JsonElement> messages)
    {
        var platform = call.Platform;
        string[] ids = [.. messages.Select(_ => platform.Mint.MessageId())];
        if (resident.Channel.Standby) platform.Find("standby-answered", resident.Id, $"request {call.RequestId}");
        if (!resident.Reachable(call.Now) && call.Endpoint.Name is "push" or "reply" && resident.Friendship == Friendship.Blocked)
            platform.Find("sent-to-blocked", resident.Id, $"request {call.RequestId}");
        if (!resident.Reachable(call.Now))
        {
            platform.Counters.Add("message.swallowed", messages.Count);
            return (ids, resident.Friendship.ToString());
        }

        for (var i = 0; i < messages.Count; i++)
        {
            var line = new ScreenMessage(0, ids[i], true, call.Now, messages[i]);
            if (line.Text.Length > 0 && resident.Screen.Messages.Reverse().Take(20).Any(m => m.FromBot && m.Text == line.Text && call.Now - m.At < TimeSpan.FromMinutes(1)))
                platform.Find("same-text-twice", resident.Id, line.Text);
            if (!resident.ChatOpen) resident.Unread++;
            resident.LoadingUntil = null;
            resident.Screen.Add(ids[i], fromBot: true, call.Now, messages[i]);
        }

        platform.Counters.Add("message.delivered", messages.Count);
        platform.ScreenChanged(resident);
        return (ids, null);
    }

    private static string? Type(JsonElement message) => message.GetProperty("type").GetString();
}
