using System.Security.Cryptography;
using System.Text;

namespace OrleansGov.Contracts;

/// <summary>
/// Names a resident without naming the person: <c>r:{channel}/{p}</c>, p = base32(HMAC-SHA256(pseudonym key, channel + LINE user id)).
/// p is also the conversation id of the API. No log, trace or exception that shows a key can show a LINE user id.
/// </summary>
public static class ResidentKey
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>The grain key of a resident.</summary>
    /// <param name="pseudonymKey">At least 32 bytes; <c>Privacy__PseudonymKey</c>.</param>
    public static string For(string channel, string lineUserId, ReadOnlySpan<byte> pseudonymKey)
    {
        var hash = HMACSHA256.HashData(pseudonymKey, Encoding.UTF8.GetBytes($"{channel}\n{lineUserId}"));
        return Join(channel, Base32(hash.AsSpan(0, 20)));
    }

    /// <summary>The key again, from its two parts.</summary>
    public static string Join(string channel, string pseudonym) => $"r:{channel}/{pseudonym}";

    /// <summary>Channel and pseudonym of a key.</summary>
    public static (string Channel, string Pseudonym) Split(string key)
    {
        var slash = key.LastIndexOf('/');
        if (slash < 3 || !key.StartsWith("r:", StringComparison.Ordinal)) throw new FormatException($"'{key}' is no resident key.");
        return (key[2..slash], key[(slash + 1)..]);
    }

    private static string Base32(ReadOnlySpan<byte> bytes) // 20 bytes -> 32 characters, no padding
    {
        var text = new StringBuilder(bytes.Length * 8 / 5);
        int buffer = 0, bits = 0;
        foreach (var b in bytes)
        {
            buffer = (buffer << 8) | b;
            for (bits += 8; bits >= 5; bits -= 5) text.Append(Alphabet[(buffer >> (bits - 5)) & 31]);
            buffer &= (1 << bits) - 1;
        }

        return text.ToString();
    }
}
