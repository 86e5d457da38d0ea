using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;

namespace Orleans.Runtime;

/// <summary>What is known of a grain class beforehand: how to make one, how it runs, when it is collected.</summary>
internal sealed class GrainClass
{
    private readonly Func<Activation, object> create;

    internal GrainClass(Type type, GrainType grainType, GrainRuntime runtime)
    {
        (Type, GrainType) = (type, grainType);
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), true);
        MaxWorkers = type.GetCustomAttribute<StatelessWorkerAttribute>(true)?.MaxLocalWorkers;
        HasOnActivate = Overrides(nameof(IGrainBase.OnActivateAsync));
        HasOnDeactivate = Overrides(nameof(IGrainBase.OnDeactivateAsync));
        CollectionAge = AgeOf(type, runtime);
        create = Compile(type, runtime);
    }

    internal Type Type { get; }

    internal GrainType GrainType { get; }

    internal bool IsReentrant { get; }

    /// <summary>How many activations may share one identity; null: one.</summary>
    internal int? MaxWorkers { get; }

    internal bool HasOnActivate { get; }

    internal bool HasOnDeactivate { get; }

    /// <summary>Null: never collected.</summary>
    internal TimeSpan? CollectionAge { get; }

    /// <exception cref="InvalidOperationException">The constructor failed; why is inside.</exception>
    internal object Create(Activation activation)
    {
        try
        {
            return create(activation);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Failed to create an instance of grain type '{Type}'. See InnerException for details.", exception);
        }
    }

    /// <summary>The class's name in grain ids: [GrainType], else the class name in lower case without "Grain".</summary>
    internal static GrainType NameOf(Type type)
    {
        if (type.GetCustomAttribute<GrainTypeAttribute>() is { } named)
            return GrainType.Create(named.Name);
        var name = type.Name.ToLowerInvariant();
        if (name.Length > 5 && name.EndsWith("grain", StringComparison.Ordinal))
            name = name[..^5];
        return GrainType.Create(name);
    }

    private static TimeSpan? AgeOf(Type type, GrainRuntime runtime)
    {
        if (type.IsDefined(typeof(KeepAliveAttribute), true) || type.GetCustomAttribute<CollectionAgeLimitAttribute>() is { AlwaysActive: true })
            return null;
        return type.GetCustomAttribute<CollectionAgeLimitAttribute>()?.AgeLimit
            ?? (runtime.Collection.ClassSpecificCollectionAge.TryGetValue(type.FullName!, out var age) ? age : runtime.Collection.CollectionAge);
    }

    private bool Overrides(string method)
    {
        var map = Type.GetInterfaceMap(typeof(IGrainBase));
        var index = Array.FindIndex(map.InterfaceMethods, candidate => candidate.Name == method);
        return map.TargetMethods[index].DeclaringType is { } declaring && declaring != typeof(Grain) && declaring != typeof(IGrainBase);
    }

    // One delegate per class: singletons are fetched once, scoped and transient services from the activation's scope, states by name.
    private static Func<Activation, object> Compile(Type type, GrainRuntime runtime)
    {
        var constructors = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        var constructor = constructors.FirstOrDefault(candidate => candidate.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute), true))
            ?? constructors.Where(candidate => candidate.IsPublic).DefaultIfEmpty(constructors[0]).MaxBy(candidate => candidate.GetParameters().Length)!;
        var activation = Expression.Parameter(typeof(Activation));
        var arguments = constructor.GetParameters().Select(parameter => Argument(parameter, activation, runtime));
        return Expression.Lambda<Func<Activation, object>>(Expression.New(constructor, arguments), activation).Compile();
    }

    private static Expression Argument(ParameterInfo parameter, ParameterExpression activation, GrainRuntime runtime)
    {
        var type = parameter.ParameterType;
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state)
        {
            if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
                throw new ArgumentException($"Parameter '{parameter.Name}' of {parameter.Member.DeclaringType} has [PersistentState] and must be an IPersistentState<T>, not {type}.");
            var create = typeof(PersistentState<>).MakeGenericType(type.GetGenericArguments())
                .GetMethod(nameof(PersistentState<int>.Create), BindingFlags.Static | BindingFlags.NonPublic)!;
            return Expression.Call(create, activation, Expression.Constant(state.StateName is "" ? parameter.Name! : state.StateName), Expression.Constant(state.StorageName, typeof(string)));
        }

        if (type == typeof(IGrainContext))
            return Expression.Convert(activation, type);
        object? key = parameter.GetCustomAttribute<FromKeyedServicesAttribute>()?.Key;
        if (runtime.IsSingleton(type, key))
        {
            var resolve = new Lazy<object>(() => Resolve(runtime.Services, type, key, parameter));
            return Expression.Convert(Expression.Property(Expression.Constant(resolve), nameof(Lazy<object>.Value)), type);
        }

        Func<Activation, object> scoped = owner => Resolve(owner.ActivationServices, type, key, parameter);
        return Expression.Convert(Expression.Invoke(Expression.Constant(scoped), activation), type);
    }

    private static object Resolve(IServiceProvider services, Type type, object? key, ParameterInfo parameter)
    {
        var service = key is null ? services.GetService(type) : services.GetKeyedServices(type, key).LastOrDefault();
        return service ?? (parameter.HasDefaultValue
            ? parameter.DefaultValue!
            : throw new InvalidOperationException($"Unable to resolve service for type '{type}' while attempting to activate '{parameter.Member.DeclaringType}'."));
    }
}
