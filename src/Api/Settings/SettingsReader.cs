using System.Globalization;
using OrleansGov.Api.Access;
using OrleansGov.Line;

namespace OrleansGov.Api.Settings;

/// <summary>Reads <see cref="OfficeSettings"/> and collects what is wrong.</summary>
internal sealed partial class SettingsReader(IConfiguration configuration, IHostEnvironment environment, List<SettingFault> faults)
{
    public OfficeSettings Read()
    {
        var line = new LineOptions();
        EventsPerSecond();
        configuration.GetSection("Line").Bind(line);
        var mode = OneOf("Hosting:Mode", HostingMode.Embedded);
        var role = Role(mode);
        var simulator = Simulator(Text("Line:ApiBaseUrl") is not null, mode, role);
        var town = Text("Town:Default") ?? "minatodai";
        // The simulator fills in what a channel lacks; LINE does not.
        if (!simulator) faults.AddRange(LineOptionsValidator.Check(line).Select(fault => new SettingFault(fault.Split(' ')[0], "LINE の設定を確認してください。", fault)));
        if (!simulator && line.Channels.Count == 0)
            Fault("Line:Channels", "LINE チャネルが設定されていません（Line__Channels__0__Name、__Secret、__AccessToken など）。", "No LINE channel is configured.");
        var address = Public();
        var data = Path.GetFullPath(Text("Data:Directory") ?? "data");
        return new()
        {
            Mode = mode,
            Role = role,
            Cluster = Cluster(mode),
            DataDirectory = data,
            ContentDirectory = Content(mode, data),
            PacksDirectory = Packs(),
            PublicBaseUrl = address,
            SignIn = SignInSettings.Read(configuration, environment.IsDevelopment(), address, faults),
            PersonalDetailsInTalk = PersonalDetails(),
            PseudonymKey = Text("Privacy:PseudonymKey"),
            Simulator = simulator,
            Line = line,
            TrustedNetworks = Networks("Proxy:TrustedNetworks"),
            Residents = new(MessagesPerMinute: Whole("Residents:MessagesPerMinute", 60)),
            DefaultTown = town,
            Telemetry = TelemetrySettings.Read(configuration, faults),
            MostBroadcastRecipients = MostBroadcastRecipients(),
            ApiKeys = [.. ApiKey.Read(configuration, town, faults)],
        };
    }

    // On by itself only where somebody is developing; elsewhere it must be asked for in so many words.
    private bool Simulator(bool hasRealLine, HostingMode mode, HostingRole role)
    {
        var wanted = Text("Simulator:Enabled");
        if (wanted is null) return environment.IsDevelopment() && !hasRealLine && mode == HostingMode.Embedded;
        if (!bool.TryParse(wanted, out var on)) Fault("Simulator:Enabled", "true か false を指定してください。", "Must be true or false.");
        if (on && hasRealLine) Fault("Simulator:Enabled", "Line__ApiBaseUrl と同時には使えません。どちらかを外してください。", "Cannot be combined with Line__ApiBaseUrl.");
        // The world it brings is in the memory of one process: silos elsewhere could not call it.
        if (on && role != HostingRole.Both) Fault("Simulator:Enabled", "Hosting__Role=Both のときだけ使えます。", "Needs Hosting__Role=Both.");
        return on;
    }

    private bool PersonalDetails()
    {
        var chosen = Text("Privacy:PersonalDetails");
        if (chosen is null or "Form" or "Talk") return chosen == "Talk";
        Fault("Privacy:PersonalDetails", "Form か Talk を指定してください。", "Must be Form or Talk.");
        return false;
    }

    private int MostBroadcastRecipients()
    {
        if (Text("Broadcast:MostRecipients") is not { } text) return 1_000_000;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0) return most;
        Fault("Broadcast:MostRecipients", "1 以上の整数を指定してください。", "Must be a whole number of at least 1.");
        return 1;
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

    // Links in messages need an address; a developer's is where the server listens.
    private Uri Public()
    {
        var text = Text("Public:BaseUrl") ?? (environment.IsDevelopment() ? (Text("urls") ?? "http://127.0.0.1:8080").Split(';')[0].Replace("://+", "://localhost", StringComparison.Ordinal).Replace("://*", "://localhost", StringComparison.Ordinal) : null);
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http") return url;
        Fault("Public:BaseUrl", "利用者から見える URL（https://…）を指定してください。", "Must be the public https URL of this installation.");
        return new("http://localhost");
    }

    private string? Text(string key) => string.IsNullOrWhiteSpace(configuration[key]) ? null : configuration[key]!.Trim();

    private void Fault(string key, string japanese, string english) => faults.Add(new(key.Replace(":", "__", StringComparison.Ordinal), japanese, english));
}
