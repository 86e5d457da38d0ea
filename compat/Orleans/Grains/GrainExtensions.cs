using Orleans.Runtime;

namespace Orleans;

/// <summary>Who a grain or a reference is.</summary>
public static class GrainExtensions
{
    /// <summary>The grain seen through an interface: a reference even from inside the grain, so that it can be handed to others.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) => (TGrainInterface)grain.AsReference(typeof(TGrainInterface));

    /// <inheritdoc cref="AsReference{TGrainInterface}"/>
    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();

    /// <inheritdoc cref="AsReference{TGrainInterface}"/>
    public static object AsReference(this IAddressable grain, Type interfaceType)
    {
        ArgumentNullException.ThrowIfNull(grain);
        if (interfaceType.IsInstanceOfType(grain) && grain is GrainReference)
            return grain;
        return grain switch
        {
            GrainReference reference => reference.Runtime.References.Create(interfaceType, reference.GrainId),
            IGrainBase { GrainContext: Activation activation } => activation.Runtime.References.Create(interfaceType, activation.GrainId),
            _ => throw Wrong(grain),
        };
    }

    /// <inheritdoc cref="AsReference{TGrainInterface}"/>
    public static object Cast(this IAddressable grain, Type interfaceType) => grain.AsReference(interfaceType);

    /// <summary>The identity behind a grain or a reference.</summary>
    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        null => throw new ArgumentNullException(nameof(grain)),
        GrainReference reference => reference.GrainId,
        IGrainBase { GrainContext: { } context } => context.GrainId,
        _ => throw Wrong(grain),
    };

    /// <summary>The text key.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    /// <summary>The integer key.</summary>
    /// <exception cref="InvalidOperationException">It is none.</exception>
    public static long GetPrimaryKeyLong(this IAddressable grain) =>
        grain.GetGrainId().TryGetIntegerKey(out var key, out _)
            ? key
            : throw new InvalidOperationException($"Unable to extract integer key from grain id {grain.GetGrainId()}");

    /// <summary>The GUID key.</summary>
    /// <exception cref="InvalidOperationException">It is none.</exception>
    public static Guid GetPrimaryKey(this IAddressable grain) =>
        grain.GetGrainId().TryGetGuidKey(out var key, out _)
            ? key
            : throw new InvalidOperationException($"Unable to extract GUID key from grain id {grain.GetGrainId()}");

    private static ArgumentException Wrong(IAddressable grain) => new(
        $"{grain.GetType().FullName} is neither a grain reference nor a grain made by the runtime: derive from {nameof(Grain)} or implement {nameof(IGrainBase)}, and let the runtime make it.",
        nameof(grain));
}
