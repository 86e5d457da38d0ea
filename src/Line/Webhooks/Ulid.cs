using System.Security.Cryptography;

namespace OrleansGov.Line;

/// <summary>Spells 16 bytes the way LINE spells event ids, so that derived ids are stored and compared like LINE's own.</summary>
static class Ulid
{
    const string Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>26 characters from the first 16 bytes of the SHA-256 of <paramref name="bytes"/>.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var number = new System.Numerics.BigInteger(SHA256.HashData(bytes).AsSpan(0, 16), isUnsigned: true, isBigEndian: true);
        var text = new char[26];
        for (var i = 25; i >= 0; i--)
        {
            text[i] = Crockford[(int)(number & 31)];
            number >>= 5;
        }
        return new(text);
    }
}
