using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OrleansGov.Api.Settings;
using OrleansGov.Line;
using OrleansGov.LocalLine;
using OrleansGov.LocalLine.Control;
using OrleansGov.LocalLine.World;
using OrleansGov.Packs.Towns;

namespace OrleansGov.Api.Hosting;

/// <summary>
/// The LINE this process brings with it: two loopback ports and a world in memory. Ids, secrets and tokens are new at every start, so that a
/// phone of yesterday's world is never taken for one of today's.
/// </summary>
public sealed class SimulatedLine : IAsyncDisposable
{
    private LocalLineServer? _server;

    /// <summary>Makes a channel for every one that is configured, or one named after the default town, and completes the settings with what a channel lacks.</summary>
    public SimulatedLine(OfficeSettings settings, TownFiles towns)
    {
        if (settings.Line.Channels.Count == 0) settings.Line.Channels.Add(new() { Name = settings.DefaultTown });
        foreach (var (channel, i) in settings.Line.Channels.Select((c, i) => (c, i)))
        {
            if (channel.Secret.Length == 0) channel.Secret = RandomNumberGenerator.GetHexString(32, true);
            channel.AccessToken ??= RandomNumberGenerator.GetHexString(48, true);
            channel.WebhookRedelivery = "on"; // it is this process's own switch
            channel.ChannelId ??= FormattableString.Invariant($"16{i:D8}");
            channel.BotUserId ??= "U" + RandomNumberGenerator.GetHexString(32, true);
            Platform.AddChannel(new ChannelSettings
            {
                Name = channel.Name, ChannelId = channel.ChannelId, Secret = channel.Secret, BotUserId = channel.BotUserId,
                LongLivedToken = channel.AccessToken, Municipality = NameOf(settings, settings.TownOf(channel)),
            });
        }
    }

    public LocalLinePlatform Platform { get; } = new(new LocalLineOptions { Seed = RandomNumberGenerator.GetInt32(int.MaxValue) });

    /// <summary>Opens the two ports and points the office at them. Comes after the office's own host is built: tests take the first host of a process for the office.</summary>
    public async Task ListenAsync(LineOptions office)
    {
        _server = await LocalLineServer.StartAsync(Platform);
        (office.ApiBaseUrl, office.ApiDataBaseUrl) = (_server.Api, _server.Data);
    }

    /// <summary>Tells the world where the office's door is, as soon as that is known; shows the phones under /simulator.</summary>
    public void OpenAt(WebApplication app)
    {
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            if (Address(app) is not { } office) return;
            foreach (var channel in Platform.Channels) channel.WebhookUrl = new Uri(office, $"/webhook/{channel.Settings.Name}");
        });
        // Routing does not tell /simulator from /simulator/: a redirect from one to the other would never end.
        app.MapFallbackToFile("/simulator", "simulator/index.html").ExcludeFromDescription().AllowAnonymous();
        app.MapLocalLineControl("/simulator/api", Platform).AllowAnonymous();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        Platform.Dispose();
    }

    // What a phone shows above the talk. A town without a file is reported when the towns are read.
    private static string NameOf(OfficeSettings settings, string town)
    {
        var file = Path.Combine(settings.PacksDirectory, "towns", $"{town}.yaml");
        return File.Exists(file) && TownReader.Load(file).Town is { } known ? known.Name : town;
    }

    // The world calls loopback only: a server that listens everywhere is called there too.
    private static Uri? Address(WebApplication app) => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses
        .Select(address => new Uri(address.Replace("//[::]", "//localhost", StringComparison.Ordinal).Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal)
            .Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//*", "//localhost", StringComparison.Ordinal)))
        .OrderBy(uri => uri.Scheme).FirstOrDefault();
}
