using System.Globalization;
using System.Net.Sockets;
using System.Security.Claims;
using System.Threading.RateLimiting;
using OrleansGov.Api.Problems;

namespace OrleansGov.Api.Access;

/// <summary>How often one caller may call. Partitioned by key or person, else by address; the webhook has its own guard.</summary>
public sealed class ApiLimits : IDisposable
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    // of one address to the one-time forms: a town hall's network may hide many residents, a guesser needs many more
    private const int FormCalls = 3000;

    private readonly PartitionedRateLimiter<HttpContext> _limiter;
    private readonly int _calls;

    /// <param name="callsPerMinute">Of one caller to /api/v1.</param>
    public ApiLimits(int callsPerMinute = 600)
    {
        _calls = callsPerMinute;
        _limiter = PartitionedRateLimiter.Create<HttpContext, string>(http => IsLogin(http)
            ? RateLimitPartition.GetFixedWindowLimiter($"login {Address(http)}", _ => new() { PermitLimit = 5, Window = TimeSpan.FromSeconds(20), AutoReplenishment = true })
            : IsForm(http)
            ? RateLimitPartition.GetFixedWindowLimiter($"form {Address(http)}", _ => new() { PermitLimit = FormCalls, Window = Window, AutoReplenishment = true })
            : RateLimitPartition.GetFixedWindowLimiter(Caller(http), _ => new() { PermitLimit = callsPerMinute, Window = Window, AutoReplenishment = true }));
    }

    /// <summary>Refuses with 429 what is too much; tells every caller where it stands.</summary>
    public async Task Run(HttpContext http, RequestDelegate next)
    {
        if (!IsLogin(http) && !IsForm(http) && !http.Request.Path.StartsWithSegments("/api"))
        {
            await next(http);
            return;
        }

        using var lease = _limiter.AttemptAcquire(http);
        var headers = http.Response.Headers;
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
        headers["RateLimit-Limit"] = _calls.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = (_limiter.GetStatistics(http)?.CurrentAvailablePermits ?? 0).ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (lease.IsAcquired)
        {
            await next(http);
            return;
        }

        headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        await Problem.RateLimited.Answer().ExecuteAsync(http);
    }

    public void Dispose() => _limiter.Dispose();

    private static bool IsForm(HttpContext http) => http.Request.Path.StartsWithSegments("/form");

    private static bool IsLogin(HttpContext http) => HttpMethods.IsPost(http.Request.Method) && http.Request.Path.StartsWithSegments("/dev/login");

    private static string Caller(HttpContext http) => http.User.FindFirstValue(ClaimTypes.Name) is { } name ? $"name {name}" : $"address {Address(http)}";

    // A household has 2^64 IPv6 addresses: it is one caller. Where nobody called by network there is one too.
    private static string Address(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address) return "here";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
