using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;
using OrleansGov.Api.Lists;
using OrleansGov.Api.Problems;

namespace OrleansGov.Api.Conversations;

/// <summary>Who may speak to a resident, as a resource. Its ETag is the epoch.</summary>
[Description("だれが住民に話せるかです。ETag は epoch で、If-Match に指定します。")]
public sealed record ControlResource(
    [property: Description("状態です。bot（ボット対応中）、queued（職員待ち）、queuedOutOfHours（時間外受付）、human（職員対応中）、returned（ボットに戻しました）、closed（対応終了）、erased（消去済み）のどれかです。"), MaxLength(20)] string State,
    [property: Description("変わるたびに 1 増える番号です。"), Range(0, int.MaxValue)] int Epoch,
    [property: Description("担当部署の識別子です。決まっていなければ null です。"), MaxLength(60)] string? Department,
    [property: Description("担当者です。いなければ null です。")] OwnerView? Owner,
    [property: Description("対応中または最後の案件の受付番号です。なければ null です。"), MaxLength(40)] string? CaseNumber,
    [property: Description("案件が終わっていなければ true です。")] bool CaseOpen,
    [property: Description("職員が必要になった理由です。なければ null です。"), MaxLength(500)] string? Reason,
    [property: Description("この状態になった日時です。")] DateTimeOffset? Since,
    [property: Description("住民が職員を待ち始めた日時です。待っていなければ null です。")] DateTimeOffset? WaitingSince,
    [property: Description("職員がまだ答えていない、最初の発言の日時です。なければ null です。")] DateTimeOffset? UnansweredSince,
    [property: Description("待つあいだ住民がボットを使っているとき true です。")] bool BotContinues,
    [property: Description("この日までに連絡すると住民に伝えた日です。なければ null です。")] DateOnly? CallbackBy,
    [property: Description("いま受付時間内なら true です。")] bool InHours,
    [property: Description("住民がブロックしていて、送っても届かないとき false です。")] bool Reachable,
    [property: Description("この状態の ETag です。"), MaxLength(40)] string Etag)
{
    public static ControlResource Of(TalkView view) => new(
        StateName(view.Control.State), view.Control.Epoch, view.Department, view.Control.Owner is { } owner ? new(owner, view.Control.OwnerName ?? "", view.Control.OwnerAway) : null,
        view.Control.CaseNumber, view.Control.CaseOpen, view.Control.Reason, Local(view.Control.Since), Local(view.Control.WaitingSince), Local(view.Control.UnansweredSince),
        view.Control.BotContinues, view.Control.CallbackBy, view.InHours, view.Reachable, ControlTag.Of(view.Control.Epoch));

    internal static readonly ControlResource Example = new("human", 17, "general", new("s-7f3k", "港 花子", false), "A-0123", true, "職員と話す",
        new(2026, 11, 2, 12, 5, 0, Town.Offset), null, new(2026, 11, 2, 12, 6, 30, Town.Offset), false, null, true, true, "\"17\"");

    public static string StateName(ControlState state) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(state.ToString());

    private static DateTimeOffset? Local(DateTimeOffset? at) => at?.ToOffset(Town.Offset);
}

/// <summary>Whoever has a talk.</summary>
[Description("会話の担当者です。")]
public sealed record OwnerView(
    [property: Description("職員の識別子です。"), MaxLength(100)] string Id,
    [property: Description("職員の名前です。住民には表示しません。"), MaxLength(100)] string Name,
    [property: Description("3 分以上、画面から応答がないとき true です。")] bool Away);

/// <summary>The control a caller wants.</summary>
[Description("求める状態です。human は引き受け・割り込み（reason）・引き継ぎ（owner）、queued は待ち行列に戻す、bot はボットに戻す、closed は対応終了です。")]
public sealed record ControlWish(
    [property: JsonRequired, Description("human、queued、bot、closed のどれかです。"), AllowedValues("human", "queued", "bot", "closed"), MaxLength(10)] string State) : Asked
{
    [Description("割り込むとき、またはほかの人から引き継ぐときの理由です（human、queued）。"), MaxLength(500)]
    public string? Reason { get; init; }

    [Description("引き継ぐ先の職員の識別子です（human）。省略すると自分です。"), MaxLength(100)]
    public string? Owner { get; init; }

    [Description("移す先の部署です（queued）。省略すると同じ部署です。"), MaxLength(60)]
    public string? Department { get; init; }

    [Description("庁内の作業が残っていれば true です（bot）。案件は終わりません。")]
    public bool? WorkLeft { get; init; }

    [Description("結果の区分です（closed では必須）。"), MaxLength(60)]
    public string? Result { get; init; }

    [Description("分類です。1 つ以上（closed では必須）。"), MaxLength(20)]
    public IReadOnlyList<string>? Tags { get; init; }

    internal static readonly ControlWish Example = new("closed") { Result = "answered", Tags = ["住民票"] };

    protected override IEnumerable<FieldError> Contradictions()
    {
        if (Owner is not null && State != "human") yield return new("/owner", "state が human のときだけ指定できます。");
        if (Reason is not null && State is not ("human" or "queued")) yield return new("/reason", "state が human か queued のときだけ指定できます。");
        if (Department is not null && State != "queued") yield return new("/department", "state が queued のときだけ指定できます。");
        if (WorkLeft is not null && State != "bot") yield return new("/workLeft", "state が bot のときだけ指定できます。");
        if (Result is not null && State != "closed") yield return new("/result", "state が closed のときだけ指定できます。");
        if (Tags is not null && State != "closed") yield return new("/tags", "state が closed のときだけ指定できます。");
        if (State != "closed") yield break;
        if (string.IsNullOrWhiteSpace(Result)) yield return new("/result", "結果の区分を指定してください。");
        if (Tags is not { Count: > 0 }) yield return new("/tags", "分類を 1 つ以上指定してください。");
        else if (Tags.Any(t => string.IsNullOrWhiteSpace(t) || t.Length > 60)) yield return new("/tags", "分類は 1〜60 文字です。");
    }

    /// <summary>The command that leads there from where the talk stands.</summary>
    /// <param name="owner">Whoever is to have it, found by <see cref="Owner"/>; null = the caller.</param>
    internal ControlCommand Command(TalkView view, Actor by, int? ifEpoch, (string Id, string Name)? owner) => State switch
    {
        "queued" => new ControlCommand.Release(Department, Reason) { By = by, IfEpoch = ifEpoch },
        "bot" => new ControlCommand.ReturnToBot(WorkLeft ?? false) { By = by, IfEpoch = ifEpoch },
        "closed" => new ControlCommand.Close(Result!, [.. Tags!]) { By = by, IfEpoch = ifEpoch },
        _ when view.Control.State is ControlState.Bot or ControlState.Returned or ControlState.Closed => new ControlCommand.Intervene(Reason) { By = by, IfEpoch = ifEpoch },
        _ when view.Control.State == ControlState.Human && owner is { } to && to.Id != view.Control.Owner => new ControlCommand.Transfer(to.Id, to.Name, Reason) { By = by, IfEpoch = ifEpoch },
        _ => new ControlCommand.Take { By = by, IfEpoch = ifEpoch },
    };
}

/// <summary>The ETag of control: the epoch in quotes.</summary>
public static class ControlTag
{
    public static string Of(int epoch) => string.Create(CultureInfo.InvariantCulture, $"\"{epoch}\"");

    /// <summary>What If-Match says: null without the header; <paramref name="current"/> for <c>*</c>; −1 for what no epoch can be.</summary>
    public static int? Wanted(HttpRequest request, int current)
    {
        if (request.Headers.IfMatch.ToString().Trim() is not { Length: > 0 } tag) return null;
        if (tag == "*") return current;
        return tag is ['"', .. var epoch, '"'] && int.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? wanted : -1;
    }
}
