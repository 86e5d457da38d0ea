namespace Orleans.Runtime;

/// <summary>The name of a grain class inside grain ids.</summary>
[GenerateSerializer, Immutable]
public readonly struct GrainType(IdSpan id) : IEquatable<GrainType>, IComparable<GrainType>, ISpanFormattable
{
    /// <summary>Takes the name's UTF-8 bytes.</summary>
    public GrainType(byte[] value) : this(new IdSpan(value))
    {
    }

    /// <summary>The name.</summary>
    public IdSpan Value => id;

    /// <summary>Whether there is no name in it.</summary>
    public bool IsDefault => id.IsDefault;

    /// <summary>From text.</summary>
    public static GrainType Create(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        return new(IdSpan.Create(value));
    }

    /// <summary>The name's UTF-8 bytes.</summary>
    public ReadOnlySpan<byte> AsSpan() => id.AsSpan();

    /// <inheritdoc/>
    public bool Equals(GrainType obj) => id.Equals(obj.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GrainType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => id.GetHashCode();

    /// <summary>The hash, the same in every process.</summary>
    public uint GetUniformHashCode() => id.GetUniformHashCode();

    /// <inheritdoc/>
    public int CompareTo(GrainType other) => id.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => id.ToString();

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        id.TryFormat(destination, out charsWritten);

    /// <summary>Same name.</summary>
    public static bool operator ==(GrainType left, GrainType right) => left.Equals(right);

    /// <summary>Another name.</summary>
    public static bool operator !=(GrainType left, GrainType right) => !left.Equals(right);
}
