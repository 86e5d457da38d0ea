using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using OrleansGov.Api.Access;
using OrleansGov.Api.Lists;
using OrleansGov.Records;

namespace OrleansGov.Api.Events;

/// <summary>Something happened. Ids and type only: who may see more asks for it.</summary>
[Description("できごとです。識別子と種類だけで、内容は含みません。")]
public sealed record EventView(
    [property: Description("できごとの番号です。SSE では id です。"), MaxLength(20)] string Id,
    [property: Description("種類です。SSE では event です。"), MaxLength(60)] string Type,
    [property: Description("対象の識別子です。会話（handoff、conversation、message、alert）、受付番号（case）、配信（broadcast）、定型文（canned-reply）のどれかです。"), MaxLength(60)] string Subject,
    [property: Description("関係する部署です。自治体全体なら null です。"), MaxLength(60)] string? Department,
    [property: Description("日時です。")] DateTimeOffset At)
{
    public static EventView Of(FeedRow row) => new(row.Seq.ToString(CultureInfo.InvariantCulture), row.Type, row.Subject, row.Department, TownTime.Of(row.At));

    internal static readonly EventView Example = new("10482", FeedTypes.HandoffInitiated, "abcdefghijklmnopqrstuvwxyz234567", "general", new(2026, 11, 2, 12, 0, 0, Town.Offset));

    /// <summary>Judged for every event: a right that was taken is gone with the next one.</summary>
    public static bool IsFor(Staff staff, FeedRow row)
    {
        var right = row.Type.Split('.')[0] switch
        {
            "case" => Scopes.ReadCases,
            "broadcast" => Scopes.ReadBroadcasts,
            "canned-reply" => Rights.Reply,
            _ => Scopes.ReadConversations,
        };
        return row.Department is { } department ? staff.Can(right, department) : staff.Can(right);
    }
}

/// <summary>What happened since, for those whom a proxy keeps from listening.</summary>
[Description("できごとの一覧です。")]
public sealed record EventsView(
    [property: Description("できごとです。古い順に並びます。"), MaxLength(500)] IReadOnlyList<EventView> Items,
    [property: Description("次に after に指定する番号です。"), MaxLength(20)] string Last,
    [property: Description("true なら、間のできごとが残っていません。一覧を取得し直してください。")] bool Resync);

/// <summary>From where on.</summary>
public sealed record EventQuery : Asked
{
    [FromQuery(Name = "after"), Description("この番号より後のできごとを返します。省略すると、いまの番号だけを返します。"), Range(0, 9007199254740991)]
    public long? After { get; init; }
}
