using System.Globalization;
using OpenTelemetry.Exporter;

namespace OrleansGov.Api.Settings;

/// <summary><c>Telemetry__…</c>: where figures, traces and logs go. Nothing leaves the process unless an installation says so.</summary>
public sealed record TelemetrySettings
{
    /// <summary><c>MetricsUrl</c>: a listener of its own for <c>/metrics</c>; null = none. Never the port that residents reach.</summary>
    public Uri? MetricsUrl { get; init; }

    /// <summary><c>OtlpEndpoint</c>: base address of a collector; null = nothing is exported.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary><c>OtlpProtocol</c>: HttpProtobuf or Grpc.</summary>
    public OtlpExportProtocol OtlpProtocol { get; init; } = OtlpExportProtocol.HttpProtobuf;

    /// <summary><c>OtlpHeaders</c>: <c>name=value,name=value</c>; may hold a key, so it is never shown.</summary>
    public string? OtlpHeaders { get; init; }

    /// <summary><c>TraceRatio</c>: the part of webhook bodies that is traced, 0 to 1.</summary>
    public double TraceRatio { get; init; } = 0.05;

    /// <summary>True when calls between grains carry their trace.</summary>
    public bool Traces => OtlpEndpoint is not null && TraceRatio > 0;

    public static TelemetrySettings Read(IConfiguration configuration, ICollection<SettingFault> faults)
    {
        var section = configuration.GetSection("Telemetry");
        var settings = new TelemetrySettings
        {
            MetricsUrl = Address("MetricsUrl"), OtlpEndpoint = Address("OtlpEndpoint"), OtlpProtocol = Protocol(), OtlpHeaders = Headers(), TraceRatio = Ratio(),
        };
        if (settings is { OtlpHeaders: not null, OtlpEndpoint: { Scheme: "http", IsLoopback: false } })
            Fault("OtlpEndpoint", "OtlpHeaders を使うときは https を指定してください（同じ機械の中なら http も使えます）。", "Must be https while OtlpHeaders is set: its values would travel in the clear.");
        return settings;

        Uri? Address(string name)
        {
            if (Text(name) is not { } text) return null;
            if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0) return url;
            Fault(name, "http://127.0.0.1:9464 の形で指定してください。", "Must be an http or https address without a user name.");
            return null;
        }

        OtlpExportProtocol Protocol()
        {
            if (Text("OtlpProtocol") is not { } text) return OtlpExportProtocol.HttpProtobuf;
            if (Enum.TryParse<OtlpExportProtocol>(text, ignoreCase: true, out var protocol) && Enum.IsDefined(protocol)) return protocol;
            Fault("OtlpProtocol", "HttpProtobuf か Grpc を指定してください。", "Must be HttpProtobuf or Grpc.");
            return OtlpExportProtocol.HttpProtobuf;
        }

        string? Headers()
        {
            if (Text("OtlpHeaders") is not { } text) return null;
            if (text.Split(',').All(pair => pair.IndexOf('=', StringComparison.Ordinal) > 0)) return text;
            Fault("OtlpHeaders", "name=value をコンマで区切って指定してください。", "Must be name=value pairs separated by commas.");
            return null;
        }

        double Ratio()
        {
            if (Text("TraceRatio") is not { } text) return new TelemetrySettings().TraceRatio;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var ratio) && ratio is >= 0 and <= 1) return ratio;
            Fault("TraceRatio", "0 から 1 までの数を指定してください。", "Must be a number from 0 to 1.");
            return 0;
        }

        string? Text(string name) => string.IsNullOrWhiteSpace(section[name]) ? null : section[name]!.Trim();

        void Fault(string name, string japanese, string english) => faults.Add(new($"Telemetry__{name}", japanese, english));
    }
}
