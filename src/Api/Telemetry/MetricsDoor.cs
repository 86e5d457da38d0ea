using OrleansGov.Api.Settings;

namespace OrleansGov.Api.Telemetry;

/// <summary>
/// <c>/metrics</c> on a listener of its own (docs/decisions/0010): what the office does is nobody's business in the open, and a reverse proxy that
/// forwards everything must not be able to reach it.
/// </summary>
public sealed partial class MetricsDoor(TelemetrySettings settings, FiguresReader reader, ILogger<MetricsDoor> logger) : IHostedService, IAsyncDisposable
{
    private WebApplication? _door;

    /// <summary>Where it listens; null when it is not asked for.</summary>
    public Uri? Url => _door?.Urls.Select(url => new Uri(url)).FirstOrDefault();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.MetricsUrl is not { } url) return;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls(url.GetLeftPart(UriPartial.Authority));
        _door = builder.Build();
        _door.Run(async http =>
        {
            if (!HttpMethods.IsGet(http.Request.Method) || http.Request.Path != "/metrics")
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            http.Response.ContentType = PrometheusText.ContentType;
            await http.Response.WriteAsync(PrometheusText.Write(reader.Look()), http.RequestAborted);
        });
        await _door.StartAsync(cancellationToken);
        if (!url.IsLoopback) LogOpen(url.Host);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_door is not null) await _door.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_door is not null) await _door.DisposeAsync();
    }

    [LoggerMessage(LogLevel.Warning, "Telemetry__MetricsUrl listens on {Host}: /metrics answers whoever reaches that port; keep it inside your own network")]
    private partial void LogOpen(string host);
}
