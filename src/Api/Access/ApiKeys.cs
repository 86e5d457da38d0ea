using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using OrleansGov.Records;
using IPNetwork = System.Net.IPNetwork;

namespace OrleansGov.Api.Access;

/// <summary>A machine's key. Only its hash is kept; the key is shown once, when it is made.</summary>
/// <param name="Hash">SHA-256 of the key, lower-case hex.</param>
/// <param name="Expires">Refused from then on; null = never.</param>
public sealed record ApiKey(Staff Owner, string Hash, ImmutableList<string> Scopes, DateTimeOffset? Expires = null)
{
    public const string Prefix = "og_live_";

    private const int Longest = 100;

    /// <summary>A new key with 256 bits of chance.</summary>
    public static string Make() => Prefix + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 43);

    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>It could be one: nobody is asked about what cannot.</summary>
    public static bool LooksLikeOne(string key) => key.StartsWith(Prefix, StringComparison.Ordinal) && key.Length <= Longest;

    /// <summary><c>Api__Keys__n__{Name,Hash,Scopes,Town,Departments,Expires}</c>; lists are separated by blanks or commas.</summary>
    public static IEnumerable<ApiKey> Read(IConfiguration configuration, string defaultTown, ICollection<Settings.SettingFault> faults)
    {
        foreach (var section in configuration.GetSection("Api:Keys").GetChildren())
        {
            var at = section.Path.Replace(":", "__", StringComparison.Ordinal);
            var hash = section["Hash"]?.ToLowerInvariant() ?? "";
            var scopes = Words(section["Scopes"]);
            DateTimeOffset? expires = null;
            if (string.IsNullOrWhiteSpace(section["Name"])) faults.Add(new($"{at}__Name", "必須です。", "Required."));
            if (hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower)) faults.Add(new($"{at}__Hash", "API キーの SHA-256（16 進数 64 文字）を指定してください。キー自体は書かないでください。", "Must be the key's SHA-256 in hex; never the key."));
            if (scopes.Length == 0 || scopes.Except(Access.Scopes.All).Any()) faults.Add(new($"{at}__Scopes", $"{string.Join(' ', Access.Scopes.All)} から選んでください。", "One or more of these scopes."));
            if (section["Expires"] is { Length: > 0 } until)
            {
                if (DateTimeOffset.TryParse(until, CultureInfo.InvariantCulture, out var instant)) expires = instant;
                else faults.Add(new($"{at}__Expires", "2027-04-01T00:00:00+09:00 の形で指定してください。", "Must be an RFC 3339 instant."));
            }

            var departments = Words(section["Departments"]);
            yield return new(Staff.Machine(section["Name"] ?? "", section["Town"] ?? defaultTown, departments.Length == 0 ? null : departments, scopes), hash, [.. scopes], expires);
        }
    }

    internal static string[] Words(string? text) => (text ?? "").Split([' ', ',', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>The keys that open the API: those of the configuration, and those an administrator has issued.</summary>
public sealed class ApiKeys(IEnumerable<ApiKey> configured, RecordsStore records, TimeProvider clock)
{
    private const long Minute = 60_000;

    // Looked up by hash: how long it takes says nothing about a key.
    private readonly ImmutableDictionary<string, ApiKey> _byHash = configured.ToImmutableDictionary(k => k.Hash, StringComparer.Ordinal);

    /// <param name="from">Who calls; null where nobody called by network.</param>
    /// <returns>Null: unknown, expired, revoked, or not good from there.</returns>
    public async Task<Staff?> FindAsync(string key, IPAddress? from, CancellationToken cancel = default)
    {
        if (!ApiKey.LooksLikeOne(key)) return null;
        var hash = ApiKey.HashOf(key);
        if (_byHash.GetValueOrDefault(hash) is { } known) return known.Expires is null || clock.GetUtcNow() < known.Expires ? known.Owner : null;

        await using var read = records.Read();
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (await read.FindKeyAsync(hash, cancel) is not { } issued || !issued.Works(now) || !IsFrom(issued.Addresses, from)) return null;
        if (issued.UsedAt is null || now - issued.UsedAt >= Minute) await NoteAsync(issued, now, from);
        return Staff.Machine(issued.Client, issued.Town, issued.Departments is { } departments ? ApiKey.Words(departments) : null, ApiKey.Words(issued.Scopes));
    }

    // Somebody waits for the answer, and that the key was used is only good to know.
    private async Task NoteAsync(ApiKeyRow key, long now, IPAddress? from)
    {
        try
        {
            await records.ChangeAsync(new StaffChange.Use(key.Id, now, from?.ToString() ?? ""));
        }
        catch (RecordsWriteException)
        {
            // readiness says so
        }
    }

    private static bool IsFrom(string? networks, IPAddress? from)
    {
        if (networks is null) return true;
        if (from is null) return false;
        if (from.IsIPv4MappedToIPv6) from = from.MapToIPv4();
        return ApiKey.Words(networks).Any(text => IPNetwork.TryParse(text, out var network) && network.Contains(from));
    }
}
