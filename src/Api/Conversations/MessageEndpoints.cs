using OrleansGov.Api.Bodies;
using OrleansGov.Api.Documents;
using OrleansGov.Api.Idempotency;
using OrleansGov.Api.Lists;
using OrleansGov.Api.Problems;
using OrleansGov.Records;

namespace OrleansGov.Api.Conversations;

/// <summary>The words of a talk: reading them, and writing to the resident.</summary>
public static class MessageEndpoints
{
    internal static void MapMessages(this RouteGroupBuilder conversations)
    {
        conversations.MapGet("/{id}/messages", List).WithName("listMessages")
            .WithSummary("会話の記録を取得する")
            .WithDescription("新しいものから limit 件を、古い順に並べて返します。住民が送信を取り消したメッセージの本文は返しません。参照したことは監査ログに残ります。")
            .Answers(new TranscriptView([MessageView.Example], null), Answered.Tagged).Refuses(Problem.NotFound, Problem.Validation)
            .Explains("id", ConversationEndpoints.OfId, ConversationEndpoints.ExampleId);
        conversations.MapPost("/{id}/messages", Say).WithName("sendMessage")
            .WithSummary("住民に送る")
            .WithDescription("担当者が住民にメッセージを送ります。受け付けたものは必ず 1 回だけ送ります。送れたかどうかは、あとで messages の outcome に現れます。")
            .Takes(StaffWords.Example, "application/json").NeedsIdempotencyKey().NeedsIfMatch("だれが話せるか（control）の ETag です。")
            .Answers(new AcceptedMessage(43), Answered.Created)
            .Refuses(Problem.NotFound, Problem.TooLarge, Problem.UnsupportedType, Problem.Malformed, Problem.UnknownProperty, Problem.Validation,
                Problem.NotOwner, Problem.NewerMessages, Problem.Undeliverable, Problem.SplitRequired)
            .Explains("id", ConversationEndpoints.OfId, ConversationEndpoints.ExampleId);
    }

    private static async Task<IResult> List(string id, [AsParameters] TranscriptQuery query, HttpContext http, Rooms rooms, RecordsStore records, TimeProvider clock)
    {
        if (await Talks.FindAsync(http, id, rooms, records, clock) is not { } talk) return Problem.NotFound.Answer();
        await records.ReadingAsync(talk, "transcript", http, clock);
        await using var read = records.Read();
        var page = await read.TranscriptAsync(id, query.Before, query.Limit ?? 50, http.RequestAborted);
        return new Tagged<TranscriptView>(new([.. page.Items.Select(MessageView.Of)], page.HasMore ? page.Items[0].Seq : null));
    }

    private static async Task<IResult> Say(string id, HttpContext http, Rooms rooms, RecordsStore records, TimeProvider clock)
    {
        if (await Talks.FindAsync(http, id, rooms, records, clock) is not { } talk) return Problem.NotFound.Answer();
        if (!talk.Actor.May(StaffRights.Reply)) return ControlEndpoints.Forbidden(StaffRights.Reply);
        var (words, refusal) = await JsonBody.Read<StaffWords>(http);
        if (words is null) return refusal!;
        return await KeyedCalls.Run(http, talk.Staff, rooms, words, async operation =>
        {
            var answer = await StaffSay.Say(talk, words, ControlTag.Wanted(http.Request, talk.View.Control.Epoch), operation);
            if (answer.Verdict is StaffSayVerdict.NotOwner or StaffSayVerdict.Forbidden) await records.RefusingAsync(talk, "message-refused", answer.Verdict.ToString(), http, clock);
            return await Outcome(answer, talk, records, http.RequestAborted);
        });
    }

    private static async Task<IResult> Outcome(StaffSayAnswer answer, Talk talk, RecordsStore records, CancellationToken cancel) => answer.Verdict switch
    {
        StaffSayVerdict.Accepted or StaffSayVerdict.Repeated => TypedResults.Created($"/api/v1/conversations/{talk.View.Conversation}/messages?before={answer.Position + 1}&limit=1", new AcceptedMessage(answer.Position)),
        StaffSayVerdict.KeyReused => Problem.IdempotencyKeyReused.Answer(),
        StaffSayVerdict.NotVisible => Problem.NotFound.Answer(),
        StaffSayVerdict.Forbidden => ControlEndpoints.Forbidden(StaffRights.Reply),
        StaffSayVerdict.Invalid => Problem.Validation.Answer([new FieldError("/text", "本文か写真が必要です。本文は 5,000 文字まで、写真は 4 枚までです。")]),
        StaffSayVerdict.PreconditionRequired => Problem.PreconditionRequired.Answer(null, ControlEndpoints.Current(answer.Talk)),
        StaffSayVerdict.NotOwner => Problem.NotOwner.Answer(ControlEndpoints.Held(answer.Talk, "担当しています"), ControlEndpoints.Current(answer.Talk)),
        StaffSayVerdict.Stale => Problem.PreconditionStale.Answer(null, ControlEndpoints.Current(answer.Talk)),
        StaffSayVerdict.NewerMessages => Problem.NewerMessages.Answer(null,
            new("messages", await Newer(answer, talk, records, cancel)), new("lastHeardSeq", answer.Talk?.LastHeard ?? talk.View.LastHeard)),
        StaffSayVerdict.WouldSplit => Problem.SplitRequired.Answer($"{answer.Bubbles.Count} 個の吹き出しに分かれて届きます。", new KeyValuePair<string, object?>("bubbles", answer.Bubbles)),
        _ when answer.Verdict == StaffSay.Undeliverable => Problem.Undeliverable.Answer(null, ControlEndpoints.Current(answer.Talk)),
        _ => throw new InvalidOperationException($"A talk answered {answer.Verdict}, which is no answer."),
    };

    // Records may lag behind by moments: what is not there yet is shown by its position alone.
    private static async Task<IReadOnlyList<MessageView>> Newer(StaffSayAnswer answer, Talk talk, RecordsStore records, CancellationToken cancel)
    {
        await using var read = records.Read();
        var page = await read.TranscriptAsync(talk.View.Conversation, null, 100, cancel);
        return [.. page.Items.Where(m => answer.Newer.Contains(m.Seq)).Select(MessageView.Of)];
    }
}
