using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OrleansGov.Api.Access;

/// <summary>A machine's key. Only its hash is kept; the key is shown once, when it is made.</summary>
/// <param name="Hash">SHA-256 of the key, lower-case hex.</param>
/// <param name="Expires">Refused from then on; null = never.</param>
public sealed record ApiKey(Staff Owner, string Hash, ImmutableList<string> Scopes, DateTimeOffset? Expires = null)
{
    public const string Prefix = "og_live_";

    /// <summary>A new key with 256 bits of chance.</summary>
    public static string Make() => Prefix + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 43);

    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

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
            yield return new(new(section["Name"] ?? "", section["Town"] ?? defaultTown, departments.Length == 0 ? null : departments), hash, [.. scopes], expires);
        }
    }

    private static string[] Words(string? text) => (text ?? "").Split([' ', ',', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>The keys that open the API.</summary>
public sealed class ApiKeys(IEnumerable<ApiKey> keys, TimeProvider clock)
{
    // Looked up by hash: how long it takes says nothing about a key.
    private readonly ImmutableDictionary<string, ApiKey> _byHash = keys.ToImmutableDictionary(k => k.Hash, StringComparer.Ordinal);

    public ApiKey? Find(string key) => _byHash.GetValueOrDefault(ApiKey.HashOf(key)) is { } found && (found.Expires is null || clock.GetUtcNow() < found.Expires) ? found : null;
}
