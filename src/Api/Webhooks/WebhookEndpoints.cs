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
    /// <summary>Bytes; more is refused with 413 before it is read.</summary>
    public const int LargestBody = 1 << 20;

    /// <summary>LINE gives up after 2 s; a body that takes longer is nobody's.</summary>
    private static readonly TimeSpan BodyTime = TimeSpan.FromSeconds(5);

    public static IEndpointRouteBuilder MapWebhook(this IEndpointRouteBuilder app)
    {
        app.MapPost("/webhook/{channel}", Receive)
            .WithName("receiveWebhook").WithTags("webhook")
            .WithSummary("LINE のイベントを受け取る")
            .WithDescription("署名を確認し、すべてのイベントを確実に保存してから 200 を返します。200 以外のとき、LINE は同じイベントをもう一度送ります（webhookEventId で重複を取り除きます）。")
            .Takes(WebhookCall.Example, "application/json").Produces(StatusCodes.Status200OK)
            .Refuses(Problem.Malformed, Problem.InvalidSignature, Problem.NotFound, Problem.TooLarge, Problem.Failed, Problem.Unavailable)
            .Explains("channel", "設定した LINE チャネルの名前です。", "minatodai")
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .AllowAnonymous();
        return app;
    }

    private static async Task<IResult> Receive(string channel, HttpRequest request, DoorChannels channels, DoorGuard guard, WebhookDelivery delivery)
    {
        if (channels.Find(channel) is not { } door) return Problem.NotFound.Answer();
        var started = Stopwatch.GetTimestamp();
        var answer = await Answer(door, request, guard, delivery);
        WebhookMeter.Answered(door.Name, answer, started);
        return answer;
    }

    private static async Task<IResult> Answer(LineChannel door, HttpRequest request, DoorGuard guard, WebhookDelivery delivery)
    {
        if (guard.IsClosed) return Problem.Unavailable.Answer();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted);
        patience.CancelAfter(BodyTime);
        ReadOnlyMemory<byte>? read;
        try
        {
            read = await ReadBody(request, patience.Token);
        }
        catch (OperationCanceledException) when (!request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            return Problem.Malformed.Answer("本文が時間内に届きませんでした。");
        }

        // Only what LINE has signed may take a place: a stranger's slow or many bodies shut nobody out.
        if (read is not { } body) return Problem.TooLarge.Answer(null, new KeyValuePair<string, object?>("limit", LargestBody));
        if (!WebhookSignature.Verify(body.Span, SignatureOf(request), door.Secret, door.NextSecret)) return delivery.Refuse(door, body.Length);
        if (!guard.TryEnter()) return Problem.Unavailable.Answer();
        try
        {
            return await delivery.Deliver(door, body);
        }
        finally
        {
            guard.Leave();
        }
    }

    // Several headers are joined by the framework with a comma, and then verify nothing.
    private static string? SignatureOf(HttpRequest request) => request.Headers.TryGetValue("x-line-signature", out var value) ? value.ToString() : null;

    private static async Task<ReadOnlyMemory<byte>?> ReadBody(HttpRequest request, CancellationToken patience)
    {
        if (request.ContentLength > LargestBody) return null;
        using var bytes = new MemoryStream((int)(request.ContentLength ?? 4096));
        var chunk = new byte[16 * 1024];
        while (await request.Body.ReadAsync(chunk, patience) is > 0 and var read)
        {
            if (bytes.Length + read > LargestBody) return null;
            bytes.Write(chunk, 0, read);
        }

        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }
}
