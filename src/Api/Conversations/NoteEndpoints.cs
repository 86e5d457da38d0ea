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

/// <summary>内部メモ: what colleagues tell each other about a talk's case. No resident sees one.</summary>
public static class NoteEndpoints
{
    internal static void MapNotes(this RouteGroupBuilder conversations)
    {
        conversations.MapGet("/{id}/notes", List).WithName("listNotes")
            .WithSummary("内部メモを取得する").WithDescription("この住民の案件の内部メモを、古い順に返します。ほかの部署の案件のものは返しません。参照したことは監査ログに残ります。")
            .Answers(new ListView<NoteView>([NoteView.Example], null), Answered.Tagged).Refuses(Problem.NotFound).Explains("id", ConversationEndpoints.OfId, ConversationEndpoints.ExampleId);
        conversations.MapPost("/{id}/notes", Add).WithName("addNote")
            .WithSummary("内部メモを書く").WithDescription("対応中または最後の案件に内部メモを加えます。住民には見えません。")
            .Takes(NoteWords.Example, "application/json").NeedsIdempotencyKey()
            .Answers(new NoteAdded("A-0123"), Answered.Created)
            .Refuses(Problem.NotFound, Problem.TooLarge, Problem.UnsupportedType, Problem.Malformed, Problem.UnknownProperty, Problem.Validation, Problem.CaseIllegal)
            .Explains("id", ConversationEndpoints.OfId, ConversationEndpoints.ExampleId);
    }

    private static async Task<IResult> List(string id, HttpContext http, Rooms rooms, RecordsStore records, TimeProvider clock)
    {
        if (await Talks.FindAsync(http, id, rooms, records, clock) is not { } talk) return Problem.NotFound.Answer();
        await records.ReadingAsync(talk, "note", http, clock);
        await using var read = records.Read();
        var notes = await read.NotesOfTalkAsync(talk.Staff.Town, id, talk.Staff.Departments, http.RequestAborted);
        return new Tagged<ListView<NoteView>>(new([.. notes.TakeLast(100).Select(NoteView.Of)], null));
    }

    private static async Task<IResult> Add(string id, HttpContext http, Rooms rooms, RecordsStore records, TimeProvider clock)
    {
        if (await Talks.FindAsync(http, id, rooms, records, clock) is not { } talk) return Problem.NotFound.Answer();
        if (!talk.Actor.May(StaffRights.Reply)) return ControlEndpoints.Forbidden(StaffRights.Reply);
        var (words, refusal) = await JsonBody.Read<NoteWords>(http);
        if (words is null) return refusal!;
        return await KeyedCalls.Run(http, talk.Staff, rooms, words, async operation =>
        {
            if (talk.View.Control.CaseNumber is not { } number) return Problem.CaseIllegal.Answer("この会話には、まだ案件がありません。");
            var answer = await rooms.Case(CaseKey.For(talk.Staff.Town, number)).Change(new CaseCommand.Note(operation, words.Text) { By = talk.Actor });
            if (answer.Verdict is not (CaseVerdict.Done or CaseVerdict.Unchanged)) return Refused(answer);
            await records.AuditAsync(new AuditEntry(clock.GetUtcNow(), talk.Staff.Town, talk.Staff.Name, "note-added", number) { Department = talk.View.Department }.By(talk.Staff, http));
            return TypedResults.Created($"/api/v1/conversations/{id}/notes", new NoteAdded(number));
        });
    }

    private static IResult Refused(CaseAnswer answer) => answer.Verdict switch
    {
        CaseVerdict.NotVisible => Problem.NotFound.Answer(),
        CaseVerdict.Forbidden => ControlEndpoints.Forbidden(StaffRights.Reply),
        CaseVerdict.Incomplete => Problem.Validation.Answer([new FieldError("/text", "1〜4,000 文字で入力してください。")]),
        _ => Problem.CaseIllegal.Answer(),
    };
}

[Description("内部メモの本文です。")]
public sealed record NoteWords([property: JsonRequired, Description("本文です。"), MaxLength(4000)] string Text) : Asked
{
    internal static readonly NoteWords Example = new("電話で確認済みです。");

    protected override IEnumerable<FieldError> Contradictions()
    {
        if (string.IsNullOrWhiteSpace(Text)) yield return new("/text", "本文を入力してください。");
    }
}

[Description("内部メモを加えた案件です。")]
public sealed record NoteAdded([property: Description("受付番号です。"), MaxLength(40)] string CaseNumber);

[Description("内部メモです。")]
public sealed record NoteView(
    [property: Description("内部メモの識別子です。"), MaxLength(60)] string Id,
    [property: Description("受付番号です。"), MaxLength(40)] string CaseNumber,
    [property: Description("日時です。")] DateTimeOffset At,
    [property: Description("書いた職員の名前です。"), MaxLength(100)] string By,
    [property: Description("本文です。"), MaxLength(4000)] string Text)
{
    public static NoteView Of(NoteRow row) => new(row.Id, row.Number, TownTime.Of(row.At), row.ByName, row.Text);

    internal static readonly NoteView Example = new("8e03978e40d543dd", "A-0123", new(2026, 11, 2, 12, 8, 0, Town.Offset), "港 花子", "電話で確認済みです。");
}
