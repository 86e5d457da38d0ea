using System.Text.RegularExpressions;

namespace OrleansGov.Api.Settings;

/// <summary>Reads <see cref="OfficeSettings"/> and collects what is wrong.</summary>
internal sealed partial class SettingsReader(IConfiguration configuration, IHostEnvironment environment, List<SettingFault> faults)
{
    public OfficeSettings Read()
    {
        var api = Url("Line:ApiBaseUrl");
        var simulator = Simulator(api);
        var town = Text("Town:Default") ?? "minatodai";
        var channels = Channels(town);
        if (!simulator && channels.Count == 0)
            Fault("Line:Channels", "LINE チャネルが設定されていません（Line__Channels__0__Name、__Secret、__AccessToken など）。", "No LINE channel is configured.");
        return new()
        {
            DataDirectory = Path.GetFullPath(Text("Data:Directory") ?? "data"),
            PacksDirectory = Packs(),
            PublicBaseUrl = Url("Public:BaseUrl")?.ToString().TrimEnd('/'),
            PersonalDetailsInTalk = PersonalDetails(),
            PseudonymKey = Text("Privacy:PseudonymKey"),
            Simulator = simulator,
            ApiBaseUrl = api ?? new("https://api.line.me"),
            ApiDataBaseUrl = Url("Line:ApiDataBaseUrl") ?? new("https://api-data.line.me"),
            Channels = channels,
            DefaultTown = town,
        };
    }

    // On by itself only where somebody is developing; elsewhere it must be asked for in so many words.
    private bool Simulator(Uri? api)
    {
        var wanted = Text("Simulator:Enabled");
        if (wanted is null) return environment.IsDevelopment() && api is null;
        if (!bool.TryParse(wanted, out var on)) Fault("Simulator:Enabled", "true か false を指定してください。", "Must be true or false.");
        if (on && api is not null) Fault("Simulator:Enabled", "Line__ApiBaseUrl と同時には使えません。どちらかを外してください。", "Cannot be combined with Line__ApiBaseUrl.");
        return on;
    }

    private bool PersonalDetails()
    {
        var chosen = Text("Privacy:PersonalDetails");
        if (chosen is null or "Form" or "Talk") return chosen == "Talk";
        Fault("Privacy:PersonalDetails", "Form か Talk を指定してください。", "Must be Form or Talk.");
        return false;
    }

    private ImmutableList<ChannelSetting> Channels(string defaultTown)
    {
        var channels = ImmutableList.CreateBuilder<ChannelSetting>();
        foreach (var section in configuration.GetSection("Line:Channels").GetChildren())
        {
            var channel = new ChannelSetting(Required(section, "Name"), Optional(section, "Municipality") ?? defaultTown, Required(section, "Secret"),
                Optional(section, "NextSecret"), Optional(section, "AccessToken"), Optional(section, "ChannelId"), Optional(section, "BotUserId"));
            if (channel.Name.Length > 0 && !ChannelName().IsMatch(channel.Name))
                Fault($"{section.Path}:Name", "英小文字・数字・ハイフンの 1〜40 文字にしてください。", "1–40 lower-case letters, digits and hyphens.");
            if (channels.Any(c => c.Name == channel.Name))
                Fault($"{section.Path}:Name", $"「{channel.Name}」が重複しています。", $"'{channel.Name}' is configured twice.");
            if (channel is { AccessToken: null, ChannelId: null })
                Fault($"{section.Path}:AccessToken", "AccessToken か ChannelId のどちらかが必要です。", "Either AccessToken or ChannelId is needed.");
            channels.Add(channel);
        }

        return channels.ToImmutable();
    }

    private string Packs()
    {
        if (Text("Packs:Directory") is { } configured)
        {
            if (!Directory.Exists(configured)) Fault("Packs:Directory", $"フォルダー {configured} がありません。", $"There is no folder {configured}.");
            return Path.GetFullPath(configured);
        }

        // Beside the program when installed, at the root of the repository when built.
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Directory.Exists(Path.Combine(at.FullName, "packs", "towns"))) return Path.Combine(at.FullName, "packs");
        Fault("Packs:Directory", "パックのフォルダーが見つかりません。", "The folder of packs was not found.");
        return Path.GetFullPath("packs");
    }

    private Uri? Url(string key)
    {
        if (Text(key) is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http") return url;
        Fault(key, "https:// で始まる URL を指定してください。", "Must be an absolute http(s) URL.");
        return null;
    }

    private string Required(IConfigurationSection section, string key)
    {
        if (Optional(section, key) is { } text) return text;
        Fault($"{section.Path}:{key}", "必須です。", "Required.");
        return "";
    }

    private static string? Optional(IConfigurationSection section, string key) => string.IsNullOrWhiteSpace(section[key]) ? null : section[key]!.Trim();

    private string? Text(string key) => string.IsNullOrWhiteSpace(configuration[key]) ? null : configuration[key]!.Trim();

    private void Fault(string key, string japanese, string english) => faults.Add(new(key.Replace(":", "__", StringComparison.Ordinal), japanese, english));

    [GeneratedRegex("^[a-z0-9-]{1,40}$")]
    private static partial Regex ChannelName();
}
