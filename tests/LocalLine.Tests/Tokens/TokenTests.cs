using System.Net;

namespace OrleansGov.LocalLine.Tests.Tokens;

public sealed class TokenTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("unknown")]
    public async Task Bearer_MissingOrUnknown_IsUnauthorized(string? bearer)
    {
        await using var town = await Town.Open();
        var answer = await town.Send(HttpMethod.Get, "/v2/bot/info", null, bearer);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.StartsWith("Authentication failed due to the following reason: ", answer.Message, StringComparison.Ordinal);
        Assert.NotNull(answer.RequestId);
    }

    [Fact]
    public async Task StatelessToken_LivesFifteenMinutes()
    {
        await using var town = await Town.Open();
        var issued = await Issue(town, "/oauth2/v3/token");
        var token = issued.Json.GetProperty("access_token").GetString()!;
        var fresh = await town.Get("/v2/bot/info", token);
        town.Time.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal(900, issued.Json.GetProperty("expires_in").GetInt64());
        Assert.Equal(HttpStatusCode.OK, fresh.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await town.Get("/v2/bot/info", token)).Status);
    }

    [Fact]
    public async Task ShortLivedToken_TheThirtyFirst_RevokesTheOldest()
    {
        await using var town = await Town.Open();
        var tokens = new List<string>();
        for (var n = 0; n < 31; n++) tokens.Add((await Issue(town, "/v2/oauth/accessToken")).Json.GetProperty("access_token").GetString()!);

        Assert.Equal(HttpStatusCode.Unauthorized, (await town.Get("/v2/bot/info", tokens[0])).Status);
        Assert.Equal(HttpStatusCode.OK, (await town.Get("/v2/bot/info", tokens[1])).Status);
    }

    [Fact]
    public async Task Token_WithWrongSecret_IsRefusedInOAuthForm()
    {
        await using var town = await Town.Open();
        var refused = await Issue(town, "/oauth2/v3/token", "wrong");

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("invalid_client", refused.Json.GetProperty("error").GetString());
    }

    private static Task<Reply> Issue(Town town, string path, string? secret = null) => town.Send(HttpMethod.Post, path, new FormUrlEncodedContent(new Dictionary<string, string>
    {
        ["grant_type"] = "client_credentials",
        ["client_id"] = town.Channel.Settings.ChannelId,
        ["client_secret"] = secret ?? town.Channel.Settings.Secret,
    }), bearer: null);
}
