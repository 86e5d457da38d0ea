using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansGov.Grains.Tests.Codecs;

/// <summary>Builds values of any contract or state type: every member filled, every case of a union once, different at every call.</summary>
internal sealed class Samples
{
    private int _next;

    /// <summary>One value for each case of the type; a type without cases has one.</summary>
    public static IEnumerable<object> Of(Type type) => Cases(type).Select(c => new Samples().Make(c, 0)!);

    public static IEnumerable<Type> Cases(Type type)
    {
        var cases = type.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => a.DerivedType).OrderBy(t => t.Name, StringComparer.Ordinal).ToList(); // reflection promises no order
        return cases.Count > 0 ? cases : [type];
    }

    private object? Make(Type type, int depth)
    {
        var n = ++_next;
        if (Nullable.GetUnderlyingType(type) is { } inner) return Make(inner, depth);
        if (type == typeof(string)) return $"文字{n}";
        if (type == typeof(int)) return n;
        if (type == typeof(long)) return (long)n << 33;
        if (type == typeof(double)) return n + 0.25;
        if (type == typeof(bool)) return true;
        if (type == typeof(Guid)) return new Guid(n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        if (type == typeof(DateTimeOffset)) return new DateTimeOffset(2026, 11, 24, 1, 2, 3, TimeSpan.Zero).AddTicks(n);
        if (type == typeof(DateOnly)) return new DateOnly(2026, 11, 24).AddDays(n);
        if (type == typeof(TimeSpan)) return TimeSpan.FromTicks(n);
        if (type == typeof(byte[])) return new byte[] { (byte)n, 2, 3 };
        if (type.IsEnum) return Enum.GetValues(type).Cast<object>().Last();
        if (type.IsGenericType && Collection(type, depth) is { } collection) return collection;
        var cases = Cases(type).ToList();
        var exact = cases[n % cases.Count];
        return exact == type ? Object(type, depth + 1) : Make(exact, depth + 1);
    }

    private object? Collection(Type type, int depth)
    {
        var of = type.GetGenericTypeDefinition();
        var args = type.GetGenericArguments();
        object Some(int i) => Make(args[i], depth + 1)!;
        if (depth > 6) return type.GetField("Empty")!.GetValue(null); // unions contain themselves only through collections, and end somewhere
        if (of == typeof(ImmutableList<>)) return Build(typeof(ImmutableList), nameof(ImmutableList.CreateRange), args, List(args[0], Some(0), Some(0)));
        if (of == typeof(ImmutableSortedSet<>)) return Build(typeof(ImmutableSortedSet), nameof(ImmutableSortedSet.CreateRange), args, List(args[0], Some(0), Some(0)));
        if (of == typeof(ImmutableDictionary<,>)) return Build(typeof(ImmutableDictionary), nameof(ImmutableDictionary.CreateRange), args, Pairs(args, Some));
        if (of == typeof(ImmutableSortedDictionary<,>)) return Build(typeof(ImmutableSortedDictionary), nameof(ImmutableSortedDictionary.CreateRange), args, Pairs(args, Some));
        return null;
    }

    private static object Build(Type factory, string method, Type[] args, object items) =>
        factory.GetMethods().First(m => m.Name == method && m.GetGenericArguments().Length == args.Length && m.GetParameters() is [var only] && only.ParameterType.IsGenericType
            && only.ParameterType.GetGenericTypeDefinition() == typeof(IEnumerable<>)).MakeGenericMethod(args).Invoke(null, [items])!;

    private static IList List(Type of, params object[] items)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(of))!;
        foreach (var item in items) list.Add(item);
        return list;
    }

    private static IList Pairs(Type[] args, Func<int, object> some)
    {
        var pair = typeof(KeyValuePair<,>).MakeGenericType(args);
        return List(pair, Activator.CreateInstance(pair, some(0), some(1))!, Activator.CreateInstance(pair, some(0), some(1))!);
    }

    private object Object(Type type, int depth)
    {
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First(c => c.GetParameters() is not [var p] || p.ParameterType != type);
        var made = constructor.Invoke([.. constructor.GetParameters().Select(p => Make(p.ParameterType, depth))]);
        foreach (var property in type.GetProperties().OrderBy(p => p.Name, StringComparer.Ordinal).Where(p => p.SetMethod is { } set && set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))))
            if (!constructor.GetParameters().Any(p => p.Name == property.Name)) property.SetValue(made, Make(property.PropertyType, depth));
        return made;
    }

    /// <summary>The value in words that differ when any member does; collections compare by what is in them.</summary>
    public static string Words(object? value) => JsonSerializer.Serialize(value, value?.GetType() ?? typeof(object), Silo.States.StateJson.Options);
}
