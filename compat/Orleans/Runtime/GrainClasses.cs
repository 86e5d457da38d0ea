using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Orleans.Metadata;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>
/// The grain classes of the application: every concrete grain class in an assembly that refers to this one, loaded already or lying
/// beside the application (the compiler drops references nobody uses, so references alone would not find all).
/// </summary>
internal sealed class GrainClasses
{
    private readonly GrainRuntime runtime;
    private readonly Dictionary<GrainType, Type> types = [];
    private readonly ConcurrentDictionary<GrainType, GrainClass> classes = new();

    internal GrainClasses(GrainRuntime runtime)
    {
        this.runtime = runtime;
        foreach (var type in ApplicationTypes().Where(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && typeof(IGrainBase).IsAssignableFrom(type)))
        {
            var name = GrainClass.NameOf(type);
            if (!types.TryAdd(name, type) && types[name] != type)
                throw new OrleansConfigurationException($"{types[name]} and {type} are both called '{name}' in grain ids: give one of them [GrainType(\"...\")].");
        }
    }

    internal GrainClass Of(GrainType type) => classes.GetOrAdd(type, name =>
        types.TryGetValue(name, out var found)
            ? new GrainClass(found, name, runtime)
            : throw new ArgumentException($"Could not find an implementation for grain type {name}"));

    /// <summary>The class an interface means: its default, the only one, or the one whose name begins with the prefix.</summary>
    /// <exception cref="ArgumentException">None, or several.</exception>
    internal GrainType TypeOf(Type interfaceType, string? classNamePrefix)
    {
        if (classNamePrefix is null && interfaceType.GetCustomAttribute<DefaultGrainTypeAttribute>() is { } chosen)
            return GrainType.Create(chosen.Name);
        var found = types.Where(pair => interfaceType.IsAssignableFrom(pair.Value)
            && (classNamePrefix is null || pair.Value.FullName!.StartsWith(classNamePrefix, StringComparison.Ordinal))).ToList();
        if (found.Count > 1 && found.FindAll(pair => pair.Value.Name == interfaceType.Name[1..]) is [var byName])
            found = [byName]; // IFoo means Foo, as in Orleans
        return found switch
        {
            [var only] => only.Key,
            [] => throw new ArgumentException($"Could not find an implementation for interface {interfaceType}"),
            _ => throw new ArgumentException($"Unable to identify a single appropriate grain type for interface {interfaceType}. Candidates: {string.Join(", ", found.Select(pair => pair.Key))}"),
        };
    }

    /// <summary>Types in the signatures of grain interfaces that may not travel, with the methods that want them.</summary>
    internal IEnumerable<string> Untravelled() =>
        from contract in types.Values.SelectMany(type => type.GetInterfaces()).Where(type => typeof(IAddressable).IsAssignableFrom(type)).Distinct()
        from method in contract.GetMethods()
        from type in method.GetParameters().Select(parameter => parameter.ParameterType).Concat(method.ReturnType.GetGenericArguments())
        where !Codecs.Knows(type)
        select $"Type: {type} has no serializer or copier and is used by {contract}.{method.Name}";

    private static IEnumerable<Type> ApplicationTypes()
    {
        var compat = typeof(GrainClasses).Assembly.GetName().Name!;
        var loaded = AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic).ToList();
        var names = loaded.Select(assembly => assembly.GetName().Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var beside = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator)
            .Where(path => path.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal) && names.Add(Path.GetFileNameWithoutExtension(path)) && RefersTo(path, compat))
            .Select(path => Assembly.Load(AssemblyName.GetAssemblyName(path)));
        return loaded.Where(assembly => assembly.GetReferencedAssemblies().Any(reference => reference.Name == compat)).Concat(beside).SelectMany(assembly => assembly.GetTypes());
    }

    private static bool RefersTo(string path, string name)
    {
        using var stream = File.OpenRead(path);
        using var image = new PEReader(stream);
        if (!image.HasMetadata)
            return false;
        var metadata = image.GetMetadataReader();
        return metadata.AssemblyReferences.Any(handle => metadata.StringComparer.Equals(metadata.GetAssemblyReference(handle).Name, name));
    }
}
