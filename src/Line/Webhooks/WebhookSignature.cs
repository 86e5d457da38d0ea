using System.Security.Cryptography;
using System.Text;

namespace OrleansGov.Line;

/// <summary>
/// Proves that a webhook body comes from LINE: <c>base64(HMAC-SHA256(channel secret, raw body bytes))</c> (LINE reference, Signature validation).
/// The signature covers the bytes on the wire, so this runs before anything is decoded, parsed or normalised.
/// </summary>
public static class WebhookSignature
{
    /// <summary>Length of a signature in characters: 32 bytes as standard base64 with its padding.</summary>
    public const int Length = 44;

    /// <summary>True when <paramref name="header"/> is the signature of <paramref name="body"/>.</summary>
    /// <param name="body">The request body exactly as received.</param>
    /// <param name="header">The value of <c>x-line-signature</c>; null = header missing.</param>
    /// <param name="secret">The channel secret as shown in LINE's console. An empty secret verifies nothing.</param>
    public static bool Verify(ReadOnlySpan<byte> body, string? header, string secret)
    {
        if (header is not { Length: Length } || string.IsNullOrEmpty(secret)) return false;

        Span<byte> given = stackalloc byte[Length];
        if (Encoding.ASCII.GetBytes(header, given) != Length) return false;

        // Compared as text, not decoded: one MAC has many lenient spellings (blanks, base64url, loose last bits), and LINE sends exactly one.
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, mac);
        var expected = Encoding.ASCII.GetBytes(Convert.ToBase64String(mac));
        return CryptographicOperations.FixedTimeEquals(given, expected);
    }

    /// <summary>True when one of the channel's secrets made the signature: a reissued secret replaces the old one at once, so a channel knows {current, next}.</summary>
    public static bool Verify(ReadOnlySpan<byte> body, string? header, params ReadOnlySpan<string?> secrets)
    {
        var valid = false;
        foreach (var secret in secrets)
            valid |= secret is not null && Verify(body, header, secret);
        return valid;
    }
}
