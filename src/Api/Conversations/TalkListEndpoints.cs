using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Claims;
using OrleansGov.Api.Access;
using OrleansGov.Api.Documents;
using OrleansGov.Api.Lists;
using OrleansGov.Api.Problems;
using OrleansGov.Records;

namespace OrleansGov.Api.Conversations;

/// <summary>Talks as the inbox shows them.</summary>
public static class TalkListEndpoints
{
    internal static void MapTalkList(this RouteGroupBuilder conversations) =>
        conversations.MapGet("", List).WithName("listConversations")
            .WithSummary("会話の一覧を取得する")
            .WithDescription("state を指定すると、その状態の会話を長く待っている順に返します。省略すると、部署に関係する会話を新しい順に返します。ほかの部署の会話は返しません。住民の最後の発言を含むため、参照したことは監査ログに残ります。")
            .Answers(new ListView<TalkItemView>([TalkItemView.Example], "CfDJ8…"), Answered.AsList).Refuses(Problem.Validation);

    private static async Task<IResult> List([AsParameters] TalkQuery query, ClaimsPrincipal user, RecordsStore records, Cursors cursors, TimeProvider clock, HttpContext http)
    {
        var staff = Staff.Of(user);
        TalkPosition? after = null;
        if (query.Cursor is { } cursor)
        {
            if (cursors.Open(staff.Id, query.Filter, cursor)?.Split('|', 2) is not [var at, var id]) return Problem.Validation.Answer([FieldError.BadCursor]);
            after = new(long.Parse(at, CultureInfo.InvariantCulture), id);
        }

        var mine = staff.DepartmentsFor(Scopes.ReadConversations);
        IReadOnlyCollection<string>? departments = query.Department is not { } wanted ? mine : mine is null || mine.Contains(wanted) ? [wanted] : [];
        await records.AuditAsync(AuditEntry.Read(clock.GetUtcNow(), staff.Town, staff.Name, "conversation-list", query.Filter).By(staff, http));
        await using var read = records.Read();
        var isAtWork = query.State is not null || query.Owner is not null;
        var page = isAtWork
            ? await read.ListTalksAsync(new(staff.Town, departments, query.State is { } state ? [state] : null, query.Owner == "me" ? staff.Id : query.Owner), after, query.Limit ?? 50, http.RequestAborted)
            : await read.ListRecentTalksAsync(staff.Town, departments, after, query.Limit ?? 50, http.RequestAborted);
        var next = page.HasMore ? cursors.Seal(staff.Id, query.Filter, Position(page.Items[^1].Talk, isAtWork)) : null;
        return new Tagged<ListView<TalkItemView>>(new([.. page.Items.Select(TalkItemView.Of)], next), NextLink: NextLink.Of(http, next));
    }

    private static string Position(ConversationRow row, bool isAtWork) => string.Create(CultureInfo.InvariantCulture, $"{(isAtWork ? row.Since : row.LastAt)}|{row.Id}");
}

/// <summary>A talk in a list.</summary>
[Description("一覧の中の会話です。")]
public sealed record TalkItemView(
    [property: Description("会話の識別子です。"), MaxLength(40)] string Id,
    [property: Description("LINE チャネルの名前です。"), MaxLength(32)] string Channel,
    [property: Description("状態です。bot、queued、queuedOutOfHours、human、returned、closed、erased のどれかです。"), MaxLength(20)] string State,
    [property: Description("だれが話せるか（control）の番号です。"), Range(0, int.MaxValue)] int Epoch,
    [property: Description("担当部署です。決まっていなければ null です。"), MaxLength(60)] string? Department,
    [property: Description("担当者です。いなければ null です。")] TalkOwner? Owner,
    [property: Description("案件の受付番号です。なければ null です。"), MaxLength(40)] string? CaseNumber,
    [property: Description("案件の名前です。なければ null です。"), MaxLength(200)] string? CaseTitle,
    [property: Description("住民が職員を待ち始めた日時です。待っていなければ null です。")] DateTimeOffset? WaitingSince,
    [property: Description("この日までに連絡すると住民に伝えた日です。なければ null です。")] DateOnly? CallbackBy,
    [property: Description("住民の最後の発言です。文字がないか、取り消されたときは null です。"), MaxLength(20000)] string? LastText,
    [property: Description("最後に発言があった日時です（分単位）。")] DateTimeOffset LastAt,
    [property: Description("control の ETag です。If-Match に指定できます。"), MaxLength(40)] string Etag)
{
    public static TalkItemView Of(TalkItem item) => new(
        item.Talk.Id, item.Talk.Channel, item.Talk.State, item.Talk.Epoch, item.Talk.Department, item.Talk.Owner is { } owner ? new(owner, item.Talk.OwnerName ?? "") : null,
        item.Talk.CaseNumber, item.CaseTitle, item.Talk.WaitingSince is { } since ? TownTime.Of(since) : null, item.Talk.CallbackBy, item.LastText, TownTime.Of(item.Talk.LastAt), ControlTag.Of(item.Talk.Epoch));

    internal static readonly TalkItemView Example = new(ConversationEndpoints.ExampleId, "minatodai", "queued", 16, "general", null, "A-0123", "職員への相談",
        new(2026, 11, 2, 12, 0, 0, Town.Offset), null, "住民票のことで相談したいです。", new(2026, 11, 2, 12, 1, 0, Town.Offset), "\"16\"");
}

/// <summary>Whoever has a talk, in a list.</summary>
[Description("会話の担当者です。")]
public sealed record TalkOwner(
    [property: Description("職員の識別子です。"), MaxLength(100)] string Id,
    [property: Description("職員の名前です。"), MaxLength(100)] string Name);

/// <summary>Which talks.</summary>
public sealed record TalkQuery : Asked
{
    [FromQuery(Name = "state"), Description("状態で絞り込みます。queued（待ち）、queuedOutOfHours（時間外）、human（職員対応中）、returned（ボットに戻した）、closed（終了）。"), MaxLength(20), AllowedValues(null, "queued", "queuedOutOfHours", "human", "returned", "closed")]
    public string? State { get; init; }

    [FromQuery(Name = "department"), Description("担当部署で絞り込みます。"), MaxLength(60)]
    public string? Department { get; init; }

    [FromQuery(Name = "owner"), Description("担当者で絞り込みます。me なら自分です。"), MaxLength(100)]
    public string? Owner { get; init; }

    [FromQuery(Name = "limit"), Description("1 回に返す件数です。既定は 50 です。"), Range(1, 100), DefaultValue(50)]
    public int? Limit { get; init; }

    [FromQuery(Name = "cursor"), Description("前の応答の nextCursor です。同じ条件で指定してください。"), MaxLength(1000)]
    public string? Cursor { get; init; }

    /// <summary>What a cursor is bound to.</summary>
    internal string Filter => $"conversations {State}|{Department}|{Owner}";
}
