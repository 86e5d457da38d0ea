using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using OrleansGov.Api.Access;
using OrleansGov.Api.Documents;
using OrleansGov.Api.Lists;
using OrleansGov.Api.Problems;
using OrleansGov.Records;

namespace OrleansGov.Api.Conversations;

/// <summary>Transcripts. Every reading leaves a row in the audit trail before a word is shown.</summary>
public static class ConversationEndpoints
{
    public static IEndpointRouteBuilder MapConversations(this IEndpointRouteBuilder api)
    {
        var conversations = api.MapGroup("/conversations").WithTags("conversations").RequireScope(Scopes.ReadConversations);
        conversations.MapGet("/{id}/messages", List).WithName("listMessages")
            .WithSummary("会話の記録を取得する")
            .WithDescription("新しいものから limit 件を、古い順に並べて返します。住民が送信を取り消したメッセージの本文は返しません。参照したことは監査ログに残ります。")
            .Answers(new TranscriptView([MessageView.Example], null), Answered.Tagged).Refuses(Problem.NotFound, Problem.Validation)
            .Explains("id", "会話の識別子です。", "abcdefghijklmnopqrstuvwxyz234567");
        return api;
    }

    private static async Task<IResult> List(string id, [AsParameters] TranscriptQuery query, ClaimsPrincipal user, RecordsStore records, TimeProvider clock, CancellationToken cancel)
    {
        var staff = Staff.Of(user);
        await using var read = records.Read();
        if (await read.FindConversationAsync(staff.Town, id, cancel) is null
            || staff.Departments is not null) // a talk runs through several departments: only whoever may see all of them reads it
            return Problem.NotFound.Answer();

        await records.AuditAsync(new(clock.GetUtcNow(), staff.Town, staff.Name, "transcript-read", id));
        var page = await read.TranscriptAsync(id, query.Before, query.Limit ?? 50, cancel);
        return new Tagged<TranscriptView>(new([.. page.Items.Select(MessageView.Of)], page.HasMore ? page.Items[0].Seq : null));
    }
}

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
    [property: Description("住民が送信を取り消したとき true です。")] bool Unsent)
{
    public static MessageView Of(MessageRow row) => new(row.Seq, TownTime.Of(row.At), row.Direction, row.What, row.Text, row.Unsent);

    internal static readonly MessageView Example = new(12, new(2026, 11, 2, 12, 0, 0, Town.Offset), "heard", "text", "粗大ごみ", false);
}

/// <summary>Which part of a transcript.</summary>
public sealed record TranscriptQuery : Asked
{
    [FromQuery(Name = "before"), Description("この順番より前を返します。"), Range(0, 9007199254740991)]
    public long? Before { get; init; }

    [FromQuery(Name = "limit"), Description("1 回に返す件数です。既定は 50 です。"), Range(1, 100), DefaultValue(50)]
    public int? Limit { get; init; }
}
