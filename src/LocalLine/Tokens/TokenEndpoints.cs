using System.Text.Json.Nodes;
using OrleansGov.LocalLine.Http;
using OrleansGov.LocalLine.World;

namespace OrleansGov.LocalLine.Tokens;

/// <summary>Issue, verify and revoke (LINE reference, Channel access token). Forms in, OAuth errors out.</summary>
internal static class TokenEndpoints
{
    private const string JwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    public static IEnumerable<Endpoint> All =>
    [
        Form("token", "/oauth2/v3/token", Stateless),
        Form("token-v2.1", "/oauth2/v2.1/token", V21),
        Endpoint.Get("token-kids", "/oauth2/v2.1/tokens/kid", KeyIds) with { Anonymous = true },
        Form("token-revoke-v2.1", "/oauth2/v2.1/revoke", RevokeV21),
        Form("token-short", "/v2/oauth/accessToken", ShortLived),
        Form("token-verify", "/v2/oauth/verify", VerifyShort),
        Form("token-revoke", "/v2/oauth/revoke", Revoke),
    ];

    private static Endpoint Form(string name, string template, Func<Call, Answer> handle) => Endpoint.Post(name, template, handle, BodyKind.Form) with { Anonymous = true };

    private static Answer Stateless(Call call)
    {
        if (Wrong(call) is { } wrong) return wrong;
        var (channel, _, refusal) = call.Form.ContainsKey("client_assertion") ? ByAssertion(call) : BySecret(call);
        return channel is null ? refusal! : Issued(call.Platform.Tokens.Issue(channel, TokenKind.Stateless, TimeSpan.FromMinutes(15), call.Now)!, call.Now);
    }

    private static Answer ShortLived(Call call)
    {
        if (Wrong(call) is { } wrong) return wrong;
        var (channel, _, refusal) = BySecret(call);
        return channel is null ? refusal! : Issued(call.Platform.Tokens.Issue(channel, TokenKind.ShortLived, TimeSpan.FromDays(30), call.Now)!, call.Now);
    }

    private static Answer V21(Call call)
    {
        if (Wrong(call) is { } wrong) return wrong;
        var (channel, seconds, refusal) = ByAssertion(call);
        if (channel is null) return refusal!;
        if (seconds is < 1 or > 2_592_000) return Answer.OAuth(400, "invalid_request", "token_exp must be within 30 days");
        return call.Platform.Tokens.Issue(channel, TokenKind.V21, TimeSpan.FromSeconds(seconds), call.Now) is { } token
            ? Issued(token, call.Now)
            : Answer.OAuth(400, "invalid_request", "The maximum number of channel access tokens has been issued");
    }

    private static Answer KeyIds(Call call)
    {
        var (claims, reason) = TokenOffice.ReadAssertion(call.Query("client_assertion") ?? "", call.Platform.ChannelById, call.Now);
        return claims is null
            ? Answer.OAuth(400, "invalid_client", reason)
            : Answer.Ok(new JsonObject
            {
                ["kids"] = new JsonArray([.. call.Platform.Tokens.KeyIds(call.Platform.ChannelById(claims.Value.GetProperty("iss").GetString()!)!, call.Now).Select(k => (JsonNode)k)]),
            });
    }

    private static Answer RevokeV21(Call call)
    {
        var (channel, _, refusal) = BySecret(call);
        if (channel is null) return refusal!;
        call.Platform.Tokens.End(call.Form["access_token"].ToString());
        return new Answer(200, default);
    }

    private static Answer Revoke(Call call)
    {
        if (call.Platform.Tokens.Find(call.Form["access_token"].ToString(), call.Now) is { Kind: not TokenKind.Stateless } token) call.Platform.Tokens.End(token.Value);
        return new Answer(200, default);
    }

    private static Answer VerifyShort(Call call) => call.Platform.Tokens.Find(call.Form["access_token"].ToString(), call.Now) is { } token
        ? Answer.Ok(new JsonObject
        {
            ["client_id"] = token.Channel.Settings.ChannelId,
            ["expires_in"] = (long)Math.Min((token.ExpiresAt - call.Now).TotalSeconds, int.MaxValue),
            ["scope"] = "P CM",
        })
        : Answer.OAuth(400, "invalid_request", "access token expired");

    private static Answer? Wrong(Call call) => call.MediaType != "application/x-www-form-urlencoded"
        ? Answer.OAuth(415, "invalid_request", $"The content type, {call.MediaType ?? "null"}, is not supported")
        : call.Form["grant_type"] != "client_credentials" ? Answer.OAuth(400, "unsupported_grant_type", "grant_type must be client_credentials") : null;

    private static (LocalChannel? Channel, long Seconds, Answer? Refusal) BySecret(Call call)
    {
        var channel = call.Platform.ChannelById(call.Form["client_id"].ToString());
        return channel is not null && channel.Settings.Secret == call.Form["client_secret"]
            ? (channel, 0, null)
            : (null, 0, Answer.OAuth(400, "invalid_client", "Invalid client_id or client_secret"));
    }

    private static (LocalChannel? Channel, long Seconds, Answer? Refusal) ByAssertion(Call call)
    {
        if (call.Form["client_assertion_type"] != JwtBearer) return (null, 0, Answer.OAuth(400, "invalid_request", "client_assertion_type is invalid"));
        var (claims, reason) = TokenOffice.ReadAssertion(call.Form["client_assertion"].ToString(), call.Platform.ChannelById, call.Now);
        return claims is { } read
            ? (call.Platform.ChannelById(read.GetProperty("iss").GetString()!), read.TryGetProperty("token_exp", out var life) ? life.GetInt64() : 0, null)
            : (null, 0, Answer.OAuth(400, "invalid_client", reason));
    }

    private static Answer Issued(AccessToken token, DateTimeOffset now)
    {
        var body = new JsonObject { ["token_type"] = "Bearer", ["access_token"] = token.Value, ["expires_in"] = (long)(token.ExpiresAt - now).TotalSeconds };
        if (token.Kind == TokenKind.V21) body["key_id"] = token.KeyId;
        return Answer.Ok(body);
    }
}
