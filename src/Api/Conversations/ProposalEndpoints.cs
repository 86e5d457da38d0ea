using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using OrleansGov.Api.Access;
using OrleansGov.Api.Bodies;
using OrleansGov.Api.Documents;
using OrleansGov.Api.Idempotency;
using OrleansGov.Api.Lists;
using OrleansGov.Api.Problems;
using OrleansGov.Records;

namespace OrleansGov.Api.Conversations;

/// <summary>Filling in an answer for a resident, who is asked to confirm it (C11).</summary>
public static class ProposalEndpoints
{
    internal static void MapProposals(this RouteGroupBuilder conversations) =>
        conversations.MapPost("/{id}/proposals", Propose).WithName("proposeAnswer")
            .WithSummary("答えの案を住民に送る")
            .WithDescription("止まっている質問の答えを職員が入力し、住民にボタンで確認してもらいます。住民が確認するまで、答えにはなりません。だれが入力したかは監査ログに残ります。")
            .Takes(ProposedAnswer.Example, "application/json").NeedsIdempotencyKey().NeedsIfMatch("だれが話せるか（control）の ETag です。")
            .Answers(ControlResource.Example)
            .Refuses(Problem.NotFound, Problem.TooLarge, Problem.UnsupportedType, Problem.Malformed, Problem.UnknownProperty, Problem.Validation, Problem.NotOwner, Problem.NotInHand)
            .Explains("id", ConversationEndpoints.OfId, ConversationEndpoints.ExampleId);

    private static async Task<IResult> Propose(string id, HttpContext http, Rooms rooms, RecordsStore records, TimeProvider clock)
    {
        if (await Talks.FindAsync(http, id, rooms, records, clock) is not { } talk) return Problem.NotFound.Answer();
        if (!talk.Actor.May(StaffRights.Reply)) return ControlEndpoints.Forbidden(StaffRights.Reply);
        var (proposed, refusal) = await JsonBody.Read<ProposedAnswer>(http);
        if (proposed is null) return refusal!;
        return await KeyedCalls.Run(http, talk.Staff, rooms, proposed, async _ =>
        {
            var answer = await talk.Room.Propose(new(talk.Actor, ControlTag.Wanted(http.Request, talk.View.Control.Epoch), proposed.Step, proposed.Text));
            if (answer.Verdict == ProposalVerdict.Asked) await records.AuditAsync(new AuditEntry(clock.GetUtcNow(), talk.Staff.Town, talk.Staff.Name, "answer-proposed", id, proposed.Step) { OnBehalfOf = id }.By(talk.Staff, http));
            return Outcome(answer);
        });
    }

    private static IResult Outcome(ProposalAnswer answer) => answer.Verdict switch
    {
        ProposalVerdict.Asked => ControlEndpoints.Shown(answer.Talk!),
        ProposalVerdict.NotVisible => Problem.NotFound.Answer(),
        ProposalVerdict.Forbidden => ControlEndpoints.Forbidden(StaffRights.Reply),
        ProposalVerdict.NotOwner => Problem.NotOwner.Answer(ControlEndpoints.Held(answer.Talk, "担当しています"), ControlEndpoints.Current(answer.Talk)),
        ProposalVerdict.Stale => Problem.PreconditionStale.Answer(null, ControlEndpoints.Current(answer.Talk)),
        ProposalVerdict.PreconditionRequired => Problem.PreconditionRequired.Answer(null, ControlEndpoints.Current(answer.Talk)),
        ProposalVerdict.NotInHand => Problem.NotInHand.Answer(null, ControlEndpoints.Current(answer.Talk)),
        _ => Problem.Validation.Answer([new FieldError("/text", answer.Why ?? "この質問の答えになりません。")]),
    };
}

/// <summary>An answer that staff fill in.</summary>
[Description("職員が入力した答えの案です。")]
public sealed record ProposedAnswer(
    [property: JsonRequired, Description("質問の識別子です。会話の procedure.step と同じものだけが使えます。"), MaxLength(60)] string Step,
    [property: JsonRequired, Description("答えです。住民が入力したものとして読み取ります。"), MaxLength(1000)] string Text) : Asked
{
    internal static readonly ProposedAnswer Example = new("delivery", "郵送");
}
