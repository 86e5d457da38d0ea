using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orleans.Serialization;

/// <summary>
/// Which members of a [GenerateSerializer] type travel, by the rules of the real code generator: those with [Id]; of a record also the
/// parameters of its primary constructor; of a base type what its own attribute says. Nothing else does.
/// </summary>
internal static class Members
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Base types first; null when the type or one of its bases is not marked.</summary>
    internal static MemberInfo[]? Of(Type type)
    {
        if (type.IsAbstract || type.IsInterface || type.IsPointer)
            return null;
        var members = new List<MemberInfo>();
        for (var level = type; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
        {
            if (level == typeof(Exception) || !level.IsDefined(typeof(GenerateSerializerAttribute), false))
                return null;
            members.InsertRange(0, OfLevel(level));
        }

        return [.. members];
    }

    private static List<MemberInfo> OfLevel(Type level)
    {
        var marked = new Dictionary<uint, MemberInfo>();
        foreach (var member in level.GetFields(Declared).Concat<MemberInfo>(level.GetProperties(Declared)))
        {
            if (member.GetCustomAttribute<IdAttribute>() is not { } id || member.IsDefined(typeof(NonSerializedAttribute)))
                continue;
            if (!marked.TryAdd(id.Id, member))
                throw new InvalidOperationException($"{level}: {marked[id.Id].Name} and {member.Name} both have [Id({id.Id})].");
        }

        var parameters = PrimaryConstructor(level)?.GetParameters() ?? [];
        var positional = parameters
            .Select(parameter => level.GetProperty(parameter.Name!, Declared))
            .OfType<PropertyInfo>()
            .Where(property => !marked.ContainsValue(property));
        if (marked.Count == 0 && level.GetCustomAttribute<GenerateSerializerAttribute>(false)!.GenerateFieldIds == GenerateFieldIds.PublicProperties)
            positional = positional.Union(level.GetProperties(Declared).Where(property => property.GetMethod is { IsPublic: true }));
        return [.. marked.OrderBy(pair => pair.Key).Select(pair => Storage(pair.Value)).Concat(positional.Select(Storage)).OfType<MemberInfo>()];
    }

    private static ConstructorInfo? PrimaryConstructor(Type level)
    {
        var asked = level.GetCustomAttributesData().First(data => data.AttributeType == typeof(GenerateSerializerAttribute))
            .NamedArguments.FirstOrDefault(argument => argument.MemberName == nameof(GenerateSerializerAttribute.IncludePrimaryConstructorParameters)).TypedValue.Value as bool?;
        if (asked == false || (asked is null && !IsRecord(level)))
            return null;
        return level.GetConstructors(Declared)
            .Where(constructor => constructor.GetParameters() is { Length: > 0 } parameters && parameters.All(parameter =>
                level.GetProperty(parameter.Name!, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)?.PropertyType == parameter.ParameterType))
            .MaxBy(constructor => constructor.GetParameters().Length);
    }

    private static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$", Declared) is not null
        || (type.IsValueType && type.GetMethod("PrintMembers", Declared)?.IsDefined(typeof(CompilerGeneratedAttribute)) == true);

    // An automatic property travels by its field, which can be set even when the property cannot.
    private static MemberInfo? Storage(MemberInfo member)
    {
        if (member is not PropertyInfo property)
            return member;
        return property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", Declared) is { } field ? field
            : property is { GetMethod: not null, SetMethod: not null } ? property
            : null;
    }
}
