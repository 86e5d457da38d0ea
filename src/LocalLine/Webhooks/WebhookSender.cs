using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using OrleansGov.LocalLine.Faults;
using OrleansGov.LocalLine.Messaging;

namespace OrleansGov.LocalLine.Webhooks;

/// <summary>
/// Brings events to the office: signs the exact bytes, waits two seconds for the status line, and comes again with what failed
/// if the channel's redelivery is on. One connection pool for the whole world.
/// </summary>
internal sealed class WebhookSender(LocalLinePlatform platform, LocalLineOptions options, TimeProvider clock) : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json", "utf-8");
    private readonly SemaphoreSlim connections = new(options.WebhookConnections);
    private readonly CancellationTokenSource closing = new();
    private readonly HttpMessageInvoker http = new(
        options.WebhookHandler ?? new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxConnectionsPerServer = options.WebhookConnections,
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        },
        disposeHandler: options.WebhookHandler is null);

    public void Send(EventLane lane, Delivery delivery)
    {
        if (lane.Join(delivery)) _ = Task.Run(() => Move(lane));
    }

    public void Dispose()
    {
        closing.Cancel();
        http.Dispose();
    }

    /// <summary>One request outside every lane, as the console's Verify button sends it.</summary>
    public Task<WebhookOutcome> Test(LocalChannelAddress address, byte[] body) => Post(address, body, closing.Token);

    private async Task Move(EventLane lane)
    {
        while (lane.Next(out var delivery))
        {
            if (platform.Faults.Strike("webhook") is { } fault)
            {
                if (fault.Kind == "late") _ = Overtaken(delivery, fault.Ms ?? 1000);
                else if (fault.Kind == "thrice")
                    for (var copy = 0; copy < 3; copy++) _ = Overtaken(delivery with { Redelivery = delivery.Redelivery || copy > 0 }, platform.Mint.Below(fault.Ms ?? 1000));
                else if (fault.Kind == "duplicate") await Task.WhenAll(Deliver(delivery), Deliver(delivery));
                else Fail(delivery, new WebhookOutcome("lost", 0, "the first copy was lost on demand"));
            }
            else
            {
                await Deliver(delivery);
            }
        }
    }

    private async Task Overtaken(Delivery delivery, int milliseconds)
    {
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), clock, closing.Token);
            await Deliver(delivery);
        }
        catch (OperationCanceledException)
        {
            Settle(delivery, new WebhookOutcome("off", 0, "the world closed"));
        }
    }

    private async Task Deliver(Delivery delivery)
    {
        var channel = delivery.Channel;
        if (!channel.WebhookOn || channel.WebhookUrl is not { } url)
        {
            Settle(delivery, new WebhookOutcome("off", 0, "webhooks are off, or no address is set"));
            return;
        }

        WebhookOutcome outcome;
        byte[] body;
        try
        {
            await connections.WaitAsync(closing.Token);
            try
            {
                lock (platform.Gate)
                    foreach (var sent in delivery.Events)
                        if (sent.Token is { } token) ReplyTokenLedger.Delivered(token, clock.GetUtcNow());
                body = Wire.Body(channel, delivery.Events, delivery.Redelivery, platform.Mint.Below);
                outcome = await Post(new(url, channel.Settings.Secret), body, closing.Token);
            }
            finally
            {
                connections.Release();
            }
        }
        catch (Exception closed) when (closed is OperationCanceledException or ObjectDisposedException && closing.IsCancellationRequested)
        {
            Settle(delivery, new WebhookOutcome("off", 0, "the world closed"));
            return;
        }

        platform.Counters.Add("webhook." + outcome.Reason);
        var first = delivery.Events[0];
        platform.Note(channel.Name, "webhook", "POST", url.ToString(), outcome.Status, first.WebhookEventId, first.Resident?.Id, Encoding.UTF8.GetString(body), "",
            outcome.Reason, delivery.Redelivery ? $"redelivery {delivery.Failures}; {outcome.Detail}" : outcome.Detail);

        if (outcome.Delivered) Settle(delivery, outcome);
        else Fail(delivery, outcome);
    }

    private async Task<WebhookOutcome> Post(LocalChannelAddress address, byte[] body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = Json;
        request.Headers.Add("x-line-signature", Wire.Sign(address.Secret, body));
        request.Headers.TryAddWithoutValidation("User-Agent", "LineBotWebhook/2.0");
        using var budget = new CancellationTokenSource(options.WebhookBudget, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, stop);
        try
        {
            // The invoker returns at the end of the head; the body of the answer is of no interest.
            using var response = await http.SendAsync(request, either.Token);
            return response.IsSuccessStatusCode
                ? new WebhookOutcome("delivered", (int)response.StatusCode, "")
                : new WebhookOutcome("error_status_code", (int)response.StatusCode, $"answered {(int)response.StatusCode}");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new WebhookOutcome("request_timeout", 0, $"no status line within {options.WebhookBudget.TotalSeconds} s");
        }
        catch (HttpRequestException refused) when (refused.HttpRequestError is
            HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            return new WebhookOutcome("could_not_connect", 0, refused.Message);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return new WebhookOutcome("unclassified", 0, broken.Message);
        }
    }

    private void Fail(Delivery delivery, WebhookOutcome outcome)
    {
        foreach (var sent in delivery.Events) sent.Attempted(outcome);
        if (!delivery.Channel.RedeliveryOn || delivery.Failures >= options.RedeliveryDelays.Count)
        {
            Settle(delivery, outcome);
            return;
        }

        _ = ComeAgain(delivery with { Failures = delivery.Failures + 1, Redelivery = true }, options.RedeliveryDelays[delivery.Failures]);
    }

    private async Task ComeAgain(Delivery delivery, TimeSpan delay)
    {
        try
        {
            await Task.Delay(delay, clock, closing.Token);
            Send(delivery.Events[0].Resident?.Lane ?? new EventLane(), delivery);
        }
        catch (OperationCanceledException)
        {
            Settle(delivery, new WebhookOutcome("off", 0, "the world closed"));
        }
    }

    private static void Settle(Delivery delivery, WebhookOutcome outcome)
    {
        foreach (var sent in delivery.Events) sent.Settle(outcome);
    }
}

/// <summary>Where a signed body goes.</summary>
internal sealed record LocalChannelAddress(Uri Url, string Secret);
