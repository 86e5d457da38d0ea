using System.Globalization;
using System.Net;
using System.Numerics;
using System.Runtime.CompilerServices;
using Orleans.Runtime;

namespace Orleans.Serialization;

internal static partial class Codecs
{
    private static readonly Dictionary<Type, Exact> Primitives = new Exact[]
    {
        new PrimitiveExact<bool>((w, v) => w.Write(v), r => r.ReadBoolean()),
        new PrimitiveExact<byte>((w, v) => w.Write(v), r => r.ReadByte()),
        new PrimitiveExact<sbyte>((w, v) => w.Write(v), r => r.ReadSByte()),
        new PrimitiveExact<short>((w, v) => w.Write(v), r => r.ReadInt16()),
        new PrimitiveExact<ushort>((w, v) => w.Write(v), r => r.ReadUInt16()),
        new PrimitiveExact<int>((w, v) => w.Write(v), r => r.ReadInt32()),
        new PrimitiveExact<uint>((w, v) => w.Write(v), r => r.ReadUInt32()),
        new PrimitiveExact<long>((w, v) => w.Write(v), r => r.ReadInt64()),
        new PrimitiveExact<ulong>((w, v) => w.Write(v), r => r.ReadUInt64()),
        new PrimitiveExact<char>((w, v) => w.Write((ushort)v), r => (char)r.ReadUInt16()),
        new PrimitiveExact<float>((w, v) => w.Write(v), r => r.ReadSingle()),
        new PrimitiveExact<double>((w, v) => w.Write(v), r => r.ReadDouble()),
        new PrimitiveExact<Half>((w, v) => w.Write(v), r => r.ReadHalf()),
        new PrimitiveExact<decimal>((w, v) => w.Write(v), r => r.ReadDecimal()),
        new PrimitiveExact<string>((w, v) => w.Write(v), r => r.ReadString()),
        new PrimitiveExact<Guid>((w, v) => w.Write(v.ToByteArray()), r => new Guid(r.ReadBytes(16))),
        new PrimitiveExact<DateTime>((w, v) => w.Write(v.ToBinary()), r => DateTime.FromBinary(r.ReadInt64())),
        new PrimitiveExact<DateTimeOffset>(
            (w, v) =>
            {
                w.Write(v.Ticks);
                w.Write(v.Offset.Ticks);
            },
            r => new DateTimeOffset(r.ReadInt64(), new TimeSpan(r.ReadInt64()))),
        new PrimitiveExact<DateOnly>((w, v) => w.Write(v.DayNumber), r => DateOnly.FromDayNumber(r.ReadInt32())),
        new PrimitiveExact<TimeOnly>((w, v) => w.Write(v.Ticks), r => new TimeOnly(r.ReadInt64())),
        new PrimitiveExact<TimeSpan>((w, v) => w.Write(v.Ticks), r => new TimeSpan(r.ReadInt64())),
        new PrimitiveExact<Uri>((w, v) => w.Write(v.OriginalString), r => new Uri(r.ReadString(), UriKind.RelativeOrAbsolute)),
        new PrimitiveExact<Version>((w, v) => w.Write(v.ToString()), r => Version.Parse(r.ReadString())),
        new PrimitiveExact<CultureInfo>((w, v) => w.Write(v.Name), r => CultureInfo.GetCultureInfo(r.ReadString())),
        new PrimitiveExact<IPAddress>((w, v) => w.Write(v.ToString()), r => IPAddress.Parse(r.ReadString())),
        new PrimitiveExact<BigInteger>((w, v) => w.Write(v.ToString(CultureInfo.InvariantCulture)), r => BigInteger.Parse(r.ReadString(), CultureInfo.InvariantCulture)),
        new PrimitiveExact<Int128>((w, v) => w.Write(v.ToString(CultureInfo.InvariantCulture)), r => Int128.Parse(r.ReadString(), CultureInfo.InvariantCulture)),
        new PrimitiveExact<UInt128>((w, v) => w.Write(v.ToString(CultureInfo.InvariantCulture)), r => UInt128.Parse(r.ReadString(), CultureInfo.InvariantCulture)),
        new PrimitiveExact<CancellationToken>((w, v) => w.Write(v.IsCancellationRequested), r => new CancellationToken(r.ReadBoolean())),
        new PrimitiveExact<GrainId>((w, v) => w.Write(v.ToString()), r => GrainId.Parse(r.ReadString())),
        new PrimitiveExact<GrainType>((w, v) => w.Write(v.ToString()), r => new GrainType(IdSpan.Create(r.ReadString()))),
        new PrimitiveExact<IdSpan>((w, v) => w.Write(v.ToString()), r => IdSpan.Create(r.ReadString())),
        new PrimitiveExact<object>((_, _) => { }, _ => new object()),
    }.ToDictionary(exact => exact.GetType().GetGenericArguments()[0]);
}

/// <summary>A value that is passed as it is.</summary>
internal sealed class PrimitiveExact<T>(Action<BinaryWriter, T> write, Func<WireReader, T> read) : Exact<T>
{
    internal override T Copy(T value) => value;

    internal override void Write(BinaryWriter writer, T value) => write(writer, value);

    internal override T Read(WireReader reader) => read(reader);
}

internal sealed class EnumExact<T> : Exact<T> where T : struct, Enum
{
    internal override T Copy(T value) => value;

    internal override void Write(BinaryWriter writer, T value)
    {
        long number = 0;
        Unsafe.As<long, T>(ref number) = value;
        writer.Write(number);
    }

    internal override T Read(WireReader reader)
    {
        var number = reader.ReadInt64();
        return Unsafe.As<long, T>(ref number);
    }
}

/// <summary>[Immutable]: passed as it is, written like any other.</summary>
internal sealed class SharedExact<T>(Exact<T> inner) : Exact<T>
{
    internal override T Copy(T value) => value;

    internal override void Write(BinaryWriter writer, T value) => inner.Write(writer, value);

    internal override T Read(WireReader reader) => inner.Read(reader);
}

/// <summary>A reference held in a member of a wider type.</summary>
internal sealed class GrainReferenceExact<T> : Exact<T> where T : GrainReference
{
    internal override T Copy(T value) => value;

    internal override void Write(BinaryWriter writer, T value)
    {
        writer.Write(value.Interface.AssemblyQualifiedName!);
        writer.Write(value.GrainId.ToString());
    }

    internal override T Read(WireReader reader) =>
        (T)reader.Runtime.References.Create(Type.GetType(reader.ReadString(), throwOnError: true)!, GrainId.Parse(reader.ReadString()));
}
