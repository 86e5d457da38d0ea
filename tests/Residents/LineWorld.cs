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
    private readonly Doors _doors;

    private LineWorld(LocalLinePlatform platform, LocalLineServer server, LocalChannel channel, Doors doors)
    {
        Platform = platform;
        _server = server;
        Channel = channel;
        _doors = doors;
    }

    public LocalLinePlatform Platform { get; }

    public LocalChannel Channel { get; }

    /// <param name="options">Null = the local LINE's defaults.</param>
    /// <param name="apiPort">Port in place of api.line.me; 0 = a free one.</param>
    /// <param name="dataPort">Port in place of api-data.line.me; 0 = a free one.</param>
    public static async Task<LineWorld> OpenAsync(LocalLineOptions? options = null, int apiPort = 0, int dataPort = 0)
    {
        options ??= new LocalLineOptions();
        var doors = new Doors(options.WebhookConnections);
        var platform = new LocalLinePlatform(options.WebhookHandler is null ? options with { WebhookHandler = doors } : options);
        var channel = platform.AddChannel(new ChannelSettings
        {
            Name = Name, ChannelId = "1600000001", Secret = "0123456789abcdef0123456789abcdef", BotUserId = "U00000000000000000000000000000001", LongLivedToken = "residents-long-lived-token",
        });
        return new(platform, await LocalLineServer.StartAsync(platform, apiPort, dataPort), channel, doors);
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
    public void CallOffice(Uri office)
    {
        _doors.Open([]);
        Channel.WebhookUrl = new Uri(office, $"/webhook/{Name}");
    }

    /// <summary>From now on, events go to these doors of one office in turn. Who calls this has made sure that they are the operator's own.</summary>
    public void CallOffices(IReadOnlyList<Uri> offices)
    {
        _doors.Open(offices);
        Channel.WebhookUrl = new Uri($"http://127.0.0.1/webhook/{Name}"); // the doors replace host and port
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Platform.Dispose();
        _doors.Dispose();
    }
}
