using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using OrleansGov.Api.Access;
using OrleansGov.Api.Documents;
using OrleansGov.Api.Lists;
using OrleansGov.Api.Problems;
using OrleansGov.Records;

namespace OrleansGov.Api.AuditEvents;

/// <summary>Who did, read or tried what. Looking is a line of its own.</summary>
public static class AuditEndpoints
{
    public static IEndpointRouteBuilder MapAuditEvents(this IEndpointRouteBuilder api)
    {
        api.MapGet("/audit-events", List).WithTags("audit-events").RequireScope(Rights.ReadAudit).WithName("listAuditEvents")
            .WithSummary("監査ログを取得する").WithDescription("新しい順に並びます。会話の内容は含みません。各行は、前の行とつながるハッシュを持ちます。参照したことも監査ログに残ります。")
            .Answers(new ListView<AuditView>([AuditView.Example], "CfDJ8…"), Answered.AsList).Refuses(Problem.Validation);
        return api;
    }

    private static async Task<IResult> List([AsParameters] AuditQuery query, HttpContext http, RecordsStore records, Cursors cursors, TimeProvider clock)
    {
        var staff = Staff.Of(http.User);
        long? before = null;
        if (query.Cursor is { } cursor)
        {
            if (cursors.Open(staff.Id, query.Filter, cursor) is not { } place) return Problem.Validation.Answer([FieldError.BadCursor]);
            before = long.Parse(place, CultureInfo.InvariantCulture);
        }

        await records.AuditAsync(AuditEntry.Read(clock.GetUtcNow(), staff.Town, staff.Name, "audit", staff.Town).By(staff, http));
        await using var read = records.Read();
        var page = await read.ListAuditAsync(new(staff.Town, query.Kind, query.Actor, query.Action, query.Subject, query.Department, query.From, query.To), before, query.Limit ?? 50, http.RequestAborted);
        var next = page.HasMore ? cursors.Seal(staff.Id, query.Filter, page.Items[^1].Place.ToString(CultureInfo.InvariantCulture)) : null;
        return new Tagged<ListView<AuditView>>(new([.. page.Items.Select(AuditView.Of)], next), NextLink: NextLink.Of(http, next));
    }
}

[Description("監査ログの1行です。")]
public sealed record AuditView(
    [property: Description("自治体の中での順番です。"), Range(1, 9007199254740991)] long Place,
    [property: Description("日時です。")] DateTimeOffset At,
    [property: Description("change（変更）、read（参照）、refusal（拒否）のどれかです。"), MaxLength(10)] string Kind,
    [property: Description("行った人またはキーの名前です。"), MaxLength(200)] string By,
    [property: Description("行った人またはキーの識別子です。なければ null です。"), MaxLength(200)] string? Actor,
    [property: Description("行ったことです。"), MaxLength(100)] string Action,
    [property: Description("対象の識別子です。"), MaxLength(500)] string Subject,
    [property: Description("関係する部署です。なければ null です。"), MaxLength(60)] string? Department,
    [property: Description("補足です。なければ null です。"), MaxLength(2000)] string? Detail,
    [property: Description("変更前の値です。なければ null です。"), MaxLength(2000)] string? Before,
    [property: Description("変更後の値です。なければ null です。"), MaxLength(2000)] string? After,
    [property: Description("理由です。なければ null です。"), MaxLength(2000)] string? Reason,
    [property: Description("IP アドレスです。なければ null です。"), MaxLength(60)] string? Address,
    [property: Description("リクエストの識別子です。なければ null です。"), MaxLength(200)] string? Request,
    [property: Description("この行のハッシュ（SHA-256）です。"), MaxLength(64)] string Hash)
{
    public static AuditView Of(AuditRow row) => new(
        row.Place, TownTime.Of(row.At), row.Kind, row.Principal, row.Actor, row.Action, row.Subject, row.Department, row.Detail, row.Before, row.After, row.Reason, row.Address, row.Request, row.Hash);

    internal static readonly AuditView Example = new(128, new(2026, 11, 2, 12, 0, 0, Town.Offset), "read", "港 花子", "s-7f3k", "conversation-read", "abcdefghijklmnopqrstuvwxyz234567",
        "general", null, null, null, null, "192.0.2.1", "0HNH5U7K2J1QB:00000001", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
}

/// <summary>Which lines.</summary>
public sealed record AuditQuery : Asked
{
    [FromQuery(Name = "kind"), Description("種類で絞り込みます。change、read、refusal のどれかです。"), AllowedValues(null, "change", "read", "refusal"), MaxLength(10)]
    public string? Kind { get; init; }

    [FromQuery(Name = "actor"), Description("行った人の識別子か名前で絞り込みます。"), MaxLength(200)]
    public string? Actor { get; init; }

    [FromQuery(Name = "action"), Description("行ったことで絞り込みます。"), MaxLength(100)]
    public string? Action { get; init; }

    [FromQuery(Name = "subject"), Description("対象で絞り込みます。"), MaxLength(500)]
    public string? Subject { get; init; }

    [FromQuery(Name = "department"), Description("部署で絞り込みます。"), MaxLength(60)]
    public string? Department { get; init; }

    [FromQuery(Name = "from"), Description("この日時以降です。")]
    public DateTimeOffset? From { get; init; }

    [FromQuery(Name = "to"), Description("この日時より前です。")]
    public DateTimeOffset? To { get; init; }

    [FromQuery(Name = "limit"), Description("1 回に返す件数です。既定は 50 です。"), Range(1, 100), DefaultValue(50)]
    public int? Limit { get; init; }

    [FromQuery(Name = "cursor"), Description("前の応答の nextCursor です。同じ条件で指定してください。"), MaxLength(1000)]
    public string? Cursor { get; init; }

    /// <summary>What a cursor is bound to.</summary>
    internal string Filter => $"audit {Kind}|{Actor}|{Action}|{Subject}|{Department}|{From:O}|{To:O}";
}
