using System.Security.Cryptography;
using System.Text;

namespace OrleansGov.Contracts;

/// <summary>Grain keys of Idempotency-Keys: <c>i:{town}/{hash}</c>, the hash over caller, route and key, none of which a grain key should show.</summary>
public static class IdempotencyKey
{
    public static string For(string town, string caller, string route, string key) =>
        $"i:{town}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{caller}\n{route}\n{key}")))}";
}
