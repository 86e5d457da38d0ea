namespace OrleansGov.Api.Pages;

/// <summary>A page for people: no script or style inside it, never stored, never framed.</summary>
public static class Page
{
    /// <summary>What a page of ours may load: its own style and script, nothing else.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

    /// <param name="refreshes">The page renews itself every 15 seconds while somebody looks at it.</param>
    public static IResult Show(string title, Html body, int status = StatusCodes.Status200OK, string owner = "OrleansGov", bool refreshes = false) => new Shown(Html.Of($"""
        <!DOCTYPE html>
        <html lang="ja">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <meta name="format-detection" content="telephone=no">
        <title>{title}｜{owner}</title>
        <link rel="stylesheet" href="/pages/page.css">
        <script type="module" src="/pages/page.js"></script>
        </head>
        <body>
        <header class="owner">{owner}</header>
        {(refreshes ? Html.Of($"<main data-refresh=\"15\">{body}</main>") : Html.Of($"<main>{body}</main>"))}
        </body>
        </html>

        """), status, refreshes ? $"{ContentSecurityPolicy}; connect-src 'self'" : ContentSecurityPolicy);

    private sealed record Shown(Html Markup, int Status, string Policy) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = Status;
            response.ContentType = "text/html; charset=utf-8";
            response.Headers.CacheControl = "no-store";
            response.Headers.ContentSecurityPolicy = Policy;
            return response.WriteAsync(Markup.Markup, httpContext.RequestAborted);
        }
    }
}
