using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Runtime;

/// <summary>Who a grain is: the name of its class and its key, as text "type/key".</summary>
[GenerateSerializer, Immutable]
[JsonConverter(typeof(GrainIdJsonConverter))]
public readonly struct GrainId(GrainType type, IdSpan key) : IEquatable<GrainId>, IComparable<GrainId>, ISpanFormattable, ISpanParsable<GrainId>
{
    /// <summary>The grain class.</summary>
    public GrainType Type => type;

    /// <summary>The key, unique inside the class.</summary>
    public IdSpan Key => key;

    /// <summary>Whether nobody is meant.</summary>
    public bool IsDefault => type.IsDefault && key.IsDefault;

    /// <summary>From class name and key.</summary>
    public static GrainId Create(string type, string key) => Create(GrainType.Create(type), key);

    /// <summary>From class name and key.</summary>
    public static GrainId Create(GrainType type, string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return new(type, IdSpan.Create(key));
    }

    /// <summary>From class name and key.</summary>
    public static GrainId Create(GrainType type, IdSpan key) => new(type, key);

    /// <summary>Reads "type/key"; the key may hold further slashes.</summary>
    /// <exception cref="ArgumentException">There is no slash.</exception>
    public static GrainId Parse(ReadOnlySpan<char> value, IFormatProvider? provider = null) =>
        TryParse(value, provider, out var id) ? id : throw new ArgumentException($"Unable to parse \"{value}\" as a grain id");

    /// <inheritdoc cref="Parse(ReadOnlySpan{char}, IFormatProvider?)"/>
    public static GrainId Parse(string value) => Parse(value.AsSpan());

    /// <inheritdoc cref="Parse(ReadOnlySpan{char}, IFormatProvider?)"/>
    public static GrainId Parse(string value, IFormatProvider? provider = null) => Parse(value.AsSpan(), provider);

    /// <summary>Reads "type/key"; false when there is no slash.</summary>
    public static bool TryParse(ReadOnlySpan<char> value, IFormatProvider? provider, out GrainId result)
    {
        var slash = value.IndexOf('/');
        result = slash < 0 ? default : new(new GrainType(Utf8(value[..slash])), new IdSpan(Utf8(value[(slash + 1)..])));
        return slash >= 0;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, IFormatProvider?, out GrainId)"/>
    public static bool TryParse(string? value, out GrainId result) => TryParse(value.AsSpan(), null, out result);

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, IFormatProvider?, out GrainId)"/>
    public static bool TryParse(string? value, IFormatProvider? provider, out GrainId result) => TryParse(value.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public bool Equals(GrainId other) => key.Equals(other.Key) && type.Equals(other.Type);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GrainId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(type, key);

    /// <summary>The hash by which reminders are placed, the same in every process.</summary>
    public uint GetUniformHashCode() => unchecked(type.GetUniformHashCode() * 31 + key.GetUniformHashCode());

    /// <inheritdoc/>
    public int CompareTo(GrainId other) => type.CompareTo(other.Type) is var order and not 0 ? order : key.CompareTo(other.Key);

    /// <inheritdoc/>
    public override string ToString() => $"{type}/{key}";

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite($"{type}/{key}", out charsWritten);

    /// <summary>The same grain.</summary>
    public static bool operator ==(GrainId left, GrainId right) => left.Equals(right);

    /// <summary>Another grain.</summary>
    public static bool operator !=(GrainId left, GrainId right) => !left.Equals(right);

    private static byte[] Utf8(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }
}

/// <summary>A grain id in JSON is its text.</summary>
public sealed class GrainIdJsonConverter : JsonConverter<GrainId>
{
    /// <inheritdoc/>
    public override GrainId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => GrainId.Parse(reader.GetString()!);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, GrainId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    /// <inheritdoc/>
    public override GrainId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader, typeToConvert, options);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, GrainId value, JsonSerializerOptions options) => writer.WritePropertyName(value.ToString());
}
