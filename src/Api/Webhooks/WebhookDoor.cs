using OrleansGov.Api.Health;
using OrleansGov.Line;

namespace OrleansGov.Api.Webhooks;

/// <summary>What the webhook's door needs.</summary>
public static class WebhookDoor
{
    /// <param name="trouble">Why nothing can be stored at present; null when it can.</param>
    public static IServiceCollection AddWebhook(this IServiceCollection services, LineOptions line, Func<string?> trouble) => services
        .AddSingleton(new DoorChannels(line.Channels))
        .AddSingleton<WebhookDelivery>()
        .AddSingleton<BodyRoom>()
        .AddSingleton(sp => new RedeliveryWatch(line.Channels, sp.GetRequiredService<TimeProvider>(), sp.GetRequiredService<ILogger<RedeliveryWatch>>()))
        .AddHostedService(sp => sp.GetRequiredService<RedeliveryWatch>())
        .AddSingleton(sp => new DoorGuard(trouble, sp.GetRequiredService<IHostApplicationLifetime>(), sp.GetRequiredService<TimeProvider>()))
        .AddHealthChecks().AddCheck<RedeliveryWatch>("redelivery", tags: [HealthEndpoints.Ready]).Services;
}

/// <summary>The channels that have a door, by name.</summary>
public sealed class DoorChannels(IEnumerable<LineChannel> channels)
{
    private readonly ImmutableDictionary<string, LineChannel> _byName = channels.ToImmutableDictionary(c => c.Name, StringComparer.Ordinal);

    public LineChannel? Find(string name) => _byName.GetValueOrDefault(name);
}
