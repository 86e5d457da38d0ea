using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using OrleansGov.Api.Pages;

namespace OrleansGov.Api.Access;

/// <summary>A login without passwords, for developers at their own machine. In any other environment neither its routes nor its cookie exist.</summary>
public static class DevelopmentLogin
{
    public const string Scheme = "DevelopmentLogin";

    public static AuthenticationBuilder AddDevelopmentLogin(this AuthenticationBuilder authentication) => authentication.AddCookie(Scheme, cookie =>
    {
        cookie.Cookie.Name = "og-dev";
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.Cookie.HttpOnly = true;
        cookie.ExpireTimeSpan = TimeSpan.FromHours(8);
        cookie.Events.OnRedirectToLogin = context => Answer(context.HttpContext, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context => Answer(context.HttpContext, StatusCodes.Status403Forbidden);
    });

    public static IEndpointRouteBuilder MapDevelopmentLogin(this IEndpointRouteBuilder app, IReadOnlyCollection<Town> towns)
    {
        var login = app.MapGroup("/dev").ExcludeFromDescription().AllowAnonymous();
        login.MapGet("/login", (HttpContext http, IAntiforgery antiforgery, ClaimsPrincipal user) => Show(http, antiforgery, user, towns));
        login.MapPost("/login", async (HttpContext http, IAntiforgery antiforgery) =>
        {
            if (!await antiforgery.IsRequestValidAsync(http)) return Results.BadRequest();
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            if (towns.FirstOrDefault(t => t.Id == form["town"]) is not { } town) return Results.BadRequest();
            var department = town.Departments.Find(d => d.Id == form["department"]);
            var staff = new Staff($"開発用・{department?.Name ?? "全部署"}", town.Id, department is null ? null : [department.Id]);
            await http.SignInAsync(Scheme, staff.Principal(Scheme, Scopes.All));
            return Results.Redirect("/swagger");
        });
        login.MapPost("/logout", async (HttpContext http, IAntiforgery antiforgery) =>
        {
            if (!await antiforgery.IsRequestValidAsync(http)) return Results.BadRequest();
            await http.SignOutAsync(Scheme);
            return Results.Redirect("/dev/login");
        });
        return app;
    }

    private static IResult Show(HttpContext http, IAntiforgery antiforgery, ClaimsPrincipal user, IReadOnlyCollection<Town> towns)
    {
        var tokens = antiforgery.GetAndStoreTokens(http);
        var hidden = Html.Of($"<input type=\"hidden\" name=\"{tokens.FormFieldName}\" value=\"{tokens.RequestToken}\">");
        return Page.Show("開発用ログイン", Html.Of($"""
            <h1>開発用ログイン</h1>
            <p class="lead">開発環境だけのログインです。パスワードはありません。</p>
            {(user.Identity is { IsAuthenticated: true, Name: { } name } ? Html.Of($"<form method=\"post\" action=\"/dev/logout\">{hidden}<p>{name} としてログインしています。</p><button type=\"submit\">ログアウト</button></form>") : Html.None)}
            {towns.Select(town => Html.Of($"""
                <h2>{town.Name}</h2>
                <form method="post">{hidden}<input type="hidden" name="town" value="{town.Id}">
                <div class="field"><label for="d-{town.Id}">部署</label>
                <select id="d-{town.Id}" name="department"><option value="">すべての部署</option>{town.Departments.Select(d => Html.Of($"<option value=\"{d.Id}\">{d.Name}</option>"))}</select></div>
                <button type="submit">ログインする</button>
                </form>
                """))}
            """));
    }

    private static Task Answer(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
