using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>Makes references: which class an interface means, which proxy speaks for it.</summary>
internal sealed class GrainReferences(GrainRuntime runtime)
{
    private readonly ConcurrentDictionary<(Type Interface, GrainType Type), ReferenceShape> shapes = new();
    private readonly ConcurrentDictionary<Type, Func<IdSpan, GrainReference>> byInterface = new();

    /// <summary>A reference to the grain of the only (or default) class that implements the interface.</summary>
    internal GrainReference Create(Type interfaceType, IdSpan key, string? classNamePrefix = null) =>
        classNamePrefix is null
            ? byInterface.GetOrAdd(interfaceType, Factory)(key)
            : Create(interfaceType, new GrainId(runtime.Classes.TypeOf(interfaceType, classNamePrefix), key));

    /// <summary>A reference to a known grain, seen through an interface.</summary>
    internal GrainReference Create(Type interfaceType, GrainId grainId) =>
        ProxyBuilder.ConstructorOf(interfaceType)(SharedOf(interfaceType, grainId.Type), grainId.Key);

    internal ReferenceShape SharedOf(Type interfaceType, GrainType type) =>
        shapes.GetOrAdd((interfaceType, type), key => new ReferenceShape(runtime, key.Type, key.Interface));

    private Func<IdSpan, GrainReference> Factory(Type interfaceType)
    {
        var create = ProxyBuilder.ConstructorOf(interfaceType);
        var shape = SharedOf(interfaceType, runtime.Classes.TypeOf(interfaceType, null));
        return key => create(shape, key);
    }
}
