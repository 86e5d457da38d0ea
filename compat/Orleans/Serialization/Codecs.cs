using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using Orleans.Runtime;

namespace Orleans.Serialization;

/// <summary>Which codec a type has.</summary>
internal static partial class Codecs
{
    /// <summary>Types whose values are passed as they are.</summary>
    private static readonly HashSet<Type> Atoms =
    [
        typeof(string), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
        typeof(Guid), typeof(Uri), typeof(Version), typeof(CultureInfo), typeof(CancellationToken), typeof(System.Numerics.BigInteger),
        typeof(Half), typeof(Int128), typeof(UInt128), typeof(System.Net.IPAddress), typeof(GrainId), typeof(GrainType), typeof(IdSpan),
        typeof(TickStatus),
    ];

    /// <summary>Generic types whose values are passed as they are when their arguments are.</summary>
    private static readonly HashSet<Type> Wrappers =
    [
        typeof(Nullable<>), typeof(KeyValuePair<,>),
        typeof(Tuple<>), typeof(Tuple<,>), typeof(Tuple<,,>), typeof(Tuple<,,,>), typeof(Tuple<,,,,>), typeof(Tuple<,,,,,>), typeof(Tuple<,,,,,,>),
        typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>), typeof(ValueTuple<,,,,>), typeof(ValueTuple<,,,,,>), typeof(ValueTuple<,,,,,,>),
        typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableDictionary<,>), typeof(ImmutableSortedDictionary<,>),
        typeof(ImmutableHashSet<>), typeof(ImmutableSortedSet<>), typeof(ImmutableQueue<>), typeof(ImmutableStack<>),
    ];

    /// <summary>Whether every value of the declared type may be shared between caller and grain.</summary>
    internal static bool IsImmutable(Type type)
    {
        if (type.IsPrimitive || type.IsEnum || Atoms.Contains(type))
            return true;
        if (type.IsSealed && type.IsDefined(typeof(ImmutableAttribute), false))
            return true;
        return type.IsConstructedGenericType && Wrappers.Contains(type.GetGenericTypeDefinition()) && type.GetGenericArguments().All(IsImmutable);
    }

    /// <summary>Whether values declared as this type may travel; of an interface or an abstract type that shows only when a value does.</summary>
    internal static bool Knows(Type type)
    {
        if (type.IsInterface || type.IsAbstract || type == typeof(object))
            return true;
        if (type.IsArray)
            return Knows(type.GetElementType()!);
        if (type.IsConstructedGenericType && (Collections.ContainsKey(type.GetGenericTypeDefinition()) || Wrappers.Contains(type.GetGenericTypeDefinition())))
            return type.GetGenericArguments().All(Knows);
        return Primitives.ContainsKey(type) || type.IsEnum || Members.Of(type) is not null;
    }

    internal static object Build(Type type)
    {
        if (type.IsInterface && typeof(IAddressable).IsAssignableFrom(type))
            return Make(typeof(GrainCodec<>), type);
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Make(typeof(NullableCodec<>), underlying);
        return Make(type.IsValueType ? typeof(ValueCodec<>) : typeof(ReferenceCodec<>), type);
    }

    internal static Exact BuildExact(Type type)
    {
        if (type.IsDefined(typeof(ImmutableAttribute), false) && Inner(type) is { } inner)
            return (Exact)Make(typeof(SharedExact<>), [type], inner);
        return Inner(type) ?? throw NotFound(type);
    }

    internal static CodecNotFoundException NotFound(Type type) => new(
        $"Could not find a codec for type {type}. Values of it cannot cross a grain call or be stored: mark the type (and its base types) with [GenerateSerializer] and every member that travels with [Id(n)], "
        + "or use a type that has a codec (for a collection expression: give it a type such as List<T>, T[] or ImmutableArray<T>).");

    private static Exact? Inner(Type type)
    {
        if (Primitives.TryGetValue(type, out var primitive))
            return primitive;
        if (type.IsEnum)
            return (Exact)Make(typeof(EnumExact<>), type);
        if (type is { IsArray: true, IsSZArray: true })
            return (Exact)Make(typeof(ArrayExact<>), type.GetElementType()!);
        if (typeof(GrainReference).IsAssignableFrom(type))
            return (Exact)Make(typeof(GrainReferenceExact<>), type);
        if (type.IsConstructedGenericType)
        {
            var definition = type.GetGenericTypeDefinition();
            if (Collections.TryGetValue(definition, out var factory))
                return (Exact)typeof(Codecs).GetMethod(factory, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type.GetGenericArguments()).Invoke(null, null)!;
            if (Wrappers.Contains(definition))
                return (Exact)Make(typeof(ObjectExact<>), [type], [type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)]);
        }

        return Members.Of(type) is { } members ? (Exact)Make(typeof(ObjectExact<>), [type], [members]) : null;
    }

    private static object Make(Type generic, Type argument) => Make(generic, [argument]);

    private static object Make(Type generic, Type[] arguments, params object[] values)
    {
        try
        {
            return Activator.CreateInstance(
                generic.MakeGenericType(arguments), BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, null, values, null)!;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception.InnerException);
            throw;
        }
    }
}
