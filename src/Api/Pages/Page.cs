namespace OrleansGov.Api.Pages;

/// <summary>A page for people: no script or style inside it, never stored, never framed.</summary>
public static class Page
{
    /// <summary>What a page of ours may load: its own style and script, nothing else.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

    public static IResult Show(string title, Html body, int status = StatusCodes.Status200OK, string owner = "OrleansGov") => new Shown(Html.Of($"""
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
        <main>
        {body}
        </main>
        </body>
        </html>

        """), status);

    private sealed record Shown(Html Markup, int Status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = Status;
            response.ContentType = "text/html; charset=utf-8";
            response.Headers.CacheControl = "no-store";
            response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
            return response.WriteAsync(Markup.Markup, httpContext.RequestAborted);
        }
    }
}
