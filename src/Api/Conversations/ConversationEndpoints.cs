using OrleansGov.Api.Access;
using OrleansGov.Api.Contents;
using OrleansGov.Api.Documents;
using OrleansGov.Api.Problems;
using OrleansGov.Records;

namespace OrleansGov.Api.Conversations;

/// <summary>Residents' talks for staff: looking, taking, writing. Every reading leaves a row in the audit trail before a word is shown.</summary>
public static class ConversationEndpoints
{
    internal const string OfId = "会話の識別子です。LINE のユーザー ID ではありません。";
    internal const string ExampleId = "abcdefghijklmnopqrstuvwxyz234567";

    public static IEndpointRouteBuilder MapConversations(this IEndpointRouteBuilder api)
    {
        var conversations = api.MapGroup("/conversations").WithTags("conversations").RequireScope(Scopes.ReadConversations);
        conversations.MapGet("/{id}", Get).WithName("getConversation")
            .WithSummary("会話を取得する").WithDescription("だれが話せるか、手続きがどこで止まっているか、それまでの答えを返します。個人情報の答えは返しません。参照したことは監査ログに残ります。")
            .Answers(ConversationView.Example, Answered.Tagged).Refuses(Problem.NotFound).Explains("id", OfId, ExampleId);
        conversations.MapTalkList();
        conversations.MapControl();
        conversations.MapMessages();
        conversations.MapProposals();
        conversations.MapPresence();
        conversations.MapNotes();
        conversations.MapContents();
        return api;
    }

    private static async Task<IResult> Get(string id, HttpContext http, Rooms rooms, RecordsStore records, TimeProvider clock)
    {
        if (await Talks.FindAsync(http, id, rooms, records, clock) is not { } talk) return Problem.NotFound.Answer();
        await records.ReadingAsync(talk, "conversation", http, clock);
        return new Lists.Tagged<ConversationView>(ConversationView.Of(talk.View));
    }
}
