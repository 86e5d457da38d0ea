using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.Json.Serialization;
using OrleansGov.Api.Access;
using OrleansGov.Api.Bodies;
using OrleansGov.Api.Conversations;
using OrleansGov.Api.Documents;
using OrleansGov.Api.Hooks;
using OrleansGov.Api.Lists;
using OrleansGov.Api.Problems;
using OrleansGov.Records;
using Stored = OrleansGov.Records.CannedReplies;

namespace OrleansGov.Api.Replies;

/// <summary>定型文: answers that are ready. Whoever answers reads them, whoever leads writes them.</summary>
public static class CannedReplyEndpoints
{
    private const string OfId = "定型文の識別子です。";

    public static IEndpointRouteBuilder MapCannedReplies(this IEndpointRouteBuilder api)
    {
        var read = api.MapGroup("/canned-replies").WithTags("canned-replies").RequireScope(Rights.Reply);
        read.MapGet("", List).WithName("listCannedReplies")
            .WithSummary("定型文の一覧を取得する").WithDescription("自治体全体のものと、見える部署のものを、題名の順に返します。")
            .Answers(new ListView<CannedReplyView>([CannedReplyView.Example], "CfDJ8…"), Answered.AsList).Refuses(Problem.Validation);
        read.MapGet("/{id}", Get).WithName("getCannedReply")
            .WithSummary("定型文を取得する").WithDescription("定型文を返します。")
            .Answers(CannedReplyView.Example, Answered.Tagged).Refuses(Problem.NotFound).Explains("id", OfId, CannedReplyView.Example.Id);

        var write = api.MapGroup("/canned-replies").WithTags("canned-replies").RequireScope(Rights.ManageReplies);
        write.MapPost("", Add).WithName("createCannedReply")
            .WithSummary("定型文を作成する").WithDescription("部署を省略すると、自治体全体のものになります。")
            .Takes(CannedReplyUpload.Example, "application/json").Answers(CannedReplyView.Example, Answered.Created)
            .Refuses(Problem.TooLarge, Problem.UnsupportedType, Problem.Malformed, Problem.UnknownProperty, Problem.Validation, Problem.TooManyReplies);
        write.MapPut("/{id}", Change).WithName("changeCannedReply")
            .WithSummary("定型文を変更する").WithDescription("題名、本文、部署を置き換えます。")
            .Takes(CannedReplyUpload.Example, "application/json").NeedsIfMatch("取得したときの ETag です。").Answers(CannedReplyView.Example)
            .Refuses(Problem.NotFound, Problem.TooLarge, Problem.UnsupportedType, Problem.Malformed, Problem.UnknownProperty, Problem.Validation).Explains("id", OfId, CannedReplyView.Example.Id);
        write.MapDelete("/{id}", Remove).WithName("removeCannedReply")
            .WithSummary("定型文を削除する").WithDescription("定型文を削除します。").NeedsIfMatch("取得したときの ETag です。")
            .Produces(StatusCodes.Status204NoContent).Refuses(Problem.NotFound).Explains("id", OfId, CannedReplyView.Example.Id);
        return api;
    }

    private static async Task<IResult> List([AsParameters] CannedReplyQuery query, ClaimsPrincipal user, RecordsStore records, Cursors cursors, HttpContext http)
    {
        var staff = Staff.Of(user);
        (string, string)? after = null;
        if (query.Cursor is { } cursor)
        {
            if (cursors.Open(staff.Id, "canned-replies", cursor)?.Split('\n', 2) is not [var id, var title]) return Problem.Validation.Answer([FieldError.BadCursor]);
            after = (title, id);
        }

        await using var read = records.Read();
        var page = await read.ListCannedRepliesAsync(staff.Town, staff.DepartmentsFor(Rights.Reply), after, query.Limit ?? 50, http.RequestAborted);
        var next = page.HasMore ? cursors.Seal(staff.Id, "canned-replies", $"{page.Items[^1].Id}\n{page.Items[^1].Title}") : null;
        return new Tagged<ListView<CannedReplyView>>(new([.. page.Items.Select(CannedReplyView.Of)], next), NextLink: NextLink.Of(http, next));
    }

    private static async Task<IResult> Get(string id, ClaimsPrincipal user, RecordsStore records) =>
        await Find(id, Staff.Of(user), Rights.Reply, records) is { } row ? Shown(row) : Problem.NotFound.Answer();

    private static async Task<IResult> Add(HttpContext http, RecordsStore records, TimeProvider clock)
    {
        var staff = Staff.Of(http.User);
        var (upload, refusal) = await JsonBody.Read<CannedReplyUpload>(http);
        if (upload is null) return refusal!;
        if (!MayWrite(staff, upload.Department)) return Wrong;
        if (await records.AddCannedReplyAsync(staff.Town, upload.Department ?? "", upload.Title, upload.Text, staff.Id, Audit(staff, http, clock, "canned-reply-created", "")) is not { } row) return Problem.TooManyReplies.Answer();
        http.Response.Headers.ETag = HookView.TagOf(row.Revision);
        return TypedResults.Created($"/api/v1/canned-replies/{row.Id}", CannedReplyView.Of(row));
    }

    private static async Task<IResult> Change(string id, HttpContext http, RecordsStore records, TimeProvider clock)
    {
        var staff = Staff.Of(http.User);
        if (await Find(id, staff, Rights.ManageReplies, records) is not { } row) return Problem.NotFound.Answer();
        if (!MayWrite(staff, Department(row))) return ControlEndpoints.Forbidden(Rights.ManageReplies);
        var (upload, refusal) = await JsonBody.Read<CannedReplyUpload>(http);
        if (upload is null) return refusal!;
        if (!MayWrite(staff, upload.Department)) return Wrong;
        if (ControlTag.Wanted(http.Request, row.Revision) is not { } revision) return Problem.PreconditionRequired.Answer(null, Current(row));
        return Outcome(await records.ChangeCannedReplyAsync(staff.Town, id, revision, upload.Department ?? "", upload.Title, upload.Text, staff.Id, Audit(staff, http, clock, "canned-reply-changed", id)));
    }

    private static async Task<IResult> Remove(string id, HttpContext http, RecordsStore records, TimeProvider clock)
    {
        var staff = Staff.Of(http.User);
        if (await Find(id, staff, Rights.ManageReplies, records) is not { } row) return Problem.NotFound.Answer();
        if (!MayWrite(staff, Department(row))) return ControlEndpoints.Forbidden(Rights.ManageReplies);
        if (ControlTag.Wanted(http.Request, row.Revision) is not { } revision) return Problem.PreconditionRequired.Answer(null, Current(row));
        return Outcome(await records.RemoveCannedReplyAsync(staff.Town, id, revision, Audit(staff, http, clock, "canned-reply-removed", id)));
    }

    private static async Task<CannedReplyRow?> Find(string id, Staff staff, string right, RecordsStore records)
    {
        await using var read = records.Read();
        return await read.FindCannedReplyAsync(staff.Town, id) is { } row && (row.Department.Length == 0 || staff.Can(right, row.Department)) ? row : null;
    }

    private static string? Department(CannedReplyRow row) => row.Department.Length == 0 ? null : row.Department;

    // the town's own are written by whoever leads in all of the town
    private static bool MayWrite(Staff staff, string? department) => department is null ? staff.DepartmentsFor(Rights.ManageReplies) is null : staff.Can(Rights.ManageReplies, department);

    private static IResult Wrong => Problem.Validation.Answer([new FieldError("/department", "この部署の定型文は作れません。")]);

    private static IResult Outcome(CannedReplyAnswer answer) => answer.Verdict switch
    {
        CannedReplyVerdict.Missing => Problem.NotFound.Answer(),
        CannedReplyVerdict.Stale => Problem.PreconditionStale.Answer(null, Current(answer.Row!)),
        _ => answer.Row is { } row ? Shown(row) : TypedResults.NoContent(),
    };

    private static Tagged<CannedReplyView> Shown(CannedReplyRow row) => new(CannedReplyView.Of(row), HookView.TagOf(row.Revision));

    private static KeyValuePair<string, object?> Current(CannedReplyRow row) => new("current", CannedReplyView.Of(row));

    private static AuditEntry Audit(Staff staff, HttpContext http, TimeProvider clock, string action, string subject) => new AuditEntry(clock.GetUtcNow(), staff.Town, staff.Name, action, subject).By(staff, http);
}

[Description("定型文です。")]
public sealed record CannedReplyView(
    [property: Description("定型文の識別子です。"), MaxLength(40)] string Id,
    [property: Description("部署です。自治体全体のものは null です。"), MaxLength(60)] string? Department,
    [property: Description("題名です。"), MaxLength(Stored.LongestTitle)] string Title,
    [property: Description("本文です。"), MaxLength(Stored.LongestText)] string Text,
    [property: Description("最後に変わった日時です。")] DateTimeOffset ChangedAt,
    [property: Description("この定型文の ETag です。"), MaxLength(20)] string Etag)
{
    public static CannedReplyView Of(CannedReplyRow row) => new(row.Id, row.Department.Length == 0 ? null : row.Department, row.Title, row.Text, TownTime.Of(row.ChangedAt), HookView.TagOf(row.Revision));

    internal static readonly CannedReplyView Example = new("5f0c1b9e6f6b4d0f9a3e2d1c0b9a8f7e", "general", "郵送請求の案内", "郵送でもお取りいただけます。申請書と本人確認書類の写しをお送りください。", new(2026, 11, 2, 12, 0, 0, Town.Offset), "\"1\"");
}

[Description("定型文の内容です。")]
public sealed record CannedReplyUpload(
    [property: JsonRequired, Description("題名です。"), MaxLength(Stored.LongestTitle)] string Title,
    [property: JsonRequired, Description("本文です。"), MaxLength(Stored.LongestText)] string Text) : Asked
{
    [Description("部署です。省略すると自治体全体のものになります。"), MaxLength(60)]
    public string? Department { get; init; }

    internal static readonly CannedReplyUpload Example = new("郵送請求の案内", CannedReplyView.Example.Text) { Department = "general" };

    protected override IEnumerable<FieldError> Contradictions()
    {
        if (string.IsNullOrWhiteSpace(Title)) yield return new("/title", "題名を入力してください。");
        if (string.IsNullOrWhiteSpace(Text)) yield return new("/text", "本文を入力してください。");
    }
}

/// <summary>Which prepared answers.</summary>
public sealed record CannedReplyQuery : Asked
{
    [FromQuery(Name = "limit"), Description("1 回に返す件数です。既定は 50 です。"), Range(1, 100), DefaultValue(50)]
    public int? Limit { get; init; }

    [FromQuery(Name = "cursor"), Description("前の応答の nextCursor です。"), MaxLength(1000)]
    public string? Cursor { get; init; }
}
