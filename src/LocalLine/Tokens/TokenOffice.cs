using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OrleansGov.LocalLine.World;

namespace OrleansGov.LocalLine.Tokens;

internal enum TokenKind
{
    LongLived,
    Stateless,
    ShortLived,
    V21,
}

internal sealed record AccessToken(string Value, TokenKind Kind, LocalChannel Channel, DateTimeOffset ExpiresAt, string KeyId);

/// <summary>Channel access tokens with their lives and counts (LINE reference, Channel access token).</summary>
internal sealed class TokenOffice(IdMint mint)
{
    private const int Most = 30;
    private readonly Lock gate = new();
    private readonly Dictionary<string, AccessToken> tokens = [];
    private readonly Dictionary<LocalChannel, List<AccessToken>> counted = [];

    public void Adopt(LocalChannel channel)
    {
        if (channel.Settings.LongLivedToken is { } value)
            lock (gate) tokens[value] = new AccessToken(value, TokenKind.LongLived, channel, DateTimeOffset.MaxValue, "");
    }

    public LocalChannel? Holder(string value, DateTimeOffset now) => Find(value, now)?.Channel;

    public AccessToken? Find(string value, DateTimeOffset now)
    {
        lock (gate) return tokens.GetValueOrDefault(value) is { } token && token.ExpiresAt > now ? token : null;
    }

    /// <summary>Issues a token; null when 30 of this kind live already and the kind refuses the 31st (v2.1).</summary>
    public AccessToken? Issue(LocalChannel channel, TokenKind kind, TimeSpan life, DateTimeOffset now)
    {
        var token = new AccessToken(mint.Secret(96), kind, channel, now + life, mint.Secret(16));
        lock (gate)
        {
            foreach (var dead in tokens.Values.Where(t => t.ExpiresAt <= now).ToArray()) tokens.Remove(dead.Value);
            if (kind != TokenKind.Stateless)
            {
                var mine = counted.TryGetValue(channel, out var list) ? list : counted[channel] = [];
                mine.RemoveAll(t => !tokens.ContainsKey(t.Value));
                var same = mine.Where(t => t.Kind == kind).ToArray();
                if (same.Length >= Most && kind == TokenKind.V21) return null;
                if (same.Length >= Most) tokens.Remove(same[0].Value);
                mine.Add(token);
            }

            tokens[token.Value] = token;
        }

        return token;
    }

    public IReadOnlyList<string> KeyIds(LocalChannel channel, DateTimeOffset now)
    {
        lock (gate) return [.. tokens.Values.Where(t => t.Channel == channel && t.Kind == TokenKind.V21 && t.ExpiresAt > now).Select(t => t.KeyId)];
    }

    /// <summary>Ends a token now; stateless ones only by a test (LINE cannot revoke them).</summary>
    public void End(string value)
    {
        lock (gate) tokens.Remove(value);
    }

    public void EndAll(LocalChannel channel)
    {
        lock (gate)
            foreach (var token in tokens.Values.Where(t => t.Channel == channel).ToArray()) tokens.Remove(token.Value);
    }

    /// <summary>Reads a JWT assertion: RS256, signed with a registered key, iss = sub = channel id, aud LINE, at most 30 minutes ahead.</summary>
    /// <returns>Payload, or null with the reason.</returns>
    public static (JsonElement? Payload, string Reason) ReadAssertion(string jwt, Func<string, LocalChannel?> channelById, DateTimeOffset now)
    {
        try
        {
            var parts = jwt.Split('.');
            if (parts.Length != 3) return (null, "Invalid client_assertion");
            using var header = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[0]));
            using var payload = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]));
            var claims = payload.RootElement;
            var issuer = claims.GetProperty("iss").GetString() ?? "";
            if (header.RootElement.GetProperty("alg").GetString() != "RS256" || channelById(issuer) is not { } channel
                || !channel.Settings.AssertionKeys.TryGetValue(header.RootElement.GetProperty("kid").GetString() ?? "", out var pem))
                return (null, "Invalid client_assertion: alg, iss or kid");
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            if (!rsa.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
                return (null, "Invalid client_assertion: signature");
            var expires = DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("exp").GetInt64());
            if (claims.GetProperty("sub").GetString() != issuer || claims.GetProperty("aud").GetString() != "https://api.line.me/") return (null, "Invalid client_assertion: sub or aud");
            return expires <= now || expires > now.AddMinutes(30) ? (null, "Invalid client_assertion: exp") : (claims.Clone(), "");
        }
        catch (Exception broken) when (broken is FormatException or JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or CryptographicException)
        {
            return (null, "Invalid client_assertion");
        }
    }
}
