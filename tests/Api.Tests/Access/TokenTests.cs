using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using OrleansGov.Records;

namespace OrleansGov.Api.Tests.Access;

/// <summary>What a provider's token must say, and that nothing else opens the door. The provider of these tests lies as it is told to.</summary>
public sealed class TokenTests
{
    private const string Issuer = "https://login.example.jp";

    [Theory]
    [InlineData("", true)]
    [InlineData("aud", false)]
    [InlineData("iss", false)]
    [InlineData("exp", false)]
    [InlineData("nonce", false)]
    [InlineData("no nonce", false)]
    [InlineData("no sub", false)]
    [InlineData("alg none", false)]
    [InlineData("alg HS256", false)]
    [InlineData("another key", false)]
    [InlineData("one letter", false)]
    public async Task Token_OpensTheDoor_OnlyWhenEverythingIsRight(string lie, bool opens)
    {
        using var provider = new Provider(lie);
        await using var office = new OfficeDoor { Provider = provider, Settings = { ["SignIn:Authority"] = Issuer, ["SignIn:ClientId"] = "office" } };
        await office.Records.ChangeAsync(new StaffChange.Add(new("minatodai", "s-1", Issuer, "sub-1", "佐藤 みなと", null, 0, "test", null, null)));
        await office.Records.ChangeAsync(new StaffChange.Give(new("minatodai", "s-1", "*", "admin", 0, "test")));

        var browser = new Browser(office);
        var asked = (await browser.Get("/sign-in/start", follow: false)).Headers.Location!;
        Assert.StartsWith(Issuer + "/authorize?", asked.ToString(), StringComparison.Ordinal);
        var query = QueryHelpers.ParseQuery(asked.Query);
        Assert.Equal(("code", "S256", "https://minatodai.example/sign-in/callback"), (query["response_type"].ToString(), query["code_challenge_method"].ToString(), query["redirect_uri"].ToString()));
        provider.Nonce = query["nonce"]!;
        await browser.Get(QueryHelpers.AddQueryString("/sign-in/callback", new Dictionary<string, string?> { ["code"] = "c", ["state"] = query["state"] }), follow: false);

        Assert.Equal(opens ? HttpStatusCode.OK : HttpStatusCode.Found, (await browser.Get("/console", follow: false)).StatusCode);
        await using var read = office.Records.Read();
        Assert.Equal(opens ? 1 : 0, read.Sessions.Count());
        Assert.DoesNotContain(office.Log.Lines, l => provider.Told is { } token && l.Contains(token, StringComparison.Ordinal));
    }

    private sealed class Provider(string lie) : HttpMessageHandler
    {
        private readonly RSA _key = RSA.Create(2048);
        private readonly RSA _other = RSA.Create(2048);

        public string Nonce { get; set; } = "";

        public string? Told { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage
        {
            Content = new StringContent(JsonSerializer.Serialize(request.RequestUri!.AbsolutePath switch
            {
                "/.well-known/openid-configuration" => new { issuer = Issuer, authorization_endpoint = Issuer + "/authorize", token_endpoint = Issuer + "/token", jwks_uri = Issuer + "/jwks" },
                "/jwks" => new { keys = new[] { new { kty = "RSA", use = "sig", kid = "k", n = WebEncoders.Base64UrlEncode(_key.ExportParameters(false).Modulus!), e = WebEncoders.Base64UrlEncode(_key.ExportParameters(false).Exponent!) } } },
                _ => (object)new { access_token = "a", token_type = "Bearer", id_token = Told = Token() },
            }), Encoding.UTF8, "application/json"),
        });

        protected override void Dispose(bool disposing)
        {
            _key.Dispose();
            _other.Dispose();
            base.Dispose(disposing);
        }

        private string Token()
        {
            var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
            var claims = new Dictionary<string, object>
            {
                ["iss"] = lie == "iss" ? "https://evil.example" : Issuer, ["aud"] = lie == "aud" ? "another" : "office", ["sub"] = "sub-1", ["nonce"] = lie == "nonce" ? "another" : Nonce,
                ["iat"] = now - 600, ["exp"] = lie == "exp" ? now - 300 : now + 300,
            };
            if (lie.StartsWith("no ", StringComparison.Ordinal)) claims.Remove(lie[3..]);
            var algorithm = lie.StartsWith("alg ", StringComparison.Ordinal) ? lie[4..] : "RS256";
            var signed = $"{Part(new { alg = algorithm, typ = "JWT", kid = "k" })}.{Part(claims)}";
            var bytes = Encoding.ASCII.GetBytes(signed);
            var signature = algorithm switch
            {
                "none" => "",
                // the public key taken for a secret: the oldest trick
                "HS256" => WebEncoders.Base64UrlEncode(HMACSHA256.HashData(_key.ExportSubjectPublicKeyInfo(), bytes)),
                _ => WebEncoders.Base64UrlEncode((lie == "another key" ? _other : _key).SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            };
            if (lie == "one letter") signature = (signature[0] == 'A' ? 'B' : 'A') + signature[1..];
            return $"{signed}.{signature}";
        }

        private static string Part(object part) => WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(part));
    }
}
