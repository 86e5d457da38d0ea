using OrleansGov.Api.Settings;
using OrleansGov.Gateways;
using OrleansGov.Grains;
using OrleansGov.Line;
using OrleansGov.Packs.Towns;

namespace OrleansGov.Api;

/// <summary>The towns an installation serves: their files, the channels that speak for them, the packs they begin with.</summary>
internal static class OfficeTowns
{
    /// <exception cref="SettingsException">A town file is missing or wrong, or a channel names a town that is not there.</exception>
    public static IServiceCollection AddOffice(this IServiceCollection services, OfficeSettings settings, IHostEnvironment environment)
    {
        var faults = new List<SettingFault>();
        var towns = ReadTowns(settings, faults);
        foreach (var channel in settings.Channels.Where(c => !towns.ContainsKey(c.Municipality)))
            faults.Add(new SettingFault($"Line__Channels ({channel.Name})", $"町「{channel.Municipality}」のファイルがありません。{Path.Combine(settings.PacksDirectory, "towns", channel.Municipality + ".yaml")} を置いてください。",
                $"there is no town file for '{channel.Municipality}'; put one there"));
        if (faults.Count > 0) throw new SettingsException(faults);

        var register = new TownRegister(
            towns.ToImmutableDictionary(t => t.Key, t => t.Value.Town!),
            settings.Channels.ToImmutableDictionary(c => c.Name, c => c.Municipality),
            settings.PersonalDetailsInTalk);
        var packs = new PackInstallation(settings.PacksDirectory, towns.ToImmutableDictionary(t => t.Key, t => t.Value.Packs), environment.IsDevelopment());
        var line = new LineOptions
        {
            ApiBaseUrl = settings.ApiBaseUrl,
            ApiDataBaseUrl = settings.ApiDataBaseUrl,
            Channels = [.. settings.Channels.Select(c => new LineChannel
            {
                Name = c.Name, Municipality = c.Municipality, Secret = c.Secret, NextSecret = c.NextSecret,
                AccessToken = c.AccessToken, ChannelId = c.ChannelId, BotUserId = c.BotUserId,
            })],
        };
        return services.AddOrleansGovGrains(register, packs, line, settings.PublicBaseUrl is { } url ? new Uri(url) : null,
            new ContentStore(Path.Combine(settings.DataDirectory, "content")));
    }

    private static Dictionary<string, TownReading> ReadTowns(OfficeSettings settings, List<SettingFault> faults)
    {
        var towns = new Dictionary<string, TownReading>();
        var directory = Path.Combine(settings.PacksDirectory, "towns");
        foreach (var file in Directory.Exists(directory) ? Directory.GetFiles(directory, "*.yaml") : [])
        {
            var reading = TownReader.Load(file);
            foreach (var problem in reading.Problems) faults.Add(new SettingFault(file, problem.ToString(), "the town file cannot be read"));
            if (reading.Town is { } town) towns[town.Id] = reading;
        }

        if (towns.Count == 0 && faults.Count == 0) faults.Add(new SettingFault("Packs__Directory", $"{directory} に町のファイル（*.yaml）がありません。", "no town file (*.yaml) there"));
        return towns;
    }
}
