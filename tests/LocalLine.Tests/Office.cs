using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OrleansGov.LocalLine.Webhooks;
using OrleansGov.LocalLine.World;

namespace OrleansGov.LocalLine.Tests;

/// <summary>A town office that only listens: it answers what the test says, when the test says.</summary>
public sealed class Office : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Channel<Visit> visits = System.Threading.Channels.Channel.CreateUnbounded<Visit>();

    private Office(WebApplication app) => this.app = app;

    public Func<Visit, Task<int>> Answer { get; set; } = _ => Task.FromResult(200);

    public ConcurrentQueue<Visit> Heard { get; } = new();

    public static async Task<Office> Open(LocalChannel channel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var office = new Office(app);
        app.MapPost("/webhook", async (HttpContext http) =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            var visit = new Visit(body.ToArray(), http.Request.Headers["x-line-signature"].ToString());
            office.Heard.Enqueue(visit);
            office.visits.Writer.TryWrite(visit);
            http.Response.StatusCode = await office.Answer(visit);
        });
        await app.StartAsync(Town.Cancel);
        channel.WebhookUrl = new Uri(new Uri(app.Urls.First()), "/webhook");
        return office;
    }

    public ValueTask<Visit> Next() => visits.Reader.ReadAsync(Town.Cancel);

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>One webhook as it came over the wire.</summary>
public sealed record Visit(byte[] Body, string Signature)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public JsonElement Event => Json.GetProperty("events")[0];

    public string Text => System.Text.Encoding.UTF8.GetString(Body);

    public bool SignedWith(string secret) => Wire.Sign(secret, Body) == Signature;
}
