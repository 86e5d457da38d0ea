using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OrleansGov.Gateways;

/// <summary>Signatures of outgoing webhooks: Standard Webhooks 1.0.0.</summary>
public static class HookSignature
{
    private const string Prefix = "whsec_";
    private const int Bytes = 32; // the standard wants 24 to 64

    /// <summary>A new secret, <c>whsec_</c> and base64.</summary>
    public static string MakeSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The header <c>webhook-signature</c>: one signature for each secret, separated by a blank.</summary>
    /// <param name="id">The header <c>webhook-id</c>: the same for every attempt.</param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>: seconds since 1970, of this attempt.</param>
    /// <param name="secrets">The one in force first; during a rotation the one before too.</param>
    public static string Sign(string id, long timestamp, ReadOnlySpan<byte> body, params IEnumerable<string> secrets)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}."));
        byte[] signed = [.. head, .. body];
        return string.Join(' ', secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[Prefix.Length..]), signed))));
    }
}
