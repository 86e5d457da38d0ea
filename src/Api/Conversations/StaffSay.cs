using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using OrleansGov.Api.Lists;
using OrleansGov.Api.Problems;

namespace OrleansGov.Api.Conversations;

/// <summary>Words for a resident.</summary>
[Description("住民に送るメッセージです。")]
public sealed record StaffWords(
    [property: JsonRequired, Description("本文です。写真だけのときは空にできます。"), MaxLength(20000)] string Text) : Asked
{
    [Description("画面に表示していた、住民の最新の発言の順番です。そのあとに住民が発言していたら 409 になります。省略すると調べません。"), Range(0, 9007199254740991)]
    public long? LastSeenSeq { get; init; }

    [Description("true なら、新しい発言があっても送ります。")]
    public bool? Acknowledge { get; init; }

    [Description("true なら、複数の吹き出しに分かれても送ります。")]
    public bool? AcceptSplit { get; init; }

    [Description("本文のあとに送る写真の識別子です。4 枚までです。"), MaxLength(4)]
    public IReadOnlyList<string>? ContentIds { get; init; }

    internal static readonly StaffWords Example = new("お待たせしました。住民票は郵送でもお取りいただけます。") { LastSeenSeq = 41 };

    protected override IEnumerable<FieldError> Contradictions()
    {
        if (string.IsNullOrWhiteSpace(Text) && ContentIds is not { Count: > 0 }) yield return new("/text", "本文を入力するか、写真を付けてください。");
        if (ContentIds?.Any(c => c is not { Length: <= 100 } || !c.StartsWith(Contents.ContentEndpoints.Prefix, StringComparison.Ordinal)) is true) yield return new("/contentIds", "contents で登録した写真の識別子を指定してください。");
    }
}

/// <summary>What was accepted.</summary>
[Description("受け付けたメッセージです。")]
public sealed record AcceptedMessage([property: Description("会話の中での順番です。"), Range(0, 9007199254740991)] long Seq);

/// <summary>Saying something in somebody's name; the talk decides whether it may leave.</summary>
public static class StaffSay
{
    /// <summary>Not among the talk's own answers: the resident has blocked the office, so nothing would arrive and LINE would say nothing about it (C9).</summary>
    internal const StaffSayVerdict Undeliverable = (StaffSayVerdict)(-1);

    /// <param name="key">Born with the call and the same for its repeats: LINE's retry key.</param>
    public static async Task<StaffSayAnswer> Say(Talk talk, StaffWords words, int? ifEpoch, Guid key)
    {
        var message = new StaffMessage(talk.Actor, ifEpoch, words.LastSeenSeq, Acknowledge: false, key, words.Text, [.. words.ContentIds ?? []]);
        if (!talk.View.Reachable && ifEpoch is not null && talk.View.Control.Owner == talk.Actor.Id) return new(Undeliverable, 0, talk.View);

        var (newer, split) = (words.Acknowledge ?? false, words.AcceptSplit ?? false);
        if (newer && split) return await talk.Room.Say(message with { Acknowledge = true });
        // One yes does not stand for the other: asked without any first, then with the one that was given.
        var answer = await talk.Room.Say(newer ? message with { LastSeen = null } : message);
        return answer.Verdict == StaffSayVerdict.WouldSplit && split ? await talk.Room.Say(message with { Acknowledge = true }) : answer;
    }
}
