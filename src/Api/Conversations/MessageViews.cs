using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using OrleansGov.Api.Lists;
using OrleansGov.Records;

namespace OrleansGov.Api.Conversations;

/// <summary>A part of a transcript.</summary>
[Description("会話の記録の一部です。")]
public sealed record TranscriptView(
    [property: Description("メッセージです。古い順に並びます。"), MaxLength(100)] IReadOnlyList<MessageView> Items,
    [property: Description("さらに前を取得するとき before に指定する値です。なければ null です。"), Range(0, 9007199254740991)] long? Before);

/// <summary>One message.</summary>
[Description("会話の1つの発言です。")]
public sealed record MessageView(
    [property: Description("会話の中での順番です。"), Range(0, 9007199254740991)] long Seq,
    [property: Description("日時です。")] DateTimeOffset At,
    [property: Description("heard（住民）か said（窓口）です。"), MaxLength(10)] string Direction,
    [property: Description("種類です。text、tapped、photo、location、sticker など。"), MaxLength(20)] string What,
    [property: Description("本文です。文字がないか、取り消されたときは null です。"), MaxLength(20000)] string? Text,
    [property: Description("住民が送信を取り消したとき true です。")] bool Unsent,
    [property: Description("だれの発言かです。resident（住民）、bot（ボット）、staff（職員）、system（自動文）のどれかです。"), MaxLength(10)] string Author,
    [property: Description("職員の名前です。職員の発言でなければ null です。住民には表示しません。"), MaxLength(100)] string? StaffName,
    [property: Description("住民に表示した名前です。なければ null です。"), MaxLength(40)] string? Shown,
    [property: Description("写真・動画・ファイルの識別子です。"), MaxLength(10)] IReadOnlyList<string> ContentIds,
    [property: Description("住民が送った位置の緯度（WGS 84）です。なければ null です。")] double? Latitude,
    [property: Description("住民が送った位置の経度（WGS 84）です。なければ null です。")] double? Longitude,
    [property: Description("送信の結果です。sent（LINEへ送信済み。読まれたとは限らない）、failed（失敗）、unknown（不明）、undeliverable（ブロックのため届かない）、suppressed（送信されなかったボットの返答）。まだ分からないときや対象外のときは null です。"), MaxLength(20)] string? Outcome,
    [property: Description("失敗したときの LINE の説明です。なければ null です。"), MaxLength(2000)] string? OutcomeDetail)
{
    public static MessageView Of(MessageRow row) => new(
        row.Seq, TownTime.Of(row.At), row.Direction, row.What, row.Text, row.Unsent, row.Author, row.StaffName, row.Shown, row.Unsent ? [] : row.ContentIds?.Split(' ') ?? [],
        row.Latitude, row.Longitude, row.Outcome, row.OutcomeDetail);

    internal static readonly MessageView Example = new(
        43, new(2026, 11, 2, 12, 7, 0, Town.Offset), "said", "text", "お待たせしました。住民票は郵送でもお取りいただけます。", false, "staff", "港 花子", "市民相談室 職員", [], null, null, "sent", null);
}

/// <summary>Which part of a transcript.</summary>
public sealed record TranscriptQuery : Asked
{
    [FromQuery(Name = "before"), Description("この順番より前を返します。"), Range(0, 9007199254740991)]
    public long? Before { get; init; }

    [FromQuery(Name = "limit"), Description("1 回に返す件数です。既定は 50 です。"), Range(1, 100), DefaultValue(50)]
    public int? Limit { get; init; }
}
