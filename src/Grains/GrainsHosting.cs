using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansGov.Gateways;
using OrleansGov.Grains.Photos;
using OrleansGov.Line;

namespace OrleansGov.Grains;

/// <summary>What the grains of a silo need beside Orleans. The caller registers <see cref="RecordsStore"/>.</summary>
public static class GrainsHosting
{
    public static IServiceCollection AddOrleansGovGrains(this IServiceCollection services, TownRegister towns, PackInstallation packs, LineOptions line, Uri? publicBaseUrl, ContentStore contents)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(towns);
        services.AddSingleton(packs);
        services.AddSingleton(contents);
        services.AddSingleton(line);
        services.AddSingleton(s => new HttpClient(MessagingClient.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan }); // the client has time-outs of its own
        services.AddSingleton(s => new ChannelTokens(s.GetRequiredService<HttpClient>(), line, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new SendBudget(s.GetRequiredService<TimeProvider>(), nodes: s.GetService<LiveNodes>() is { } live ? () => live.Count : null));
        services.AddSingleton<MessagingClient>();
        services.AddSingleton(new RenderContext(publicBaseUrl));
        services.AddSingleton<LineDoor>();
        services.AddSingleton<PhotoFetcher>();
        services.AddSingleton<OfficeShelf>();
        services.TryAddSingleton(ResidentLimits.None);
        services.AddSingleton<ResidentServices>();
        services.TryAddSingleton(new BroadcastOptions());
        services.AddSingleton<BroadcastServices>();
        services.TryAddSingleton(_ => new HookCaller());
        services.AddHostedService<PackInstaller>();
        services.AddHostedService<HookFollower>();
        services.TryAddSingleton(new HousekeepingOptions());
        services.AddHostedService<Housekeeper>();
        return services;
    }
}
