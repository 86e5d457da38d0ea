using System.Globalization;
using System.Security.Claims;
using OrleansGov.Api.Access;
using OrleansGov.Api.Documents;
using OrleansGov.Api.Lists;
using OrleansGov.Api.Problems;
using OrleansGov.Records;

namespace OrleansGov.Api.Cases;

/// <summary>Cases as staff find them.</summary>
public static class CaseEndpoints
{
    public static IEndpointRouteBuilder MapCases(this IEndpointRouteBuilder api)
    {
        var cases = api.MapGroup("/cases").WithTags("cases").RequireScope(Scopes.ReadCases);
        cases.MapGet("", List).WithName("listCases")
            .WithSummary("案件の一覧を取得する").WithDescription("新しい順に並びます。見える部署の案件だけを返します。")
            .Answers(new ListView<CaseView>([CaseView.Example], "CfDJ8…"), Answered.AsList).Refuses(Problem.Validation);
        cases.MapGet("/{number}", Get).WithName("getCase")
            .WithSummary("案件を取得する").WithDescription("案件と、その経過を返します。ほかの部署の案件は、存在しない場合と同じ応答になります。")
            .Answers(new CaseDetailView(CaseView.Example, [new(CaseView.Example.OpenedAt, "opened", "resident")]), Answered.Tagged).Refuses(Problem.NotFound)
            .Explains("number", "受付番号です。", "S-20261102-0007");
        cases.MapCaseChanges();
        return api;
    }

    private static async Task<IResult> List([AsParameters] CaseQuery query, ClaimsPrincipal user, RecordsStore records, Cursors cursors, HttpContext http)
    {
        var staff = Staff.Of(user);
        CasePosition? after = null;
        if (query.Cursor is { } cursor)
        {
            if (cursors.Open(staff.Name, query.Filter, cursor)?.Split('|', 2) is not [var at, var number]) return Problem.Validation.Answer([FieldError.BadCursor]);
            after = new(long.Parse(at, CultureInfo.InvariantCulture), number);
        }

        await using var read = records.Read();
        var page = await read.ListCasesAsync(
            new(staff.Town, staff.Among(query.Department), query.Status, query.ProcedureId, query.OpenedFrom, query.OpenedTo), after, query.Limit ?? 50, http.RequestAborted);
        var next = page.HasMore ? cursors.Seal(staff.Name, query.Filter, $"{page.Items[^1].OpenedAt}|{page.Items[^1].Number}") : null;
        return new Tagged<ListView<CaseView>>(new([.. page.Items.Select(CaseView.Of)], next), NextLink: NextLink.Of(http, next));
    }

    private static async Task<IResult> Get(string number, ClaimsPrincipal user, RecordsStore records, CancellationToken cancel)
    {
        var staff = Staff.Of(user);
        await using var read = records.Read();
        if (await read.FindCaseAsync(staff.Town, number, cancel) is not { } found || !staff.Sees(found.Department)) return Problem.NotFound.Answer();
        var history = await read.CaseHistoryAsync(staff.Town, number, cancel);
        var view = CaseView.Of(found);
        return new Tagged<CaseDetailView>(new(view, [.. history.Select(e => new CaseEventView(TownTime.Of(e.At), e.What, e.By))]), view.Etag);
    }
}
