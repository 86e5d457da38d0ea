namespace OrleansGov.Api.Settings;

/// <summary>What an installation decides. Read once, at start; anything wrong is told then, all of it at once.</summary>
public sealed record OfficeSettings
{
    /// <summary><c>Data__Directory</c>: everything that is kept. Absolute.</summary>
    public required string DataDirectory { get; init; }

    /// <summary><c>Packs__Directory</c>: packs and towns installed at the first start. Absolute.</summary>
    public required string PacksDirectory { get; init; }

    /// <summary><c>Public__BaseUrl</c> without a slash at the end; null = as called.</summary>
    public string? PublicBaseUrl { get; init; }

    /// <summary><c>Privacy__PersonalDetails=Talk</c>: personal details are asked in the talk, a recorded decision of the municipality.</summary>
    public bool PersonalDetailsInTalk { get; init; }

    /// <summary><c>Privacy__PseudonymKey</c>; null = the key file in the data directory.</summary>
    public string? PseudonymKey { get; init; }

    /// <summary>True: this process brings its own LINE, and /simulator shows residents' phones.</summary>
    public bool Simulator { get; init; }

    /// <summary><c>Line__ApiBaseUrl</c>; not used with the local LINE.</summary>
    public Uri ApiBaseUrl { get; init; } = new("https://api.line.me");

    /// <summary><c>Line__ApiDataBaseUrl</c>; not used with the local LINE.</summary>
    public Uri ApiDataBaseUrl { get; init; } = new("https://api-data.line.me");

    /// <summary><c>Line__Channels__n__…</c>.</summary>
    public ImmutableList<ChannelSetting> Channels { get; init; } = [];

    /// <summary><c>Town__Default</c>: the town of channels without Municipality.</summary>
    public string DefaultTown { get; init; } = "minatodai";

    /// <exception cref="SettingsException">Something is missing or wrong.</exception>
    public static OfficeSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var faults = new List<SettingFault>();
        var settings = new SettingsReader(configuration, environment, faults).Read();
        return faults.Count == 0 ? settings : throw new SettingsException(faults);
    }
}

/// <summary>A LINE channel as configured.</summary>
/// <param name="Municipality">Id of the town it belongs to.</param>
/// <param name="AccessToken">Long-lived token; null = stateless tokens by <paramref name="ChannelId"/> and secret.</param>
public sealed record ChannelSetting(string Name, string Municipality, string Secret, string? NextSecret, string? AccessToken, string? ChannelId, string? BotUserId)
{
    /// <summary>Names the channel only: secrets must never reach a log.</summary>
    public override string ToString() => $"{nameof(ChannelSetting)} {Name}";
}
