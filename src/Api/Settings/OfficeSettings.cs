using System.Net;
using OrleansGov.Api.Access;
using OrleansGov.Grains;
using OrleansGov.Line;

namespace OrleansGov.Api.Settings;

/// <summary>What an installation decides. Read once, at start; anything wrong is told then, all of it at once.</summary>
public sealed record OfficeSettings
{
    /// <summary><c>Hosting__Mode</c>.</summary>
    public HostingMode Mode { get; init; }

    /// <summary><c>Hosting__Role</c>; other than Both in a cluster only.</summary>
    public HostingRole Role { get; init; }

    public bool HasGrains => Role != HostingRole.Web;

    public bool HasDoors => Role != HostingRole.Silo;

    /// <summary><c>Cluster__…</c>; null in an embedded office.</summary>
    public ClusterSettings? Cluster { get; init; }

    /// <summary><c>Data__Directory</c>: everything that an embedded office keeps. Absolute.</summary>
    public required string DataDirectory { get; init; }

    /// <summary><c>Content__Directory</c>: pictures that residents sent; in a cluster shared by all nodes. Absolute.</summary>
    public required string ContentDirectory { get; init; }

    /// <summary><c>Packs__Directory</c>: packs and towns installed at the first start. Absolute.</summary>
    public required string PacksDirectory { get; init; }

    /// <summary><c>Public__BaseUrl</c>: the address residents and integrators call.</summary>
    public required Uri PublicBaseUrl { get; init; }

    /// <summary><c>Api__Keys__n__…</c>.</summary>
    public ImmutableList<ApiKey> ApiKeys { get; init; } = [];

    /// <summary><c>SignIn__…</c>; null = people cannot sign in.</summary>
    public SignInSettings? SignIn { get; init; }

    /// <summary><c>Privacy__PersonalDetails=Talk</c>: personal details are asked in the talk, a recorded decision of the municipality.</summary>
    public bool PersonalDetailsInTalk { get; init; }

    /// <summary><c>Privacy__PseudonymKey</c>; null = the key file in the data directory (embedded only).</summary>
    public string? PseudonymKey { get; init; }

    /// <summary>True: this process brings its own LINE, and /simulator shows residents' phones.</summary>
    public bool Simulator { get; init; }

    /// <summary><c>Proxy__TrustedNetworks</c>: where our reverse proxies are. Only they may say who called and whether it was by https.</summary>
    public ImmutableList<IPNetwork> TrustedNetworks { get; init; } = [];

    /// <summary><c>Residents__…</c>.</summary>
    public ResidentLimits Residents { get; init; } = new(MessagesPerMinute: 60);

    /// <summary><c>Line__…</c>: addresses and channels.</summary>
    public required LineOptions Line { get; init; }

    /// <summary><c>Broadcast__MostRecipients</c>: a broadcast to more residents is refused.</summary>
    public int MostBroadcastRecipients { get; init; } = 1_000_000;

    /// <summary><c>Town__Default</c>: the town of channels without Municipality.</summary>
    public string DefaultTown { get; init; } = "minatodai";

    /// <summary><c>Telemetry__…</c>.</summary>
    public TelemetrySettings Telemetry { get; init; } = new();

    /// <summary>Id of the town a channel belongs to.</summary>
    public string TownOf(LineChannel channel) => channel.Municipality ?? DefaultTown;

    /// <exception cref="SettingsException">Something is missing or wrong.</exception>
    public static OfficeSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var faults = new List<SettingFault>();
        var settings = new SettingsReader(configuration, environment, faults).Read();
        return faults.Count == 0 ? settings : throw new SettingsException(faults);
    }
}
