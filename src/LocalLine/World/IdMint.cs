using System.Security.Cryptography;
using System.Text;

namespace OrleansGov.LocalLine.World;

/// <summary>Mints every id LINE would: seeded, so that the same script gives the same bytes.</summary>
internal sealed class IdMint(int seed, TimeProvider clock)
{
    private const string Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private readonly Lock gate = new();
    private readonly Random random = new(seed);
    private readonly byte[] sealKey = SHA256.HashData(Encoding.UTF8.GetBytes($"local line {seed}"));
    private long message = 6_100_000_000_000_000_000;

    /// <summary>19 digits, growing.</summary>
    public string MessageId()
    {
        lock (gate) return (message += random.Next(1, 100_000)).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    public string UserId() => "U" + Hex(16);

    public string Hex(int bytes)
    {
        Span<byte> buffer = stackalloc byte[bytes];
        lock (gate) random.NextBytes(buffer);
        return Convert.ToHexStringLower(buffer);
    }

    public string Secret(int bytes)
    {
        Span<byte> buffer = stackalloc byte[bytes];
        lock (gate) random.NextBytes(buffer);
        return Base64Url(buffer);
    }

    public string RequestId()
    {
        Span<byte> buffer = stackalloc byte[16];
        lock (gate) random.NextBytes(buffer);
        return new Guid(buffer).ToString();
    }

    /// <summary>ULID: 48 bits of time, 80 of chance, in Crockford's base 32.</summary>
    public string Ulid()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (gate) random.NextBytes(bytes[6..]);
        var ms = clock.GetUtcNow().ToUnixTimeMilliseconds();
        for (var i = 5; i >= 0; i--, ms >>= 8) bytes[i] = (byte)ms;
        var value = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
        Span<char> text = stackalloc char[26];
        for (var i = 25; i >= 0; i--, value >>= 5) text[i] = Crockford[(int)(value & 31)];
        return new string(text);
    }

    public double Chance()
    {
        lock (gate) return random.NextDouble();
    }

    public int Below(int limit)
    {
        lock (gate) return random.Next(limit);
    }

    /// <summary>A token that proves itself: it names its purpose, chat and message without the world keeping a list.</summary>
    public string Seal(string purpose, string chat, string messageId)
    {
        var text = Encoding.UTF8.GetBytes($"{chat}.{messageId}");
        return Base64Url([.. Mac(purpose, text), .. text]);
    }

    /// <summary>Opens a sealed token; null when it is not ours, or of another purpose.</summary>
    public (string Chat, string MessageId)? Unseal(string purpose, string token)
    {
        byte[] bytes;
        try
        {
            bytes = System.Buffers.Text.Base64Url.DecodeFromChars(token);
        }
        catch (FormatException)
        {
            return null;
        }

        if (bytes.Length <= 9 || !bytes.AsSpan(0, 9).SequenceEqual(Mac(purpose, bytes.AsSpan(9)))) return null;
        var parts = Encoding.UTF8.GetString(bytes.AsSpan(9)).Split('.', 2);
        return (parts[0], parts[1]);
    }

    private byte[] Mac(string purpose, ReadOnlySpan<byte> text)
    {
        byte[] named = [.. Encoding.UTF8.GetBytes(purpose), 0, .. text];
        return HMACSHA256.HashData(sealKey, named)[..9];
    }

    private static string Base64Url(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
