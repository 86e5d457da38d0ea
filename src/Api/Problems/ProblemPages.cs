using OrleansGov.Api.Pages;

namespace OrleansGov.Api.Problems;

/// <summary>The pages that a problem's <c>type</c> points to, for the people who read one.</summary>
public static class ProblemPages
{
    public static IEndpointRouteBuilder MapProblemPages(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/problems").ExcludeFromDescription().AllowAnonymous();
        pages.MapGet("", () => Page.Show("API のエラー一覧", Html.Of($"""
            <h1>API のエラー一覧</h1>
            <ul class="plain-list">{Problem.All.Select(p => Html.Of($"<li><a href=\"/problems/{p.Code}\"><code>{p.Code}</code></a> {p.Status} {p.Title}</li>"))}</ul>
            """)));
        pages.MapGet("/{**code}", (string code) => Problem.All.Find(p => p.Code == code) is { } problem
            ? Page.Show(problem.Title, Html.Of($"""
                <h1>{problem.Title}</h1>
                <p><code>{problem.Code}</code>（HTTP {problem.Status}）</p>
                <p>{problem.Detail}</p>
                <h2>対処</h2>
                <p>{problem.Remedy}</p>
                <p><a href="/problems">エラー一覧へ</a></p>
                """))
            : Page.Show("見つかりません", Html.Of($"<h1>見つかりません</h1><p>この名前のエラーはありません。</p><p><a href=\"/problems\">エラー一覧へ</a></p>"), StatusCodes.Status404NotFound));
        return app;
    }
}
