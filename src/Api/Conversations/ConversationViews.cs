using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace OrleansGov.Api.Conversations;

/// <summary>A talk as its page shows it, without its words.</summary>
[Description("会話です。発言は messages で取得します。")]
public sealed record ConversationView(
    [property: Description("会話の識別子です。"), MaxLength(40)] string Id,
    [property: Description("LINE チャネルの名前です。"), MaxLength(32)] string Channel,
    [property: Description("だれが話せるかです。")] ControlResource Control,
    [property: Description("途中の手続きです。なければ null です。")] ProcedureStanding? Procedure,
    [property: Description("最新の発言の順番です。"), Range(0, 9007199254740991)] long LastSeq,
    [property: Description("住民の最新の発言の順番です。lastSeenSeq と比べます。"), Range(0, 9007199254740991)] long LastHeardSeq,
    [property: Description("住民が最後に発言した日時です。なければ null です。")] DateTimeOffset? LastHeardAt,
    [property: Description("関係する部署です。"), MaxLength(50)] IReadOnlyList<string> Departments)
{
    public static ConversationView Of(TalkView view) => new(
        view.Conversation, view.Channel, ControlResource.Of(view), view.Procedure is { } procedure ? ProcedureStanding.Of(procedure) : null, view.LastPosition, view.LastHeard,
        view.LastHeardAt?.ToOffset(Town.Offset), view.Departments);

    internal static readonly ConversationView Example = new(ConversationEndpoints.ExampleId, "minatodai", ControlResource.Example, ProcedureStanding.Example, 42, 41,
        new(2026, 11, 2, 12, 6, 30, Town.Offset), ["general"]);
}

/// <summary>Where a procedure has stopped.</summary>
[Description("手続きがどこで止まっているかです。")]
public sealed record ProcedureStanding(
    [property: Description("手続きの識別子です。"), MaxLength(60)] string ProcedureId,
    [property: Description("この申込みが使っている版です。"), Range(1, 1_000_000)] int Version,
    [property: Description("手続きの名前です。"), MaxLength(200)] string Title,
    [property: Description("止まっている質問の識別子です。すべて答えていれば null です。"), MaxLength(60)] string? Step,
    [property: Description("その質問です。"), MaxLength(5000)] string? Question,
    [property: Description("それまでの答えです。聞いた順に並びます。"), MaxLength(100)] IReadOnlyList<GivenAnswer> Answers)
{
    public static ProcedureStanding Of(SuspendedView view) => new(
        view.ProcedureId, view.Version, view.Title, view.Step, view.Question, [.. view.Answers.Select(a => new GivenAnswer(a.Step, a.Label, a.Text))]);

    internal static readonly ProcedureStanding Example = new("juminhyo", 1, "住民票の写し", "delivery", "受け取り方法を選んでください。", [new("copies", "必要な枚数", "2通")]);
}

[Description("1つの答えです。")]
public sealed record GivenAnswer(
    [property: Description("質問の識別子です。"), MaxLength(60)] string Step,
    [property: Description("質問の見出しです。"), MaxLength(500)] string Label,
    [property: Description("答えです。個人情報のときは null です。"), MaxLength(5000)] string? Text);
