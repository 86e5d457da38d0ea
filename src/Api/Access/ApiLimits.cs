using System.Globalization;
using System.Net.Sockets;
using System.Security.Claims;
using System.Threading.RateLimiting;
using OrleansGov.Api.Problems;

namespace OrleansGov.Api.Access;

/// <summary>
/// How often one caller may call: the API by key or person, sign-in, one-time forms and health by address; and no address more than the ceiling in all.
/// The webhook has its own guard.
/// </summary>
public sealed class ApiLimits : IDisposable
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Of one address per minute: a town hall's network may hide many people, a guesser needs many more.</summary>
    public const int Ceiling = 3000;

    private readonly PartitionedRateLimiter<HttpContext> _limiter;
    private readonly int _calls;
    private readonly int _signIns;

    /// <param name="callsPerMinute">Of one caller to /api/v1.</param>
    /// <param name="signIns">Begun from one address within 20 seconds.</param>
    public ApiLimits(int callsPerMinute = 600, int signIns = SignInSettings.UsualAttempts)
    {
        _calls = callsPerMinute;
        _signIns = signIns;
        _limiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(http => Within(RuleOf(http)!)),
            PartitionedRateLimiter.Create<HttpContext, string>(http => Within(new($"ceiling {Address(http)}", Ceiling, Window))));
    }

    /// <summary>Refuses with 429 what is too much; tells every caller where it stands.</summary>
    public async Task Run(HttpContext http, RequestDelegate next)
    {
        if (RuleOf(http) is not { } rule)
        {
            await next(http);
            return;
        }

        using var lease = _limiter.AttemptAcquire(http);
        var headers = http.Response.Headers;
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : rule.Window;
        headers["RateLimit-Limit"] = rule.Calls.ToString(CultureInfo.InvariantCulture);
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

    private Rule? RuleOf(HttpContext http)
    {
        var path = http.Request.Path;
        if (path.Equals("/sign-in/start", StringComparison.OrdinalIgnoreCase)) return new($"sign-in {Address(http)}", _signIns, TimeSpan.FromSeconds(20));
        if (path.StartsWithSegments("/form")) return new($"form {Address(http)}", Ceiling, Window);
        if (path.StartsWithSegments("/health")) return new($"health {Address(http)}", Ceiling, Window);
        return path.StartsWithSegments("/api") ? new(Caller(http), _calls, Window) : null;
    }

    private static RateLimitPartition<string> Within(Rule rule) =>
        RateLimitPartition.GetFixedWindowLimiter(rule.Partition, _ => new() { PermitLimit = rule.Calls, Window = rule.Window, AutoReplenishment = true });

    private static string Caller(HttpContext http) => http.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } id ? $"caller {id}" : $"address {Address(http)}";

    // A household has 2^64 IPv6 addresses: it is one caller. Where nobody called by network there is one too.
    private static string Address(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address) return "here";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private sealed record Rule(string Partition, int Calls, TimeSpan Window);
}
