using System.Security.Cryptography;
using System.Text.Json;
using OrleansGov.Api.Settings;
using OrleansGov.Line;

namespace OrleansGov.Api.RichMenus;

/// <summary>
/// Gives every channel its town's menu. A menu's name carries the hash of its content, so the same menu is made once, a changed one replaces
/// it, and a start that finds it in place only sets it as the default again. Runs beside the office: no menu is no reason not to open.
/// </summary>
internal sealed partial class RichMenuInstaller(OfficeSettings settings, RichMenuTowns towns, MessagingClient line, ILogger<RichMenuInstaller> logger, TimeProvider clock) : BackgroundService
{
    private const string NamePrefix = "og-menu-";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken) =>
        await Task.WhenAll(settings.Line.Channels.Select(channel => Install(channel, stoppingToken)));

    private async Task Install(LineChannel channel, CancellationToken stopping)
    {
        var town = towns.ById[settings.TownOf(channel)];
        var picture = Path.Combine(settings.PacksDirectory, "towns", $"{town.Id}-menu.png");
        if (town.Menu.IsEmpty || !File.Exists(picture))
        {
            LogNoMenu(channel.Name, picture);
            return;
        }

        var image = await File.ReadAllBytesAsync(picture, stopping);
        for (var wait = TimeSpan.FromSeconds(2); ; wait = TimeSpan.FromSeconds(Math.Min(wait.TotalSeconds * 2, 300)))
        {
            try
            {
                await Install(channel.Name, town, image, stopping);
                return;
            }
            catch (Exception e) when (e is LineApiException or HttpRequestException or TimeoutException or InvalidDataException)
            {
                LogFailed(channel.Name, e.Message, wait.TotalSeconds);
                await Task.Delay(wait, clock, stopping);
            }
        }
    }

    private async Task Install(string channel, Town town, byte[] image, CancellationToken stopping)
    {
        var content = RichMenuShape.Of(town, "");
        var name = NamePrefix + Convert.ToHexStringLower(SHA256.HashData([.. JsonSerializer.SerializeToUtf8Bytes(content), .. image]).AsSpan(0, 8));
        var known = await line.ListRichMenus(channel, stopping);
        var id = known.FirstOrDefault(m => m.Name == name).Id;
        if (id is null)
        {
            id = await line.CreateRichMenu(channel, RichMenuShape.Of(town, name).ToJsonString(), stopping);
            await line.UploadRichMenuImage(channel, id, image, "image/png", stopping);
        }

        await line.SetDefaultRichMenu(channel, id, stopping);
        foreach (var old in known.Where(m => m.Id != id && m.Name.StartsWith(NamePrefix, StringComparison.Ordinal)))
            await line.DeleteRichMenu(channel, old.Id, stopping);
        LogInstalled(channel, name);
    }

    [LoggerMessage(LogLevel.Information, "Channel {Channel} has the menu {Name}")]
    private partial void LogInstalled(string channel, string name);

    [LoggerMessage(LogLevel.Information, "Channel {Channel} has no menu: the town has no entries, or there is no {Picture}")]
    private partial void LogNoMenu(string channel, string picture);

    [LoggerMessage(LogLevel.Warning, "Channel {Channel}: the menu was not installed ({Reason}); next try in {Seconds} s")]
    private partial void LogFailed(string channel, string reason, double seconds);
}

/// <summary>The towns whose menus are installed.</summary>
internal sealed record RichMenuTowns(ImmutableDictionary<string, Town> ById);

/// <summary>Registers the menus.</summary>
internal static class RichMenuHosting
{
    public static IServiceCollection AddRichMenus(this IServiceCollection services, ImmutableDictionary<string, Town> towns) =>
        services.AddSingleton(new RichMenuTowns(towns)).AddHostedService<RichMenuInstaller>();
}
