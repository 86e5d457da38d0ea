using System.Net;
using Microsoft.AspNetCore.Http;

namespace OrleansGov.Api.Tests.Access;

/// <summary>Who called is the connection's address, unless a proxy we trust says otherwise.</summary>
public sealed class ProxyTests
{
    [Fact]
    public async Task Login_FromBehindATrustedProxy_IsCountedByCaller()
    {
        await using var office = Office();
        for (var i = 0; i < 6; i++) Assert.NotEqual(429, (await LogIn(office, from: "10.1.2.3", forwarded: $"198.51.100.{i}")).Response.StatusCode);
    }

    [Theory]
    [InlineData("203.0.113.9")] // no proxy of ours: its word about itself counts nothing
    [InlineData("::ffff:203.0.113.9")]
    public async Task Login_WithAForgedHeader_IsCountedByConnection(string stranger)
    {
        await using var office = Office();
        for (var i = 0; i < 5; i++) Assert.NotEqual(429, (await LogIn(office, stranger, $"198.51.100.{i}")).Response.StatusCode);
        Assert.Equal(429, (await LogIn(office, stranger, "198.51.100.5")).Response.StatusCode);
    }

    [Fact]
    public async Task Login_WithAForgedHeaderThroughATrustedProxy_IsCountedByWhatTheProxySaw()
    {
        await using var office = Office();
        for (var i = 0; i < 5; i++) await LogIn(office, "10.1.2.3", $"198.51.100.{i}, 203.0.113.9");
        Assert.Equal(429, (await LogIn(office, "10.1.2.3", "198.51.100.5, 203.0.113.9")).Response.StatusCode);
    }

    [Fact]
    public async Task Login_FromOneIpv6Network_IsOneCaller()
    {
        await using var office = Office();
        for (var i = 0; i < 5; i++) await LogIn(office, $"2001:db8:1:2::{i}", null);
        Assert.Equal(429, (await LogIn(office, "2001:db8:1:2::ffff", null)).Response.StatusCode);
        Assert.NotEqual(429, (await LogIn(office, "2001:db8:1:3::1", null)).Response.StatusCode);
    }

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("203.0.113.9", false)]
    public async Task Cookies_AreSecure_WhenATrustedProxyHeardHttps(string from, bool secure)
    {
        await using var office = Office();
        var page = await office.Server.SendAsync(http =>
        {
            http.Request.Path = "/dev/idp/authorize";
            http.Request.QueryString = new("?client_id=office&redirect_uri=https%3A%2F%2Fminatodai.example%2Fsign-in%2Fcallback&response_type=code&scope=openid"
                + "&code_challenge_method=S256&code_challenge=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU");
            http.Request.Headers["X-Forwarded-Proto"] = "https";
            http.Connection.RemoteIpAddress = IPAddress.Parse(from);
        }, OfficeDoor.Cancel);
        Assert.Equal(secure, page.Response.Headers.SetCookie.ToString().Contains("secure", StringComparison.OrdinalIgnoreCase));
    }

    private static OfficeDoor Office()
    {
        var office = new OfficeDoor { Environment = "Development" };
        office.Settings["Proxy:TrustedNetworks"] = "10.0.0.0/8";
        return office;
    }

    private static Task<HttpContext> LogIn(OfficeDoor office, string from, string? forwarded) => office.Server.SendAsync(http =>
    {
        http.Request.Path = "/sign-in/start";
        if (forwarded is not null) http.Request.Headers["X-Forwarded-For"] = forwarded;
        http.Connection.RemoteIpAddress = IPAddress.Parse(from);
    }, OfficeDoor.Cancel);
}
