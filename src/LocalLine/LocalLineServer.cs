using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using OrleansGov.LocalLine.Chats;
using OrleansGov.LocalLine.Content;
using OrleansGov.LocalLine.Control;
using OrleansGov.LocalLine.Http;
using OrleansGov.LocalLine.Messaging;
using OrleansGov.LocalLine.RichMenus;
using OrleansGov.LocalLine.Tokens;

namespace OrleansGov.LocalLine;

/// <summary>
/// The two hosts of LINE on two loopback ports: <see cref="Api"/> stands for api.line.me, <see cref="Data"/> for api-data.line.me.
/// Nobody but this machine can reach it.
/// </summary>
public sealed class LocalLineServer : IAsyncDisposable
{
    private readonly WebApplication api;
    private readonly WebApplication data;

    private LocalLineServer(WebApplication api, WebApplication data)
    {
        this.api = api;
        this.data = data;
        Api = new Uri(api.Urls.First());
        Data = new Uri(data.Urls.First());
    }

    /// <summary>Base address in place of https://api.line.me.</summary>
    public Uri Api { get; }

    /// <summary>Base address in place of https://api-data.line.me.</summary>
    public Uri Data { get; }

    /// <summary>Opens both ports.</summary>
    /// <param name="platform">The world to serve.</param>
    /// <param name="apiPort">0 = any free port.</param>
    /// <param name="dataPort">0 = any free port.</param>
    /// <param name="address">Where to listen; null = 127.0.0.1.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ArgumentException">The address is not loopback.</exception>
    public static async Task<LocalLineServer> StartAsync(
        LocalLinePlatform platform, int apiPort = 0, int dataPort = 0, IPAddress? address = null, CancellationToken cancel = default)
    {
        address ??= IPAddress.Loopback;
        if (!IPAddress.IsLoopback(address)) throw new ArgumentException($"The local LINE listens on loopback only, not on {address}.", nameof(address));
        var api = Build(platform, address, apiPort,
            [.. SendingEndpoints.All, .. ChatEndpoints.All, .. ChatEndpoints.Unavailable, .. RichMenuEndpoints.All, .. TokenEndpoints.All, .. IdTokens.All]);
        api.MapLocalLineControl("/_control", platform);
        var data = Build(platform, address, dataPort, [.. ContentEndpoints.OnData, .. RichMenuEndpoints.OnData]);
        await api.StartAsync(cancel);
        await data.StartAsync(cancel);
        return new LocalLineServer(api, data);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await api.DisposeAsync();
        await data.DisposeAsync();
    }

    private static WebApplication Build(LocalLinePlatform platform, IPAddress address, int port, IReadOnlyList<Http.Endpoint> endpoints)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting(WebHostDefaults.PreventHostingStartupKey, "true");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(address, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        var pipeline = new CallPipeline(platform);

        // Routing itself answers 404 and 405; they too bear a request id and LINE's form.
        app.Use(async (http, next) =>
        {
            if (http.Request.Path.StartsWithSegments("/_control"))
            {
                await next(http);
                return;
            }

            CallPipeline.RequestIdOf(http, platform);
            await next(http);
            if (!http.Response.HasStarted && http.GetEndpoint()?.DisplayName is null or "405 HTTP Method Not Supported" && http.Response.StatusCode is 404 or 405)
                await pipeline.Write(http, Answer.Error(http.Response.StatusCode, http.Response.StatusCode == 404 ? "Not found" : "Method Not Allowed"));
        });
        app.UseRouting();
        foreach (var endpoint in endpoints)
            app.MapMethods(endpoint.Template, [endpoint.Method], (RequestDelegate)(http => pipeline.Run(http, endpoint)));
        return app;
    }
}
