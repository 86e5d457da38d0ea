using System.Diagnostics;
using OrleansGov.Api.Documents;
using OrleansGov.Api.Problems;
using OrleansGov.Line;

namespace OrleansGov.Api.Webhooks;

/// <summary>
/// LINE's door. Raw bytes, signature, meaning, order, durable — and only then 200. Statuses other than 2xx are our own choice (line.md §3);
/// LINE only knows that it must come again.
/// </summary>
public static partial class WebhookEndpoints
{
    /// <summary>LINE gives up after 2 s; a body that takes longer is nobody's.</summary>
    private static readonly TimeSpan BodyTime = TimeSpan.FromSeconds(5);

    public static IEndpointRouteBuilder MapWebhook(this IEndpointRouteBuilder app)
    {
        app.MapPost("/webhook/{channel}", Receive)
            .WithName("receiveWebhook").WithTags("webhook")
            .WithSummary("LINE のイベントを受け取る")
            .WithDescription("署名を確認し、すべてのイベントを確実に保存してから 200 を返します。200 以外のとき、LINE は同じイベントをもう一度送ります（webhookEventId で重複を取り除きます）。")
            .Takes(WebhookCall.Example, "application/json").Produces(StatusCodes.Status200OK)
            .Refuses(Problem.Malformed, Problem.InvalidSignature, Problem.NotFound, Problem.TooLarge, Problem.RateLimited, Problem.Failed, Problem.Unavailable)
            .Explains("channel", "設定した LINE チャネルの名前です。", "minatodai")
            .WithMetadata(new RequestSizeLimitAttribute(BodyRoom.LargestBody))
            .AllowAnonymous()
            .ShortCircuit(); // LINE needs none of what people's browsers do: the signature is all the door asks for
        return app;
    }

    private static async Task<IResult> Receive(string channel, HttpRequest request, DoorChannels channels, BodyRoom room, DoorGuard guard, WebhookDelivery delivery, RedeliveryWatch redelivery)
    {
        if (channels.Find(channel) is not { } door) return Problem.NotFound.Answer();
        var started = Stopwatch.GetTimestamp();
        var answer = await Answer(door, request, room, guard, delivery, redelivery);
        WebhookMeter.Answered(door.Name, answer, started);
        return answer;
    }

    private static async Task<IResult> Answer(LineChannel door, HttpRequest request, BodyRoom room, DoorGuard guard, WebhookDelivery delivery, RedeliveryWatch redelivery)
    {
        if (guard.IsCrowded) return Crowded();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted);
        patience.CancelAfter(BodyTime);
        BodyReading reading;
        try
        {
            reading = await room.Read(request, patience.Token);
        }
        catch (OperationCanceledException) when (!request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return Problem.Malformed.Answer("本文が時間内に届きませんでした。");
        }

        using (reading)
        {
            if (reading.Fault == BodyFault.NoRoom) return Crowded();
            if (reading.Fault == BodyFault.TooLarge) return Problem.TooLarge.Answer(null, new KeyValuePair<string, object?>("limit", BodyRoom.LargestBody));
            // Only what LINE has signed may take a place: a stranger's slow or many bodies shut nobody out.
            if (!WebhookSignature.Verify(reading.Bytes.Span, SignatureOf(request), door.Secret, door.NextSecret)) return delivery.Refuse(door, reading.Bytes.Length);
            using var pass = guard.TryEnter(door);
            var answer = pass is null ? guard.IsClosed ? Problem.Unavailable.Answer() : Crowded() : await delivery.Deliver(door, reading.Bytes, pass);
            if (answer is IStatusCodeHttpResult { StatusCode: 429 or >= 500 }) redelivery.Refused(door.Name);
            return answer;
        }
    }

    private static IResult Crowded() => Problem.Unavailable.Answer("ただいま混み合っています。");

    // Several headers are joined by the framework with a comma, and then verify nothing.
    private static string? SignatureOf(HttpRequest request) => request.Headers.TryGetValue("x-line-signature", out var value) ? value.ToString() : null;
}
