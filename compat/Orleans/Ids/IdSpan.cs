using System.Text;

namespace Orleans.Runtime;

/// <summary>A part of a grain's identity: UTF-8 bytes with their hash.</summary>
[GenerateSerializer, Immutable]
public readonly struct IdSpan : IEquatable<IdSpan>, IComparable<IdSpan>, ISpanFormattable
{
    private readonly byte[]? value;
    private readonly int hash;

    /// <summary>Takes the bytes; they must not change any more.</summary>
    public IdSpan(byte[] value) => (this.value, hash) = (value, (int)StableHash.ComputeHash(value));

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Value => value;

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsDefault => value is null or { Length: 0 };

    /// <summary>From text.</summary>
    public static IdSpan Create(string id) => new(Encoding.UTF8.GetBytes(id));

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> AsSpan() => value;

    /// <inheritdoc/>
    public bool Equals(IdSpan obj) => ReferenceEquals(value, obj.value) || (hash == obj.hash && AsSpan().SequenceEqual(obj.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IdSpan other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => hash;

    /// <summary>The hash, the same in every process.</summary>
    public uint GetUniformHashCode() => unchecked((uint)hash);

    /// <inheritdoc/>
    public int CompareTo(IdSpan other) => AsSpan().SequenceCompareTo(other.AsSpan());

    /// <inheritdoc/>
    public override string ToString() => value is null ? "" : Encoding.UTF8.GetString(value);

    /// <summary>Writes the text.</summary>
    public bool TryFormat(Span<char> destination, out int charsWritten) => Encoding.UTF8.TryGetChars(value, destination, out charsWritten);

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        TryFormat(destination, out charsWritten);

    /// <summary>Same bytes.</summary>
    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    /// <summary>Other bytes.</summary>
    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);
}
