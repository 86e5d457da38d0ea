namespace OrleansGov.Api.Settings;

/// <summary>Under which address the world knows us (<c>Public__BaseUrl</c>); when nobody said so, the one that was called.</summary>
/// <param name="Configured">Without a slash at the end; null = not configured.</param>
public sealed record PublicAddress(string? Configured)
{
    public string BaseOf(HttpContext http) => Configured ?? $"{http.Request.Scheme}://{http.Request.Host}";
}
