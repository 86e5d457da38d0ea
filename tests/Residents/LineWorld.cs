using OrleansGov.LocalLine;
using OrleansGov.LocalLine.World;

namespace OrleansGov.Residents;

/// <summary>
/// A local LINE with one channel, standing in the process of the residents and not in the office's: it survives whatever happens to the office,
/// as LINE would.
/// </summary>
public sealed class LineWorld : IAsyncDisposable
{
    private const string Name = "minatodai";
    private readonly LocalLineServer _server;

    private LineWorld(LocalLinePlatform platform, LocalLineServer server, LocalChannel channel)
    {
        Platform = platform;
        _server = server;
        Channel = channel;
    }

    public LocalLinePlatform Platform { get; }

    public LocalChannel Channel { get; }

    /// <param name="options">Null = the local LINE's defaults.</param>
    public static async Task<LineWorld> OpenAsync(LocalLineOptions? options = null)
    {
        var platform = new LocalLinePlatform(options);
        var channel = platform.AddChannel(new ChannelSettings
        {
            Name = Name, ChannelId = "1600000001", Secret = "0123456789abcdef0123456789abcdef", BotUserId = "U00000000000000000000000000000001", LongLivedToken = "residents-long-lived-token",
        });
        return new(platform, await LocalLineServer.StartAsync(platform), channel);
    }

    /// <summary>What an office needs to be told so that this is its LINE.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Line__ApiBaseUrl"] = _server.Api.ToString(),
        ["Line__ApiDataBaseUrl"] = _server.Data.ToString(),
        ["Line__Channels__0__Name"] = Name,
        ["Line__Channels__0__Municipality"] = Name,
        ["Line__Channels__0__Secret"] = Channel.Settings.Secret,
        ["Line__Channels__0__AccessToken"] = Channel.Settings.LongLivedToken!,
        ["Line__Channels__0__BotUserId"] = Channel.Settings.BotUserId,
    };

    /// <summary>From now on, events go to this office.</summary>
    /// <exception cref="ArgumentException">It is not on this machine: residents that never get tired are for our own offices only.</exception>
    public void CallOffice(Uri office) => Channel.WebhookUrl = new Uri(office, $"/webhook/{Name}");

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Platform.Dispose();
    }
}
