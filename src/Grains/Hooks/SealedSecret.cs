using System.Security.Cryptography;
using System.Text;

namespace OrleansGov.Grains;

/// <summary>A secret as it lies in a state: under a key of the installation, so that a copy of the database signs nothing.</summary>
internal static class SealedSecret
{
    private const int Nonce = 12, Tag = 16;

    public static string Seal(PseudonymKey key, string secret)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var box = new byte[Nonce + plain.Length + Tag];
        RandomNumberGenerator.Fill(box.AsSpan(0, Nonce));
        using var aes = new AesGcm(KeyOf(key), Tag);
        aes.Encrypt(box.AsSpan(0, Nonce), plain, box.AsSpan(Nonce, plain.Length), box.AsSpan(Nonce + plain.Length));
        return Convert.ToBase64String(box);
    }

    /// <exception cref="CryptographicException">Sealed under another key.</exception>
    public static string Open(PseudonymKey key, string box)
    {
        var bytes = Convert.FromBase64String(box);
        var plain = new byte[bytes.Length - Nonce - Tag];
        using var aes = new AesGcm(KeyOf(key), Tag);
        aes.Decrypt(bytes.AsSpan(0, Nonce), bytes.AsSpan(Nonce, plain.Length), bytes.AsSpan(Nonce + plain.Length), plain);
        return Encoding.UTF8.GetString(plain);
    }

    private static byte[] KeyOf(PseudonymKey key) => HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Bytes.ToArray(), 32, info: "webhook secrets"u8.ToArray());
}
