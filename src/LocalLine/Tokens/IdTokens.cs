using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansGov.LocalLine.Http;
using OrleansGov.LocalLine.World;

namespace OrleansGov.LocalLine.Tokens;

/// <summary>Id tokens as a LIFF page gets them: ES256 with a key of this world (LINE Login reference, Verify ID token).</summary>
internal sealed class IdTokens : IDisposable
{
    private const string Issuer = "https://access.line.me";
    private const string KeyId = "local-line";
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static IEnumerable<Endpoint> All =>
    [
        Endpoint.Post("id-verify", "/oauth2/v2.1/verify", call => call.Platform.IdTokens.Verify(call), BodyKind.Form) with { Anonymous = true },
        Endpoint.Get("id-certs", "/oauth2/v2.1/certs", call => call.Platform.IdTokens.Certs()) with { Anonymous = true },
    ];

    public string Issue(LocalResident resident, string? nonce, TimeSpan life, string? issuer, DateTimeOffset now)
    {
        var payload = new JsonObject
        {
            ["iss"] = issuer ?? Issuer,
            ["sub"] = resident.Id,
            ["aud"] = resident.Channel.Settings.LoginChannelId ?? throw new InvalidOperationException($"Channel '{resident.Channel.Name}' has no LINE Login channel."),
            ["exp"] = (now + life).ToUnixTimeSeconds(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["amr"] = new JsonArray("linesso"),
            ["name"] = resident.Name,
        };
        if (nonce is not null) payload["nonce"] = nonce;
        var signed = Encode(new JsonObject { ["typ"] = "JWT", ["alg"] = "ES256", ["kid"] = KeyId }) + "." + Encode(payload);
        lock (key) return signed + "." + Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256));
    }

    public void Dispose() => key.Dispose();

    private Answer Verify(Call call)
    {
        string? Given(string name) => call.Form[name].ToString() is { Length: > 0 } value ? value : null;
        if (Read(Given("id_token") ?? "") is not { } claims) return Invalid("Invalid IdToken.");
        if (claims["iss"]?.ToString() != Issuer) return Invalid("Invalid IdToken Issuer.");
        if (claims["exp"]!.GetValue<long>() <= call.Now.ToUnixTimeSeconds()) return Invalid("IdToken expired.");
        if (claims["aud"]?.ToString() != Given("client_id")) return Invalid("Invalid IdToken Audience.");
        if (Given("nonce") is { } nonce && claims["nonce"]?.ToString() != nonce) return Invalid("Invalid IdToken Nonce.");
        if (Given("user_id") is { } user && claims["sub"]?.ToString() != user) return Invalid("Invalid IdToken Subject Identifier.");
        return Answer.Ok(claims);
    }

    private Answer Certs()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return Answer.Ok(new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "EC", ["alg"] = "ES256", ["use"] = "sig", ["kid"] = KeyId, ["crv"] = "P-256",
                ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y),
            }),
        });
    }

    private JsonObject? Read(string token)
    {
        try
        {
            var parts = token.Split('.');
            if (parts.Length != 3) return null;
            var signed = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
            lock (key)
                if (!key.VerifyData(signed, Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256)) return null;
            return JsonNode.Parse(Base64Url.DecodeFromChars(parts[1])) as JsonObject;
        }
        catch (Exception broken) when (broken is FormatException or JsonException)
        {
            return null;
        }
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));

    private static Answer Invalid(string description) => Answer.OAuth(400, "invalid_request", description);
}
