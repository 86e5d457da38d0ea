using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace OrleansGov.LocalLine.Control;

/// <summary>Server-sent events: what changed, so that a page fetches it again.</summary>
internal static class ControlStream
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static async Task Run(HttpContext http, LocalLinePlatform platform)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        var (changes, leave) = platform.Watch();
        using var leaving = leave;
        try
        {
            await http.Response.WriteAsync(": welcome\n\n", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            var more = changes.WaitToReadAsync(http.RequestAborted).AsTask();
            while (true)
            {
                using var rest = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
                if (await Task.WhenAny(more, Task.Delay(Heartbeat, rest.Token)) == more)
                {
                    if (!await more) return;
                    while (changes.TryRead(out var change))
                    {
                        var data = change.Kind == "screen"
                            ? JsonSerializer.Serialize(new { resident = change.Resident, seq = change.Seq, unread = change.Unread, loading = change.Loading })
                            : JsonSerializer.Serialize(new { seq = change.Seq });
                        await http.Response.WriteAsync($"event: {change.Kind}\ndata: {data}\n\n", http.RequestAborted);
                    }

                    more = changes.WaitToReadAsync(http.RequestAborted).AsTask();
                }
                else
                {
                    await http.Response.WriteAsync(": still here\n\n", http.RequestAborted);
                }

                await rest.CancelAsync();
                await http.Response.Body.FlushAsync(http.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The page went away.
        }
    }
}
