using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using OrleansGov.Api.Bodies;
using OrleansGov.Api.Documents;
using OrleansGov.Api.Lists;
using OrleansGov.Api.Problems;
using OrleansGov.Records;

namespace OrleansGov.Api.Conversations;

/// <summary>Who else looks at a talk or writes in it. It ends by itself and hinders nobody.</summary>
public static class PresenceEndpoints
{
    internal static void MapPresence(this RouteGroupBuilder conversations) =>
        conversations.MapPut("/{id}/presence", Put).WithName("showPresence")
            .WithSummary("閲覧中・入力中を知らせる")
            .WithDescription("この会話を見ているか、入力していることを知らせ、ほかに見ている職員を返します。10 秒ごとに送り、30 秒送らなければ消えます。担当者の画面が開いている目印にもなります。操作を妨げる鍵ではありません。")
            .Takes(PresenceShown.Example, "application/json")
            .Answers(new PresenceView([PresentView.Example])).Refuses(Problem.NotFound, Problem.TooLarge, Problem.UnsupportedType, Problem.Malformed, Problem.UnknownProperty, Problem.Validation)
            .Explains("id", ConversationEndpoints.OfId, ConversationEndpoints.ExampleId);

    private static async Task<IResult> Put(string id, HttpContext http, Rooms rooms, RecordsStore records, TimeProvider clock)
    {
        if (await Talks.FindAsync(http, id, rooms, records, clock) is not { } talk) return Problem.NotFound.Answer();
        var (shown, refusal) = await JsonBody.Read<PresenceShown>(http);
        if (shown is null) return refusal!;
        var kind = Enum.Parse<PresenceKind>(shown.State, ignoreCase: true);
        if (kind != PresenceKind.Gone && talk.View.Control.Owner == talk.Actor.Id) await talk.Room.Attend(talk.Actor.Id);
        var others = await rooms.Presence(ResidentKey.Join(talk.View.Channel, id)).Show(talk.Actor.Id, talk.Actor.Name, kind);
        return TypedResults.Ok(new PresenceView([.. others.Select(PresentView.Of)]));
    }
}

[Description("自分がしていることです。")]
public sealed record PresenceShown(
    [property: JsonRequired, Description("viewing（閲覧中）、typing（入力中）、gone（離れた）のどれかです。"), AllowedValues("viewing", "typing", "gone"), MaxLength(10)] string State) : Asked
{
    internal static readonly PresenceShown Example = new("typing");
}

[Description("ほかに見ている職員です。")]
public sealed record PresenceView([property: Description("職員です。先に開いた人から並びます。"), MaxLength(50)] IReadOnlyList<PresentView> Items);

[Description("見ている職員です。")]
public sealed record PresentView(
    [property: Description("職員の識別子です。"), MaxLength(100)] string Staff,
    [property: Description("職員の名前です。"), MaxLength(100)] string Name,
    [property: Description("viewing（閲覧中）か typing（入力中）です。"), MaxLength(10)] string State,
    [property: Description("開いた日時です。")] DateTimeOffset Since)
{
    public static PresentView Of(Present who) => new(who.Staff, who.Name, who.Kind == PresenceKind.Typing ? "typing" : "viewing", who.Since.ToOffset(Town.Offset));

    internal static readonly PresentView Example = new("s-7f3k", "港 花子", "typing", new(2026, 11, 2, 12, 5, 0, Town.Offset));
}
