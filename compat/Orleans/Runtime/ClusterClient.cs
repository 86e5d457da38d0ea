using Orleans.Runtime;

namespace Orleans;

/// <summary>The grain factory, inside grains and outside.</summary>
internal sealed class ClusterClient(GrainRuntime runtime, IServiceProvider services) : IClusterClient
{
    public IServiceProvider ServiceProvider => services;

    internal GrainRuntime Runtime => runtime;

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null) where TGrainInterface : IGrainWithGuidKey =>
        (TGrainInterface)(object)runtime.References.Create(typeof(TGrainInterface), GrainIdKeyExtensions.CreateGuidKey(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null) where TGrainInterface : IGrainWithIntegerKey =>
        (TGrainInterface)(object)runtime.References.Create(typeof(TGrainInterface), GrainIdKeyExtensions.CreateIntegerKey(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null) where TGrainInterface : IGrainWithStringKey =>
        (TGrainInterface)(object)runtime.References.Create(typeof(TGrainInterface), TextKey(primaryKey), grainClassNamePrefix);

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey) =>
        (IGrain)(object)runtime.References.Create(grainInterfaceType, GrainIdKeyExtensions.CreateGuidKey(grainPrimaryKey));

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey) =>
        (IGrain)(object)runtime.References.Create(grainInterfaceType, GrainIdKeyExtensions.CreateIntegerKey(grainPrimaryKey));

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) =>
        (IGrain)(object)runtime.References.Create(grainInterfaceType, TextKey(grainPrimaryKey));

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId) where TGrainInterface : IAddressable =>
        (TGrainInterface)(object)runtime.References.Create(typeof(TGrainInterface), grainId);

    public IAddressable GetGrain(GrainId grainId) => runtime.References.Create(typeof(IAddressable), grainId);

    private static IdSpan TextKey(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return IdSpan.Create(key);
    }
}
