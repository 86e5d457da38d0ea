using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OrleansGov.Api.Settings;
using OrleansGov.LocalLine;
using OrleansGov.LocalLine.Control;
using OrleansGov.LocalLine.World;

namespace OrleansGov.Api.Simulator;

/// <summary>
/// The LINE this process brings with it: two loopback ports and a world in memory. Ids, secrets and tokens are new at every start, so that a
/// phone of yesterday's world is never taken for one of today's.
/// </summary>
public sealed class SimulatedLine : IAsyncDisposable
{
    private readonly LocalLineServer _server;

    private SimulatedLine(LocalLinePlatform platform, LocalLineServer server)
    {
        Platform = platform;
        _server = server;
    }

    public LocalLinePlatform Platform { get; }

    /// <summary>Opens the ports and a channel for every one that is configured, or one named after the default town.</summary>
    /// <returns>The world, and the settings as they are with it.</returns>
    public static async Task<(SimulatedLine Line, OfficeSettings Settings)> StartAsync(OfficeSettings settings)
    {
        var channels = settings.Channels.IsEmpty
            ? [new ChannelSetting(settings.DefaultTown, settings.DefaultTown, RandomNumberGenerator.GetHexString(32, true), null, null, "1600000000", null)]
            : settings.Channels;
        channels = [.. channels.Select((c, i) => c with
        {
            AccessToken = c.AccessToken ?? RandomNumberGenerator.GetHexString(48, true),
            ChannelId = c.ChannelId ?? $"16{i:D8}",
            BotUserId = c.BotUserId ?? "U" + RandomNumberGenerator.GetHexString(32, true),
        })];

        var platform = new LocalLinePlatform(new LocalLineOptions { Seed = RandomNumberGenerator.GetInt32(int.MaxValue) });
        foreach (var channel in channels)
            platform.AddChannel(new ChannelSettings
            {
                Name = channel.Name, ChannelId = channel.ChannelId!, Secret = channel.Secret, BotUserId = channel.BotUserId!,
                LongLivedToken = channel.AccessToken, Municipality = channel.Municipality,
            });
        var server = await LocalLineServer.StartAsync(platform);
        return (new(platform, server), settings with { Channels = channels, ApiBaseUrl = server.Api, ApiDataBaseUrl = server.Data });
    }

    /// <summary>Tells the world where the office's door is, as soon as that is known; shows the phones under /simulator.</summary>
    public void OpenAt(WebApplication app)
    {
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            if (Address(app) is not { } office) return;
            foreach (var channel in Platform.Channels) channel.WebhookUrl = new Uri(office, $"/webhook/{channel.Settings.Name}");
        });
        app.MapGet("/simulator", () => Results.Redirect("/simulator/")).ExcludeFromDescription().AllowAnonymous();
        app.MapFallbackToFile("/simulator/", "simulator/index.html").ExcludeFromDescription().AllowAnonymous();
        app.MapLocalLineControl("/simulator/api", Platform).AllowAnonymous();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Platform.Dispose();
    }

    // The world calls loopback only: a server that listens everywhere is called there too.
    private static Uri? Address(WebApplication app) => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses
        .Select(address => new Uri(address.Replace("//[::]", "//localhost", StringComparison.Ordinal).Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal)
            .Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//*", "//localhost", StringComparison.Ordinal)))
        .OrderBy(uri => uri.Scheme).FirstOrDefault();
}
