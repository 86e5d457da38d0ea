using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Orleans.Hosting
{
    /// <summary>Configures the silo of this process.</summary>
    public interface ISiloBuilder
    {
        /// <summary>The host's services.</summary>
        IServiceCollection Services { get; }

        /// <summary>The host's configuration.</summary>
        IConfiguration Configuration { get; }
    }

    /// <summary>Configures a client; in compat the client of the silo in the same process.</summary>
    public interface IClientBuilder
    {
        /// <summary>The host's services.</summary>
        IServiceCollection Services { get; }

        /// <summary>The host's configuration.</summary>
        IConfiguration Configuration { get; }
    }

    internal sealed class ClientBuilder(IServiceCollection services, IConfiguration configuration) : IClientBuilder
    {
        public IServiceCollection Services => services;

        public IConfiguration Configuration => configuration;
    }

    internal sealed class SiloBuilder : ISiloBuilder
    {
        internal SiloBuilder(IServiceCollection services, IConfiguration configuration)
        {
            (Services, Configuration) = (services, configuration);
            services.AddLogging();
            services.AddOptions();
            services.AddSerializer();
            services.TryAddSingleton(TimeProvider.System);
            // An area without a clock of its own uses the plain one.
            services.TryAddKeyedSingleton(KeyedService.AnyKey, (provider, _) => provider.GetRequiredService<TimeProvider>());
            services.AddSingleton(new SiloServices(services));
            services.AddSingleton<GrainRuntime>();
            services.AddSingleton<ISiloStatusOracle, OnlySilo>();
            services.AddSingleton(provider => new ClusterClient(provider.GetRequiredService<GrainRuntime>(), provider));
            services.AddSingleton<IClusterClient>(provider => provider.GetRequiredService<ClusterClient>());
            services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<ClusterClient>());
            services.AddSingleton<IGrainContextAccessor, GrainContextAccessor>();
            services.AddHostedService<SiloHostedService>();
        }

        public IServiceCollection Services { get; }

        public IConfiguration Configuration { get; }
    }

    /// <summary>General parts of the silo's configuration.</summary>
    public static class SiloBuilderExtensions
    {
        /// <summary>Adds services.</summary>
        public static ISiloBuilder ConfigureServices(this ISiloBuilder builder, Action<IServiceCollection> configureDelegate)
        {
            ArgumentNullException.ThrowIfNull(configureDelegate);
            configureDelegate(builder.Services);
            return builder;
        }

        /// <summary>Sets options.</summary>
        public static ISiloBuilder Configure<TOptions>(this ISiloBuilder builder, Action<TOptions> configureOptions) where TOptions : class =>
            builder.ConfigureServices(services => services.Configure(configureOptions));

        /// <summary>Sets options from configuration.</summary>
        public static ISiloBuilder Configure<TOptions>(this ISiloBuilder builder, IConfiguration configuration) where TOptions : class =>
            builder.ConfigureServices(services => services.AddOptions<TOptions>().Bind(configuration));

        /// <summary>Sets up logging.</summary>
        public static ISiloBuilder ConfigureLogging(this ISiloBuilder builder, Action<ILoggingBuilder> configureLogging) =>
            builder.ConfigureServices(services => services.AddLogging(configureLogging));
    }

    /// <summary>General parts of a client's configuration.</summary>
    public static class ClientBuilderExtensions
    {
        /// <summary>Adds services.</summary>
        public static IClientBuilder ConfigureServices(this IClientBuilder builder, Action<IServiceCollection> configureDelegate)
        {
            ArgumentNullException.ThrowIfNull(configureDelegate);
            configureDelegate(builder.Services);
            return builder;
        }

        /// <summary>Sets options.</summary>
        public static IClientBuilder Configure<TOptions>(this IClientBuilder builder, Action<TOptions> configureOptions) where TOptions : class =>
            builder.ConfigureServices(services => services.Configure(configureOptions));

        /// <summary>Accepted: the in-process client is connected when its silo is.</summary>
        public static IClientBuilder UseConnectionRetryFilter(this IClientBuilder builder, Func<Exception, CancellationToken, Task<bool>> connectionRetryFilter) => builder;

        /// <summary>Accepted: the in-process client calls within the silo's own activities.</summary>
        public static IClientBuilder AddActivityPropagation(this IClientBuilder builder) => builder;
    }
}

namespace Orleans.Runtime
{
    /// <summary>What was registered, so that the constructor of a grain class need not ask a scope for what is single anyway.</summary>
    internal sealed class SiloServices(IServiceCollection services)
    {
        internal bool IsSingleton(Type type, object? key)
        {
            var definition = type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : null;
            var found = services.LastOrDefault(descriptor =>
                (descriptor.ServiceType == type || descriptor.ServiceType == definition)
                && (key is null ? !descriptor.IsKeyedService : descriptor.IsKeyedService && Equals(descriptor.ServiceKey, key)));
            return found?.Lifetime == ServiceLifetime.Singleton;
        }
    }
}
