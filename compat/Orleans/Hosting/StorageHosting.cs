using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace Orleans.Providers
{
    /// <summary>Names of providers.</summary>
    public static class ProviderConstants
    {
        /// <summary>The storage of states that name none.</summary>
        public const string DEFAULT_STORAGE_PROVIDER_NAME = "Default";
    }
}

namespace Orleans.Runtime.Hosting
{
    /// <summary>Registers storages.</summary>
    public static class StorageProviderExtensions
    {
        /// <summary>Adds a storage under a name ("Default": also for states that name none); it may take part in the silo's lifecycle.</summary>
        public static IServiceCollection AddGrainStorage<T>(this IServiceCollection collection, string name, Func<IServiceProvider, string, T> implementationFactory)
            where T : IGrainStorage
        {
            collection.AddKeyedSingleton<IGrainStorage>(name, (services, key) => implementationFactory(services, (string)key!));
            if (name == ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)
                collection.TryAddSingleton(services => services.GetRequiredKeyedService<IGrainStorage>(name));
            if (typeof(ILifecycleParticipant<ISiloLifecycle>).IsAssignableFrom(typeof(T)))
                collection.AddSingleton(services => (ILifecycleParticipant<ISiloLifecycle>)services.GetRequiredKeyedService<IGrainStorage>(name));
            return collection;
        }
    }
}

namespace Orleans.Hosting
{
    /// <summary>Memory storage.</summary>
    public static class MemoryGrainStorageSiloBuilderExtensions
    {
        /// <summary>States that name no storage are kept in memory.</summary>
        public static ISiloBuilder AddMemoryGrainStorageAsDefault(this ISiloBuilder builder, Action<MemoryGrainStorageOptions> configureOptions) =>
            builder.AddMemoryGrainStorageAsDefault(options => options.Configure(configureOptions));

        /// <summary>States that name this storage are kept in memory.</summary>
        public static ISiloBuilder AddMemoryGrainStorage(this ISiloBuilder builder, string name, Action<MemoryGrainStorageOptions> configureOptions) =>
            builder.AddMemoryGrainStorage(name, options => options.Configure(configureOptions));

        /// <summary>States that name no storage are kept in memory.</summary>
        public static ISiloBuilder AddMemoryGrainStorageAsDefault(this ISiloBuilder builder, Action<OptionsBuilder<MemoryGrainStorageOptions>>? configureOptions = null) =>
            builder.AddMemoryGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, configureOptions);

        /// <summary>States that name this storage are kept in memory.</summary>
        public static ISiloBuilder AddMemoryGrainStorage(this ISiloBuilder builder, string name, Action<OptionsBuilder<MemoryGrainStorageOptions>>? configureOptions = null)
        {
            configureOptions?.Invoke(builder.Services.AddOptions<MemoryGrainStorageOptions>(name));
            builder.Services.AddGrainStorage(name, (_, _) => new MemoryGrainStorage());
            return builder;
        }
    }
}
