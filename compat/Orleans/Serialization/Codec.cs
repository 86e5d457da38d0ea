using System.Collections.Concurrent;
using System.Reflection;

namespace Orleans.Serialization;

/// <summary>How values of a declared type travel: null, the type itself, or something derived from it.</summary>
internal abstract class Codec<T>
{
    private static Codec<T>? instance;

    /// <summary>Built at first use; a type without a codec says so then.</summary>
    internal static Codec<T> Instance => instance ??= (Codec<T>)Codecs.Build(typeof(T));

    internal abstract T Copy(T value);

    internal abstract void Write(BinaryWriter writer, T value);

    internal abstract T Read(WireReader reader);
}

/// <summary>Reads what <see cref="Codec{T}.Write"/> wrote; grain references come to life in the given runtime.</summary>
internal sealed class WireReader(Stream stream, Runtime.GrainRuntime? runtime) : BinaryReader(stream)
{
    internal Runtime.GrainRuntime Runtime => runtime ?? throw new InvalidOperationException("A grain reference can only be read where grains live.");
}

/// <summary>How values of exactly one type travel; never null.</summary>
internal abstract class Exact
{
    private static readonly ConcurrentDictionary<Type, Exact> Known = new();

    internal abstract object CopyObject(object value);

    internal abstract void WriteObject(BinaryWriter writer, object value);

    internal abstract object ReadObject(WireReader reader);

    /// <exception cref="CodecNotFoundException">Values of the type may not travel.</exception>
    internal static Exact Of(Type type) => Known.TryGetValue(type, out var known) ? known : Known.GetOrAdd(type, Codecs.BuildExact(type));
}

/// <inheritdoc cref="Exact"/>
internal abstract class Exact<T> : Exact
{
    internal static Exact<T> Instance => (Exact<T>)Of(typeof(T));

    internal abstract T Copy(T value);

    internal abstract void Write(BinaryWriter writer, T value);

    internal abstract T Read(WireReader reader);

    internal sealed override object CopyObject(object value) => Copy((T)value)!;

    internal sealed override void WriteObject(BinaryWriter writer, object value) => Write(writer, (T)value);

    internal sealed override object ReadObject(WireReader reader) => Read(reader)!;
}

/// <summary>Value types.</summary>
internal sealed class ValueCodec<T> : Codec<T>
{
    private readonly Exact<T> exact = Exact<T>.Instance;

    internal override T Copy(T value) => exact.Copy(value);

    internal override void Write(BinaryWriter writer, T value) => exact.Write(writer, value);

    internal override T Read(WireReader reader) => exact.Read(reader);
}

/// <summary>Nullable value types.</summary>
internal sealed class NullableCodec<T> : Codec<T?> where T : struct
{
    internal override T? Copy(T? value) => value is { } some ? Codec<T>.Instance.Copy(some) : null;

    internal override void Write(BinaryWriter writer, T? value)
    {
        writer.Write(value.HasValue);
        if (value is { } some)
            Codec<T>.Instance.Write(writer, some);
    }

    internal override T? Read(WireReader reader) => reader.ReadBoolean() ? Codec<T>.Instance.Read(reader) : null;
}

/// <summary>Reference types: what counts is the type the value has.</summary>
internal sealed class ReferenceCodec<T> : Codec<T> where T : class?
{
    private Exact<T>? own;

    internal override T Copy(T value)
    {
        if (value is null)
            return value;
        return value.GetType() == typeof(T) ? (own ??= Exact<T>.Instance).Copy(value) : (T)Exact.Of(value.GetType()).CopyObject(value);
    }

    internal override void Write(BinaryWriter writer, T value)
    {
        switch (value)
        {
            case null:
                writer.Write((byte)0);
                break;
            case var _ when value.GetType() == typeof(T):
                writer.Write((byte)1);
                (own ??= Exact<T>.Instance).Write(writer, value);
                break;
            default:
                writer.Write((byte)2);
                writer.Write(value.GetType().AssemblyQualifiedName!);
                Exact.Of(value.GetType()).WriteObject(writer, value);
                break;
        }
    }

    internal override T Read(WireReader reader) => reader.ReadByte() switch
    {
        0 => null!,
        1 => (own ??= Exact<T>.Instance).Read(reader),
        _ => (T)Exact.Of(Type.GetType(reader.ReadString(), throwOnError: true)!).ReadObject(reader),
    };
}

/// <summary>Grain interfaces: a reference travels as who it means; a grain itself becomes a reference.</summary>
internal sealed class GrainCodec<T> : Codec<T> where T : class
{
    internal override T Copy(T value) => value is null or Runtime.GrainReference ? value! : Reference(value);

    internal override void Write(BinaryWriter writer, T value) => writer.Write(value is null ? "" : ((Runtime.IAddressable)value).GetGrainId().ToString());

    internal override T Read(WireReader reader) =>
        reader.ReadString() is { Length: > 0 } id ? (T)(object)reader.Runtime.References.Create(typeof(T), Runtime.GrainId.Parse(id)) : null!;

    private static T Reference(T value) => ((Runtime.IAddressable)value).AsReference<T>();
}
