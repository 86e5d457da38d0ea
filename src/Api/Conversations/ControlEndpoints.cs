using OrleansGov.Api.Bodies;
using OrleansGov.Api.Documents;
using OrleansGov.Api.Lists;
using OrleansGov.Api.Problems;
using OrleansGov.Records;

namespace OrleansGov.Api.Conversations;

/// <summary>Who may speak, as a resource: taking, handing on, giving back and ending are changes of its state (T3–T8 of takeover.md). The talk decides.</summary>
public static class ControlEndpoints
{
    internal static void MapControl(this RouteGroupBuilder conversations)
    {
        conversations.MapGet("/{id}/control", Get).WithName("getControl")
            .WithSummary("だれが話せるかを取得する").WithDescription("住民に話せるのがボットか、職員か、だれもいないかを返します。ETag は epoch です。")
            .Answers(ControlResource.Example, Answered.Tagged).Refuses(Problem.NotFound).Explains("id", ConversationEndpoints.OfId, ConversationEndpoints.ExampleId);
        conversations.MapPut("/{id}/control", Put).WithName("changeControl")
            .WithSummary("引き受ける・引き継ぐ・戻す・終了する")
            .WithDescription("求める状態を送ります。同時に引き受けようとしたときは 1 人だけが 200、ほかの人は 409 になります。すでに自分が担当しているときに human を送ると、何も変えずに 200 を返します。")
            .Takes(ControlWish.Example, "application/json").NeedsIfMatch("取得したときの ETag（epoch）です。")
            .Answers(ControlResource.Example)
            .Refuses(Problem.NotFound, Problem.TooLarge, Problem.UnsupportedType, Problem.Malformed, Problem.UnknownProperty, Problem.Validation,
                Problem.AlreadyTaken, Problem.NotOwner, Problem.IllegalTransition)
            .Explains("id", ConversationEndpoints.OfId, ConversationEndpoints.ExampleId);
    }

    private static async Task<IResult> Get(string id, HttpContext http, Rooms rooms, RecordsStore records, TimeProvider clock) =>
        await Talks.FindAsync(http, id, rooms, records, clock) is { } talk ? Shown(talk.View) : Problem.NotFound.Answer();

    private static async Task<IResult> Put(string id, HttpContext http, Rooms rooms, RecordsStore records, TimeProvider clock)
    {
        if (await Talks.FindAsync(http, id, rooms, records, clock) is not { } talk) return Problem.NotFound.Answer();
        if (!talk.Actor.May(StaffRights.Take) && !talk.Actor.May(StaffRights.Lead) && !talk.Actor.May(StaffRights.Intervene)) return Forbidden(StaffRights.Take);
        var (wish, refusal) = await JsonBody.Read<ControlWish>(http);
        if (wish is null) return refusal!;
        (string, string)? owner = null;
        if (wish.Owner is { } wanted && wanted != talk.Actor.Id)
        {
            await using var read = records.Read();
            if (await read.FindStaffAsync(talk.Staff.Town, wanted, http.RequestAborted) is not { DisabledAt: null } colleague)
                return Problem.Validation.Answer([new FieldError("/owner", "この職員はいません。")]);
            owner = (colleague.Id, colleague.Name);
        }
        else if (wish.Owner is not null) owner = (talk.Actor.Id, talk.Actor.Name);

        var answer = await talk.Room.Change(wish.Command(talk.View, talk.Actor, ControlTag.Wanted(http.Request, talk.View.Control.Epoch), owner));
        if (answer.Verdict is ControlVerdict.Forbidden or ControlVerdict.AlreadyTaken or ControlVerdict.NotOwner or ControlVerdict.IllegalTransition)
            await records.RefusingAsync(talk, $"control-{wish.State}-refused", answer.Verdict.ToString(), http, clock);
        return Outcome(answer);
    }

    private static IResult Outcome(ControlAnswer answer) => answer.Verdict switch
    {
        ControlVerdict.Done or ControlVerdict.Unchanged => Shown(answer.Talk!),
        ControlVerdict.NotVisible => Problem.NotFound.Answer(),
        ControlVerdict.Forbidden => Forbidden(StaffRights.Lead),
        ControlVerdict.Incomplete => Problem.Validation.Answer([new FieldError($"/{answer.Missing}", "この操作には指定が必要です。")]),
        ControlVerdict.PreconditionRequired => Problem.PreconditionRequired.Answer(null, Current(answer.Talk)),
        ControlVerdict.AlreadyTaken => Problem.AlreadyTaken.Answer(Held(answer.Talk, "引き受けています"), Current(answer.Talk)),
        ControlVerdict.NotOwner => Problem.NotOwner.Answer(Held(answer.Talk, "担当しています"), Current(answer.Talk)),
        ControlVerdict.IllegalTransition => Problem.IllegalTransition.Answer(null, Current(answer.Talk)),
        ControlVerdict.Stale => Problem.PreconditionStale.Answer(null, Current(answer.Talk)),
        _ => throw new InvalidOperationException($"Control answered {answer.Verdict}, which is no answer."),
    };

    internal static Tagged<ControlResource> Shown(TalkView view) => new(ControlResource.Of(view), ControlTag.Of(view.Control.Epoch));

    internal static IResult Forbidden(string right) => Problem.Forbidden.Answer(null, new KeyValuePair<string, object?>("required", new[] { right }));

    internal static KeyValuePair<string, object?> Current(TalkView? view) => new("current", view is null ? null : ControlResource.Of(view));

    internal static string? Held(TalkView? view, string what) => view?.Control.OwnerName is { } name ? $"{name}さんが{what}。" : null;
}
