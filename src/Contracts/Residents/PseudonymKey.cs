using System.Buffers.Text;

namespace OrleansGov.Contracts;

/// <summary>The secret that turns LINE user ids into pseudonyms (<see cref="ResidentKey"/>). Who loses it can no longer find a single resident.</summary>
public sealed class PseudonymKey
{
    /// <summary>Least length of a key in bytes: that of the hash it feeds.</summary>
    public const int LeastBytes = 32;

    private readonly byte[] _bytes;

    /// <exception cref="ArgumentException">Fewer than <see cref="LeastBytes"/> bytes.</exception>
    public PseudonymKey(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < LeastBytes) throw new ArgumentException($"The pseudonym key has {bytes.Length} bytes; it needs at least {LeastBytes}.", nameof(bytes));
        _bytes = bytes.ToArray();
    }

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads a key as an operator writes it: hexadecimal or base64.</summary>
    /// <exception cref="FormatException">Neither, or too short. The message does not repeat the text.</exception>
    public static PseudonymKey Parse(string text)
    {
        var bare = text.Trim();
        byte[] bytes;
        if (bare.Length % 2 == 0 && bare.All(char.IsAsciiHexDigit)) bytes = Convert.FromHexString(bare);
        else if (Base64.IsValid(bare)) bytes = Convert.FromBase64String(bare);
        else throw new FormatException("The pseudonym key is neither hexadecimal nor base64.");
        return bytes.Length >= LeastBytes
            ? new PseudonymKey(bytes)
            : throw new FormatException($"The pseudonym key has {bytes.Length} bytes; it needs at least {LeastBytes} (openssl rand -base64 32).");
    }

    /// <summary>Names the kind of thing only: a key must never reach a log.</summary>
    public override string ToString() => nameof(PseudonymKey);
}
