using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using OrleansGov.Api.Pages;

namespace OrleansGov.Api.Access;

/// <summary>The page before the provider's, the way there, and the way out.</summary>
public static class SignInEndpoints
{
    public static IEndpointRouteBuilder MapSignIn(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/sign-in").ExcludeFromDescription().AllowAnonymous();
        pages.MapGet("", (string? back, string? why, Settings.TownFiles towns, Settings.OfficeSettings office) => Page.Show("サインイン", Html.Of($"""
            <div class="sign-in">
            {Said(why)}
            <h1>職員のサインイン</h1>
            <p class="lead">自治体の職員アカウントでサインインします。</p>
            <p><a class="button" href="/sign-in/start?back={Uri.EscapeDataString(SignIn.BackTo(back))}">サインイン画面へ進む</a></p>
            <p class="support">15 分間操作しないと、または 8 時間たつと、サインアウトします。</p>
            </div>
            """), owner: $"{towns.Towns[office.DefaultTown].Name} 職員コンソール"));
        pages.MapGet("/start", (string? back) => Results.Challenge(new() { RedirectUri = SignIn.BackTo(back) }, [SignIn.Provider]));
        pages.MapGet("/out", async (IOptionsMonitor<OpenIdConnectOptions> provider, SignInSettings settings, Settings.PublicAddress office, CancellationToken cancel) =>
        {
            var known = await provider.Get(SignIn.Provider).ConfigurationManager!.GetConfigurationAsync(cancel);
            return string.IsNullOrEmpty(known.EndSessionEndpoint) ? Results.Redirect("/sign-in?why=out")
                : Results.Redirect($"{known.EndSessionEndpoint}?client_id={Uri.EscapeDataString(settings.ClientId)}&post_logout_redirect_uri={Uri.EscapeDataString(office.Base + "/sign-in")}");
        });
        app.MapPost("/sign-out", async (HttpContext http, IAntiforgery antiforgery) =>
        {
            if (!StaffAccess.IsSameSite(http.Request) || !await antiforgery.IsRequestValidAsync(http)) return Results.BadRequest();
            await http.SignOutAsync(SessionAuthentication.Name);
            return Results.Redirect("/sign-in?why=out");
        }).ExcludeFromDescription().AllowAnonymous();
        return app;
    }

    private static Html Said(string? why) => why switch
    {
        "out" => Html.Of($"""<div class="note" role="status"><p><strong>サインアウトしました。</strong></p><p>共用のパソコンでは、<a href="/sign-in/out">認証基盤からもサインアウト</a>してください。</p></div>"""),
        "unknown" => Refused("このアカウントは登録されていません", "管理者に連絡してください。「職員・役割・部署」の画面に、このアカウントが登録待ちとして表示されています。"),
        "disabled" => Refused("このアカウントは停止されています", "管理者に連絡してください。"),
        "no-role" => Refused("役割がありません", "サインインはできましたが、担当する部署と役割が決まっていません。管理者に連絡してください。"),
        "acr" => Refused("認証の強さが足りません", "多要素認証でサインインし直してください。"),
        "often" => Refused("サインインの回数が多すぎます", "5 分ほど待ってから、もう一度お試しください。"),
        "cancelled" => Refused("サインインが完了しませんでした", "途中で取りやめたか、時間がたちすぎました。もう一度お試しください。"),
        "failed" => Refused("サインインできませんでした", "もう一度お試しください。繰り返すときは、管理者に連絡してください。"),
        _ => Html.None,
    };

    private static Html Refused(string what, string todo) => Html.Of($"<div class=\"error-summary\" role=\"alert\" tabindex=\"-1\"><h2>{what}</h2><p>{todo}</p></div>");
}
