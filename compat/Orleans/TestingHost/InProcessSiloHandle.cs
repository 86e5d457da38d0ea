using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A silo under test.</summary>
public abstract class SiloHandle : IDisposable, IAsyncDisposable
{
    /// <summary>Counts from 0.</summary>
    public short InstanceNumber { get; set; }

    /// <summary>Its name.</summary>
    public string Name { get; set; } = null!;

    /// <summary>Whether it has not been stopped.</summary>
    public abstract bool IsActive { get; }

    /// <summary>Stops it, draining or not.</summary>
    public abstract Task StopSiloAsync(bool stopGracefully);

    /// <summary>Stops it, draining until cancelled.</summary>
    public abstract Task StopSiloAsync(CancellationToken ct);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>Stops it if need be.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && IsActive)
            StopSiloAsync(true).GetAwaiter().GetResult();
    }
}

/// <summary>A silo in this process.</summary>
public class InProcessSiloHandle : SiloHandle
{
    private bool isActive = true;

    /// <summary>Its host.</summary>
    public IHost SiloHost { get; init; } = null!;

    /// <summary>Its services.</summary>
    public IServiceProvider ServiceProvider => SiloHost.Services;

    /// <inheritdoc/>
    public override bool IsActive => isActive;

    /// <inheritdoc/>
    public override Task StopSiloAsync(bool stopGracefully) => StopSiloAsync(new CancellationToken(canceled: !stopGracefully));

    /// <inheritdoc/>
    public override async Task StopSiloAsync(CancellationToken ct)
    {
        if (!isActive)
            return;
        isActive = false;
        await Task.Run(() => SiloHost.StopAsync(ct), CancellationToken.None);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await StopSiloAsync(true);
        switch (SiloHost)
        {
            case IAsyncDisposable host:
                await host.DisposeAsync();
                break;
            default:
                SiloHost.Dispose();
                break;
        }

        GC.SuppressFinalize(this);
    }
}

/// <summary>Clocks of tests.</summary>
public static class TimeProviderTestingExtensions
{
    /// <summary>The runtime's own work uses this clock; grain timers go on with the plain one.</summary>
    public static IServiceCollection UseTimeProviderForBackgroundAreas(this IServiceCollection services, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(timeProvider);
        services.AddKeyedSingleton(KeyedService.AnyKey, (_, _) => timeProvider);
        services.AddKeyedSingleton(TimeProviderNames.Grains, static (provider, _) => provider.GetRequiredService<TimeProvider>());
        return services;
    }
}
