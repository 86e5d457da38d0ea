using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.WebEncoders;
using OrleansGov.Api.Access;
using OrleansGov.Api.Pages;
using OrleansGov.Api.Problems;
using OrleansGov.Api.Settings;

namespace OrleansGov.Api.StaffConsole;

/// <summary>The console of the staff: Razor Pages below /console. docs/console.md says how a page is added.</summary>
internal static class ConsoleSetup
{
    public const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    public static IServiceCollection AddStaffConsole(this IServiceCollection services)
    {
        services.AddRazorPages(pages =>
        {
            pages.RootDirectory = "/StaffConsole";
            pages.Conventions.AuthorizeFolder("/", StaffAccess.People);
        }).AddMvcOptions(mvc =>
        {
            var words = mvc.ModelBindingMessageProvider;
            words.SetAttemptedValueIsInvalidAccessor((value, _) => $"「{value}」は使えません。");
            words.SetNonPropertyAttemptedValueIsInvalidAccessor(value => $"「{value}」は使えません。");
            words.SetValueMustBeANumberAccessor(_ => "数字で入力してください。");
            words.SetValueMustNotBeNullAccessor(_ => "入力してください。");
            words.SetMissingBindRequiredValueAccessor(_ => "入力してください。");
        });
        services.Configure<WebEncoderOptions>(encoder => encoder.TextEncoderSettings = new(UnicodeRanges.All)); // Japanese stays readable in the source
        services.Configure<CookieTempDataProviderOptions>(said =>
        {
            said.Cookie.Name = "og-said";
            said.Cookie.SameSite = SameSiteMode.Strict;
            said.Cookie.IsEssential = true;
        });
        services.Insert(0, ServiceDescriptor.Singleton<IProblemDetailsWriter, ProblemsForPeople>()); // before the framework's, which takes browsers for programs
        return services.AddSingleton<ConsoleMenu>().AddSingleton<Readings>();
    }

    public static void MapStaffConsole(this WebApplication app)
    {
        app.Use((http, next) =>
        {
            if (!http.Request.Path.StartsWithSegments("/console")) return next(http);
            http.Response.Headers.CacheControl = "no-store";
            return HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || StaffAccess.IsSameSite(http.Request)
                ? next(http) : Problem.Forbidden.Answer("ほかのサイトからの操作は受け付けません。").ExecuteAsync(http);
        });
        app.MapRazorPages();
        // a deed without a page: the person is still there
        app.MapPost("/console/stay", () => Results.NoContent()).AddEndpointFilter(StaffAccess.OwnPagesOnly).ExcludeFromDescription().RequireAuthorization(StaffAccess.People);
    }
}

/// <summary>A refusal, or something that broke, as a page: for people who look at the console in a browser.</summary>
internal sealed class ProblemsForPeople : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) =>
        context.HttpContext.Request.Path.StartsWithSegments("/console") && context.HttpContext.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var (http, problem) = (context.HttpContext, context.ProblemDetails);
        var status = problem.Status ?? http.Response.StatusCode;
        var (title, words) = status switch
        {
            403 => ("この操作をする権限がありません", "必要なときは、管理者に役割の追加を依頼してください。"),
            404 => ("ページが見つかりません", "アドレスが変わったか、参照できないものです。"),
            400 => ("送信した内容を受け付けられません", "画面を開き直してから、もう一度操作してください。"),
            429 => ("操作が多すぎます", "少し待ってから、もう一度操作してください。"),
            503 => ("ただいま利用できません", "少し待ってから、もう一度開いてください。受け取り済みの内容は失われていません。"),
            _ => ("処理に失敗しました", "時間をおいて繰り返しても直らないときは、下の番号を添えて管理者に知らせてください。"),
        };
        var answer = Page.Show(title, Html.Of($"""
            <h1>{title}</h1>
            <p class="lead">{words}</p>
            {(status is 403 or 404 or 400 or 429 or 503 ? Html.None : Html.Of($"<p class=\"note\">番号：<code>{http.TraceIdentifier}</code></p>"))}
            <p><a class="button" href="/console">今日の状況へ</a></p>
            """), status, http.RequestServices.GetRequiredService<TownFiles>().Towns.Values.FirstOrDefault()?.Name ?? "OrleansGov");
        return new(answer.ExecuteAsync(http));
    }
}
