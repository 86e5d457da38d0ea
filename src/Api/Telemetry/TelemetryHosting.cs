using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;
using Orleans.Hosting;
using OrleansGov.Api.Settings;

namespace OrleansGov.Api.Telemetry;

/// <summary>What makes a process observable; the first thing it starts and the last it stops.</summary>
public static class TelemetryHosting
{
    /// <param name="hasGrains">False in a front end, which is a client of the silos.</param>
    public static void AddTelemetry(this WebApplicationBuilder builder, TelemetrySettings settings, bool hasGrains)
    {
        builder.Services
            .AddSingleton(settings)
            .AddSingleton<FiguresReader>()
            .AddSingleton<OfficeMeter>()
            .AddSingleton<OfficeTelemetry>().AddHostedService(services => services.GetRequiredService<OfficeTelemetry>())
            .AddSingleton<RecentFigures>().AddHostedService(services => services.GetRequiredService<RecentFigures>())
            .AddSingleton<MetricsDoor>().AddHostedService(services => services.GetRequiredService<MetricsDoor>());
        builder.Logging.AddConsoleFormatter<OfficeConsole, ConsoleFormatterOptions>();
        builder.Services.PostConfigure<ConsoleLoggerOptions>(console => console.FormatterName ??= OfficeConsole.FormatterName);
        builder.Logging.AddFilter("Polly", LogLevel.Warning); // a line per grain placement otherwise
        if (settings.Traces && hasGrains) builder.UseOrleans(silo => silo.AddActivityPropagation());
        else if (settings.Traces) builder.UseOrleansClient(client => client.AddActivityPropagation());
        if (settings.OtlpEndpoint is not null)
            builder.Logging.AddOpenTelemetry(logs =>
            {
                logs.IncludeFormattedMessage = true;
                logs.IncludeScopes = false; // a scope of the framework holds the path, and a form's path is a key
                logs.SetResourceBuilder(OfficeTelemetry.Describe(ResourceBuilder.CreateDefault()));
                logs.AddOtlpExporter(options => OfficeTelemetry.Address(options, settings, "logs"));
            });
    }
}
