using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using OrleansGov.Api.Lists;
using OrleansGov.Api.Problems;
using OrleansGov.Records;

namespace OrleansGov.Api.Broadcasts;

/// <summary>What is to be broadcast.</summary>
[Description("配信するお知らせです。作成しただけでは、だれにも送られません。")]
public sealed record BroadcastUpload(
    [property: JsonRequired, Description("送るチャネルの名前です。"), MaxLength(32)] string Channel,
    [property: JsonRequired, Description("本文です。1〜5,000 文字（UTF-16）です。"), MaxLength(5000)] string Text,
    [property: Description("見出しです。本文の前に【見出し】として表示します。なければ null です。"), MaxLength(100)] string? Title = null) : Asked
{
    internal static readonly BroadcastUpload Example = new("minatodai", "12月29日から1月3日まで、窓口を閉じます。粗大ごみの申込みは LINE で受け付けています。", "年末年始のお知らせ");

    protected override IEnumerable<FieldError> Contradictions()
    {
        if (string.IsNullOrWhiteSpace(Text)) yield return new("/text", "本文を入力してください。");
        if (Title is not null && string.IsNullOrWhiteSpace(Title)) yield return new("/title", "見出しを入力するか、null にしてください。");
    }
}

/// <summary>A broadcast as lists show it.</summary>
[Description("お知らせの配信です。だれに送ったかは含みません。")]
public record BroadcastView(
    [property: Description("配信の識別子です。"), MaxLength(40)] string Id,
    [property: Description("送るチャネルの名前です。"), MaxLength(32)] string Channel,
    [property: Description("見出しです。なければ null です。"), MaxLength(100)] string? Title,
    [property: Description("本文です。"), MaxLength(5000)] string Text,
    [property: Description("段階です。draft（下書き）、freezing（対象者の確定中）、sending（配信中）、held（LINE の都合で待機中）、stopping（停止処理中）、stopped（停止）、done（完了）、failed（中止）のどれかです。"), MaxLength(20)] string Stage,
    [property: Description("待機または中止の理由です。monthly-limit（月の上限）、channel-paused（アクセストークンの失効）、message-refused（LINE が内容を拒否）、not-allowed（LINE が操作を拒否）、unintelligible（LINE の応答が不明）、over-cap（上限超過）。なければ null です。"), MaxLength(40)] string? Reason,
    [property: Description("確定した対象者の数です。"), Range(0, int.MaxValue)] int Audience,
    [property: Description("LINE が受け付けた人数です。読まれたことを示すものではありません。"), Range(0, int.MaxValue)] int Sent,
    [property: Description("確定後にブロックした人など、送らなかった人数です。"), Range(0, int.MaxValue)] int Skipped,
    [property: Description("LINE に拒否された人数です。"), Range(0, int.MaxValue)] int Failed,
    [property: Description("届いたかどうか確かめられない人数です。重複を避けるため送り直しません。"), Range(0, int.MaxValue)] int Uncertain,
    [property: Description("作成した日時です。")] DateTimeOffset CreatedAt,
    [property: Description("作成した人またはキーの名前です。"), MaxLength(100)] string CreatedBy,
    [property: Description("配信を開始した日時です。この時点で届く人が対象者です。")] DateTimeOffset? StartedAt,
    [property: Description("完了、停止または中止した日時です。")] DateTimeOffset? EndedAt,
    [property: Description("この配信の ETag です。If-Match に指定します。人が決めたこと（作成・開始・停止）が変わらない限り、進み具合が変わっても有効です。"), MaxLength(40)] string Etag)
{
    public static BroadcastView Of(BroadcastRow row) => new(row.Id, row.Channel, row.Title, row.Text, row.Stage, row.Reason, row.Audience, row.Sent, row.Skipped, row.Failed,
        row.Uncertain, TownTime.Of(row.CreatedAt), row.CreatedBy, Instant(row.StartedAt), Instant(row.EndedAt), BroadcastTag.Of(row.Revision, row));

    internal static readonly BroadcastView Example = new("5f0c1b9e6f6b4d0f9a3e2d1c0b9a8f7e", "minatodai", "年末年始のお知らせ", BroadcastUpload.Example.Text, "sending", null,
        48_210, 31_500, 12, 0, 0, new(2026, 11, 24, 9, 0, 0, Town.Offset), "広報課のキー", new(2026, 11, 24, 10, 0, 0, Town.Offset), null, "\"2-5f2c9a7be1d04c38\"");

    private static DateTimeOffset? Instant(long? milliseconds) => milliseconds is { } at ? TownTime.Of(at) : null;
}

/// <summary>One broadcast, and how it goes on.</summary>
[Description("お知らせの配信と、その進み具合です。")]
public sealed record BroadcastDetailView : BroadcastView
{
    private BroadcastDetailView(BroadcastView view)
        : base(view)
    {
    }

    [Description("開始した人またはキーの名前です。"), MaxLength(100)]
    public string? StartedBy { get; private init; }

    [Description("停止した人またはキーの名前です。"), MaxLength(100)]
    public string? StoppedBy { get; private init; }

    [Description("待機中なら、次に試す日時です。")]
    public DateTimeOffset? TryAgainAt { get; private init; }

    [Description("これまでの速さから見込んだ、終わる日時です。見込めなければ null です。")]
    public DateTimeOffset? EstimatedEndAt { get; private init; }

    public static BroadcastDetailView Of(BroadcastStanding s, DateTimeOffset now) => new(new BroadcastView(
        s.Id, s.Draft.Channel, s.Draft.Title, s.Draft.Text, s.Stage.ToString().ToLowerInvariant(), s.Reason, s.Audience, s.Tally.Sent, s.Tally.Skipped, s.Tally.Failed, s.Tally.Uncertain,
        Local(s.Draft.At)!.Value, s.Draft.By, Local(s.StartedAt), Local(s.EndedAt), BroadcastTag.Of(s.Revision, s)))
    {
        StartedBy = s.StartedBy, StoppedBy = s.StoppedBy, TryAgainAt = Local(s.TryAgainAt), EstimatedEndAt = Local(Estimate(s, now)),
    };

    internal static new readonly BroadcastDetailView Example = new(BroadcastView.Example)
    {
        StartedBy = "広報課のキー", EstimatedEndAt = new(2026, 11, 24, 10, 2, 0, Town.Offset),
    };

    private static DateTimeOffset? Estimate(BroadcastStanding s, DateTimeOffset now) =>
        s is { Stage: BroadcastStage.Sending, SendingAt: { } since, Tally.Total: > 0 and var done } && s.Audience > done && now > since
            ? now + (now - since) * ((double)(s.Audience - done) / done)
            : null;

    private static DateTimeOffset? Local(DateTimeOffset? at) => at?.ToOffset(Town.Offset);
}

/// <summary>How many a broadcast would reach.</summary>
[Description("いま配信したときに届く人数です。何も送りません。")]
public sealed record AudienceView(
    [property: Description("チャネルの名前です。"), MaxLength(32)] string Channel,
    [property: Description("いま届く人数です。"), Range(0, int.MaxValue)] int Recipients,
    [property: Description("1 回の配信で送れる人数の上限です。"), Range(1, int.MaxValue)] int MostRecipients)
{
    internal static readonly AudienceView Example = new("minatodai", 48_210, 1_000_000);
}

/// <summary>Which broadcasts.</summary>
public sealed record BroadcastQuery : Asked
{
    [FromQuery(Name = "stage"), Description("段階で絞り込みます。"), AllowedValues(null, "draft", "freezing", "sending", "held", "stopping", "stopped", "done", "failed")]
    public string? Stage { get; init; }

    [FromQuery(Name = "limit"), Description("1 回に返す件数です。既定は 50 です。"), Range(1, 100), DefaultValue(50)]
    public int? Limit { get; init; }

    [FromQuery(Name = "cursor"), Description("前の応答の nextCursor です。同じ条件で指定してください。"), MaxLength(1000)]
    public string? Cursor { get; init; }

    /// <summary>What a cursor is bound to.</summary>
    internal string Filter => $"broadcasts {Stage}";
}

/// <summary>Whose audience.</summary>
public sealed record AudienceQuery : Asked
{
    [FromQuery(Name = "channel"), Description("チャネルの名前です。"), Required, MaxLength(32)]
    public string? Channel { get; init; }
}
