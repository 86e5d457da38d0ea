namespace OrleansGov.LocalLine.Tests.Tokens;

public sealed class IdTokenTests
{
    [Theory]
    [InlineData("2000", "n1", 0, null, null)]
    [InlineData("2001", "n1", 0, null, "Invalid IdToken Audience.")]
    [InlineData("2000", "n2", 0, null, "Invalid IdToken Nonce.")]
    [InlineData("2000", "n1", 61, null, "IdToken expired.")]
    [InlineData("2000", "n1", 0, "https://example.com", "Invalid IdToken Issuer.")]
    public async Task Verify_SaysWhatIsWrong(string client, string nonce, int minutes, string? issuer, string? expected)
    {
        await using var town = await Town.Open(change: s => s with { LoginChannelId = "2000" });
        var token = town.Platform.IssueIdToken(town.Hanako, "n1", issuer: issuer);
        town.Time.Advance(TimeSpan.FromMinutes(minutes));

        var answer = await Verify(town, token, client, nonce);

        if (expected is null) Assert.Equal(town.Hanako.Id, answer.Json.GetProperty("sub").GetString());
        else Assert.Equal(expected, answer.Json.GetProperty("error_description").GetString());
    }

    [Fact]
    public async Task Verify_OfAnotherWorldsToken_IsInvalid()
    {
        await using var town = await Town.Open(change: s => s with { LoginChannelId = "2000" });
        await using var elsewhere = await Town.Open(change: s => s with { LoginChannelId = "2000" });

        var answer = await Verify(town, elsewhere.Platform.IssueIdToken(elsewhere.Hanako), "2000", "");
        Assert.Equal("Invalid IdToken.", answer.Json.GetProperty("error_description").GetString());
    }

    private static Task<Reply> Verify(Town town, string token, string client, string nonce) => town.Send(HttpMethod.Post, "/oauth2/v2.1/verify",
        new FormUrlEncodedContent(new Dictionary<string, string> { ["id_token"] = token, ["client_id"] = client, ["nonce"] = nonce }), bearer: null);
}
