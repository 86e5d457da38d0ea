using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Runtime.ReminderService;
using Orleans.Timers;

namespace Orleans.Hosting;

/// <summary>How reminders work.</summary>
public sealed class ReminderOptions
{
    /// <summary>Shorter periods are refused; one minute.</summary>
    public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often to look for reminders others have put into the table; five minutes.</summary>
    public TimeSpan RefreshReminderListPeriod { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Accepted, without effect in compat.</summary>
    public TimeSpan InitializationTimeout { get; set; } = TimeSpan.FromMinutes(5);
}

/// <summary>The reminder service.</summary>
public static partial class SiloBuilderReminderExtensions
{
    /// <summary>Reminders from whatever <see cref="IReminderTable"/> is registered.</summary>
    public static ISiloBuilder AddReminders(this ISiloBuilder builder) => builder.ConfigureServices(services => services.AddReminders());

    /// <summary>Reminders from whatever <see cref="IReminderTable"/> is registered.</summary>
    public static void AddReminders(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(LocalReminderService)))
            return;
        services.AddSingleton<LocalReminderService>();
        services.AddSingleton<IReminderRegistry>(provider => provider.GetRequiredService<LocalReminderService>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<LocalReminderService>());
    }
}

/// <summary>Reminders in memory.</summary>
public static class SiloBuilderReminderMemoryExtensions
{
    /// <summary>Reminders that live as long as the process.</summary>
    public static ISiloBuilder UseInMemoryReminderService(this ISiloBuilder builder)
    {
        builder.AddReminders();
        builder.Services.AddSingleton<IReminderTable, InMemoryReminderTable>();
        return builder;
    }
}
