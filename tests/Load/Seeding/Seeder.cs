using System.Security.Cryptography;
using System.Text;

namespace OrleansGov.Load.Seeding;

/// <summary>Fills a stopped office with residents it has seen, by copying one that really talked.</summary>
public static class Seeder
{
    private const int AtOnce = 50_000;
    private const string Base32 = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>Raises the number of residents ever seen.</summary>
    /// <param name="told">Progress: how many there are now.</param>
    public static async Task Fill(IResidentStore store, long upTo, Action<long> told, CancellationToken cancel)
    {
        var model = await store.Model(cancel);
        for (var have = await store.Count(cancel); have < upTo; told(have))
        {
            var now = (int)Math.Min(AtOnce, upTo - have);
            var first = have;
            await store.Clone(model, [.. Enumerable.Range(0, now).Select(n => Stranger(first + n))], cancel);
            have += now;
        }
    }

    /// <summary>Ids of the same form as real ones. Nobody ever talks as one of these: the pseudonym belongs to no LINE user.</summary>
    private static (string Pseudonym, string LineUserId) Stranger(long n)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"stranger {n}"));
        return (string.Concat(hash.Select(b => Base32[b & 31])), $"U{Convert.ToHexStringLower(hash.AsSpan(0, 16))}");
    }
}
