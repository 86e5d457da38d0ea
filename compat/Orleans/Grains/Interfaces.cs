namespace Orleans.Runtime
{
    /// <summary>Anything that can be called from afar.</summary>
    public interface IAddressable;
}

namespace Orleans
{
    using Orleans.Runtime;

    /// <summary>A grain's contract: methods return <see cref="Task"/> or <see cref="ValueTask"/>.</summary>
    public interface IGrain : IAddressable;

    /// <summary>A contract whose grains have GUIDs as keys.</summary>
    public interface IGrainWithGuidKey : IGrain;

    /// <summary>A contract whose grains have integers as keys.</summary>
    public interface IGrainWithIntegerKey : IGrain;

    /// <summary>A contract whose grains have text as keys.</summary>
    public interface IGrainWithStringKey : IGrain;

    /// <summary>What the runtime needs of a grain class.</summary>
    public interface IGrainBase
    {
        /// <summary>The activation.</summary>
        IGrainContext GrainContext { get; }

        /// <summary>Runs before the first call; throwing fails the call and drops the activation.</summary>
        Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

        /// <summary>Runs after the last call.</summary>
        Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
    }

    /// <summary>Hands out references to grains; a reference costs nothing and activates nobody.</summary>
    public interface IGrainFactory
    {
        /// <summary>The grain with a GUID key.</summary>
        TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null) where TGrainInterface : IGrainWithGuidKey;

        /// <summary>The grain with an integer key.</summary>
        TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null) where TGrainInterface : IGrainWithIntegerKey;

        /// <summary>The grain with a text key.</summary>
        TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null) where TGrainInterface : IGrainWithStringKey;

        /// <summary>The grain with a GUID key.</summary>
        IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey);

        /// <summary>The grain with an integer key.</summary>
        IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey);

        /// <summary>The grain with a text key.</summary>
        IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey);

        /// <summary>The grain with this identity, seen through an interface.</summary>
        TGrainInterface GetGrain<TGrainInterface>(GrainId grainId) where TGrainInterface : IAddressable;

        /// <summary>The grain with this identity, to be <see cref="GrainExtensions.AsReference{T}"/> later.</summary>
        IAddressable GetGrain(GrainId grainId);
    }

    /// <summary>The grain factory as seen from outside grains.</summary>
    public interface IClusterClient : IGrainFactory
    {
        /// <summary>The services of the client's host.</summary>
        IServiceProvider ServiceProvider { get; }
    }
}
