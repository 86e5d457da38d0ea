namespace OrleansGov.Api.Pages;

/// <summary>Headers that every answer carries.</summary>
public static class SecurityHeaders
{
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(self), microphone=()";
        headers.XFrameOptions = "DENY";
        headers.ContentSecurityPolicy = PolicyOf(http.Request.Path);
        return next(http);
    });

    private static string PolicyOf(PathString path) => path.Value switch
    {
        // Swagger UI sets styles from its script and draws its icons from data: URLs.
        _ when path.StartsWithSegments("/swagger") =>
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
        // The phones show pictures that the tester has just picked, and open the office's forms in tabs of their own.
        _ when path.StartsWithSegments("/simulator") =>
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' https: data: blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
        _ when path.StartsWithSegments("/console") => StaffConsole.ConsoleSetup.ContentSecurityPolicy,
        _ => Page.ContentSecurityPolicy,
    };
}
