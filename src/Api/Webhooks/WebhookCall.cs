using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;

namespace OrleansGov.Api.Webhooks;

/// <summary>LINE's body as the document shows it. The door itself reads raw bytes (<see cref="OrleansGov.Line.WebhookParser"/>): LINE may add anything at any time.</summary>
[Description("LINE が送る本文です。項目は LINE の Messaging API リファレンスに従います。知らない項目やイベントは読み飛ばします。")]
public sealed record WebhookCall(
    [property: Description("ボットのユーザー ID です。"), MaxLength(100)] string Destination,
    [property: Description("イベントです。0 件のこともあります。"), MaxLength(100)] IReadOnlyList<JsonObject> Events)
{
    internal static readonly WebhookCall Example = new("U8e742f61d673b39c7fff3cecb7536ef0",
    [
        new()
        {
            ["type"] = "message", ["mode"] = "active", ["timestamp"] = 1793588400000, ["webhookEventId"] = "01KAEXAMPLE0000000000000000",
            ["deliveryContext"] = new JsonObject { ["isRedelivery"] = false }, ["source"] = new JsonObject { ["type"] = "user", ["userId"] = "U4af4980629000000000000000000000" },
            ["replyToken"] = "nHuyWiB7yP5Zw52FIkcQobQuGDXCTA", ["message"] = new JsonObject { ["type"] = "text", ["id"] = "444573844083572737", ["text"] = "粗大ごみ" },
        },
    ]);
}
