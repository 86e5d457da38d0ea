using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using OrleansGov.Api.Settings;

namespace OrleansGov.Api.Telemetry;

/// <summary>
/// Listens to the instruments of this process from its start to its end, and exports to a collector what the installation asks for. The instruments
/// stand where the work is done (OrleansGov.Webhook, .Grains, .Line, .Storage, .Records); nobody but this class knows OpenTelemetry's SDK.
/// </summary>
public sealed class OfficeTelemetry : IHostedService, IDisposable
{
    private static readonly string[] Meters =
        ["OrleansGov.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "Microsoft.Orleans", "Npgsql"];

    // Orleans takes every namespace that begins with its own name for its runtime, ours among them.
    private static readonly string[] Sources = ["OrleansGov.*", "Microsoft.AspNetCore", "Microsoft.Orleans.Application", "Microsoft.Orleans.Runtime"];

    // As many series as towns × procedures × questions, which configuration decides; everything else is a handful.
    private static readonly MetricStreamConfiguration PerQuestion = new() { CardinalityLimit = 10_000 };
    private static readonly MetricStreamConfiguration PerChannel = new() { CardinalityLimit = 500 };

    private readonly MeterProvider _meters;
    private readonly TracerProvider? _traces;

    /// <param name="office">Made here, so that its instruments exist from the start.</param>
    public OfficeTelemetry(TelemetrySettings settings, FiguresReader reader, IMeterFactory factory, OfficeMeter office)
    {
        ArgumentNullException.ThrowIfNull(office);
        var meters = Sdk.CreateMeterProviderBuilder().ConfigureResource(resource => Describe(resource)).AddMeter(Meters).AddReader(reader)
            // Another office in the same process (tests) has a factory of its own.
            .AddView(instrument => instrument.Meter.Scope is { } scope && scope != factory ? MetricStreamConfiguration.Drop
                : instrument.Name.StartsWith("orleansgov.procedure.", StringComparison.Ordinal) ? PerQuestion : PerChannel);
        if (settings.OtlpEndpoint is not null)
        {
            meters.AddOtlpExporter(options => Address(options, settings, "metrics"));
            _traces = Sdk.CreateTracerProviderBuilder().ConfigureResource(resource => Describe(resource)).AddSource(Sources)
                .SetSampler(SamplerOf(settings.TraceRatio))
                .AddProcessor(new SpansWithoutPeople())
                .AddOtlpExporter(options => Address(options, settings, "traces"))
                .Build();
        }

        _meters = meters.Build();
    }

    /// <summary>Who is speaking.</summary>
    public static ResourceBuilder Describe(ResourceBuilder resource) => resource.AddService("orleansgov", serviceVersion: OfficeVersion.Text, serviceInstanceId: Environment.MachineName);

    /// <summary>One signal's way to the collector. Over HTTP each signal has a path of its own below the endpoint.</summary>
    public static void Address(OtlpExporterOptions options, TelemetrySettings settings, string signal)
    {
        options.Protocol = settings.OtlpProtocol;
        options.Endpoint = settings.OtlpProtocol == OtlpExportProtocol.Grpc ? settings.OtlpEndpoint! : new Uri($"{settings.OtlpEndpoint!.ToString().TrimEnd('/')}/v1/{signal}");
        options.Headers = settings.OtlpHeaders;
        options.TimeoutMilliseconds = 3000; // a collector that is away must not hold up a stop
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask; // listening since it was made

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _traces?.Dispose();
        _meters.Dispose();
    }

    private static ParentBasedSampler SamplerOf(double ratio)
    {
        var part = new TraceIdRatioBasedSampler(ratio);
        return new(new CallsFromOutside(part), remoteParentSampled: part, remoteParentNotSampled: new AlwaysOffSampler());
    }

    /// <summary>
    /// A trace begins where somebody calls the office; what silos say among themselves begins none. A stranger's header cannot have more traced than the
    /// installation wants: the part is taken again.
    /// </summary>
    private sealed class CallsFromOutside(Sampler part) : Sampler
    {
        private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn"; // the framework's name, stable since .NET Core 1

        public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
            samplingParameters.Name == Request ? part.ShouldSample(samplingParameters) : new(SamplingDecision.Drop);
    }
}
