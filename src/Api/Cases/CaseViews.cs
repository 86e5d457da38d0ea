using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using OrleansGov.Api.Lists;
using OrleansGov.Records;

namespace OrleansGov.Api.Cases;

/// <summary>A case as staff of its department see it; no personal answers.</summary>
[Description("案件（申込み・相談）です。氏名・電話番号などの個人情報は含みません。")]
public record CaseView(
    [property: Description("受付番号です。"), MaxLength(40)] string Number,
    [property: Description("会話の識別子です。LINE のユーザー ID ではありません。"), MaxLength(40)] string ConversationId,
    [property: Description("手続きの識別子です。"), MaxLength(60)] string ProcedureId,
    [property: Description("手続きの版です。"), Range(1, 1_000_000)] int Version,
    [property: Description("手続きの名前です。"), MaxLength(200)] string Title,
    [property: Description("担当部署の識別子です。"), MaxLength(60)] string Department,
    [property: Description("application（申込み）か consultation（相談）です。"), MaxLength(40)] string Kind,
    [property: Description("状態です。accepted、changed、cancelled、waiting、done など。"), MaxLength(40)] string Status,
    [property: Description("予約した枠です。予約がなければ null です。"), MaxLength(120)] string? Resource,
    [property: Description("予約した日です。予約がなければ null です。")] DateOnly? Day,
    [property: Description("手数料（円）です。なければ null です。"), Range(0, 100_000_000)] int? Fee,
    [property: Description("個人情報を除いた内容の要約です。"), MaxLength(4000)] string Summary,
    [property: Description("受付日時です。")] DateTimeOffset OpenedAt,
    [property: Description("最後に変わった日時です。")] DateTimeOffset ChangedAt,
    [property: Description("この案件の ETag です。"), MaxLength(40)] string Etag)
{
    public static CaseView Of(CaseRow row) => new(row.Number, row.Resident, row.ProcedureId, row.Version, row.Title, row.Department, row.Kind, row.Status,
        row.Resource, row.Day, row.Fee, row.Summary, TownTime.Of(row.OpenedAt), TownTime.Of(row.ChangedAt), Broadcasts.BroadcastTag.Of(row.Revision, row))
    {
        Owner = row.Owner is { } owner ? new(owner, row.OwnerName ?? "") : null,
        Labels = row.Labels?.Split('\n') ?? [],
        Result = row.Result,
        CallbackBy = row.CallbackBy,
    };

    [Description("担当者です。いなければ null です。")]
    public Conversations.TalkOwner? Owner { get; init; }

    [Description("ラベルです。"), MaxLength(20)]
    public IReadOnlyList<string> Labels { get; init; } = [];

    [Description("結果の区分です。終わっていなければ null です。"), MaxLength(60)]
    public string? Result { get; init; }

    [Description("この日までに連絡すると住民に伝えた日です。なければ null です。")]
    public DateOnly? CallbackBy { get; init; }

    internal static readonly CaseView Example = new("S-20261102-0007", "abcdefghijklmnopqrstuvwxyz234567", "bulky-waste", 1, "粗大ごみの申込み", "environment",
        "application", "accepted", "bulky-waste/north", new(2026, 11, 10), 1200, "ソファ（2人掛け）×1、机 ×2",
        new(2026, 11, 2, 12, 0, 0, Town.Offset), new(2026, 11, 2, 12, 0, 0, Town.Offset), "\"1-5f2c9a7be1d04c38\"");
}

/// <summary>One case with its history.</summary>
[Description("案件と、その経過です。")]
public sealed record CaseDetailView : CaseView
{
    public CaseDetailView(CaseView view, IReadOnlyList<CaseEventView> history)
        : base(view) => History = history;

    [Description("経過です。古い順に並びます。"), MaxLength(1000)]
    public IReadOnlyList<CaseEventView> History { get; }
}

[Description("案件の経過の1行です。")]
public sealed record CaseEventView(
    [property: Description("日時です。")] DateTimeOffset At,
    [property: Description("できごとです。opened、changed、cancelled など。"), MaxLength(100)] string What,
    [property: Description("行った人です。"), MaxLength(100)] string By);

/// <summary>Which cases.</summary>
public sealed record CaseQuery : Asked
{
    [FromQuery(Name = "department"), Description("担当部署で絞り込みます。"), MaxLength(60)]
    public string? Department { get; init; }

    [FromQuery(Name = "status"), Description("状態で絞り込みます。"), MaxLength(40)]
    public string? Status { get; init; }

    [FromQuery(Name = "procedureId"), Description("手続きで絞り込みます。"), MaxLength(60)]
    public string? ProcedureId { get; init; }

    [FromQuery(Name = "openedFrom"), Description("この日以降に受け付けた案件です（日本時間）。")]
    public DateOnly? OpenedFrom { get; init; }

    [FromQuery(Name = "openedTo"), Description("この日以前に受け付けた案件です（日本時間）。")]
    public DateOnly? OpenedTo { get; init; }

    [FromQuery(Name = "limit"), Description("1 回に返す件数です。既定は 50 です。"), Range(1, 100), DefaultValue(50)]
    public int? Limit { get; init; }

    [FromQuery(Name = "cursor"), Description("前の応答の nextCursor です。同じ条件で指定してください。"), MaxLength(1000)]
    public string? Cursor { get; init; }

    /// <summary>What a cursor is bound to.</summary>
    internal string Filter => $"cases {Department}|{Status}|{ProcedureId}|{OpenedFrom:O}|{OpenedTo:O}";
}
