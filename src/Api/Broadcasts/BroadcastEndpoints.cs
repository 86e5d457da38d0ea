using System.Globalization;
using System.Security.Claims;
using System.Text.RegularExpressions;
using OrleansGov.Api.Access;
using OrleansGov.Api.Documents;
using OrleansGov.Api.Idempotency;
using OrleansGov.Api.Lists;
using OrleansGov.Api.Problems;
using OrleansGov.Api.Settings;
using OrleansGov.Records;

namespace OrleansGov.Api.Broadcasts;

/// <summary>Announcements to everybody a channel reaches: write, count, start, watch, stop.</summary>
public static partial class BroadcastEndpoints
{
    private const string OfId = "配信の識別子です。";
    private const string IfMatch = "作成・開始・停止のときの ETag です。ほかの人が先に決めていたら 412 になります。* は現在の状態に対する指定です。";

    public static IEndpointRouteBuilder MapBroadcasts(this IEndpointRouteBuilder api)
    {
        var read = api.MapGroup("/broadcasts").WithTags("broadcasts").RequireScope(Scopes.ReadBroadcasts);
        read.MapGet("", List).WithName("listBroadcasts")
            .WithSummary("配信の一覧を取得する").WithDescription("新しい順に並びます。人数は数秒遅れることがあります。")
            .Answers(new ListView<BroadcastView>([BroadcastView.Example], "CfDJ8…"), Answered.AsList).Refuses(Problem.Validation);
        read.MapGet("/audience", Count).WithName("countBroadcastAudience")
            .WithSummary("届く人数を数える").WithDescription("いま配信したときに届く人数を返します。何も送りません。")
            .Answers(AudienceView.Example).Refuses(Problem.Validation, Problem.NotFound);
        read.MapGet("/{id}", Get).WithName("getBroadcast")
            .WithSummary("配信を取得する").WithDescription("配信と、その進み具合を返します。")
            .Answers(BroadcastDetailView.Example, Answered.Tagged).Refuses(Problem.NotFound).Explains("id", OfId, BroadcastView.Example.Id);

        var send = api.MapGroup("/broadcasts").WithTags("broadcasts").RequireScope(Scopes.SendBroadcasts);
        send.MapPost("", Create).WithName("createBroadcast")
            .WithSummary("配信を作成する").WithDescription("下書きを作成します。開始するまで、だれにも送られません。")
            .Takes(BroadcastUpload.Example, "application/json").NeedsIdempotencyKey()
            .Answers(BroadcastDetailView.Example, Answered.Created)
            .Refuses(Problem.Malformed, Problem.UnknownProperty, Problem.Validation, Problem.TooLarge, Problem.UnsupportedType);
        send.MapPost("/{id}/start", Start).WithName("startBroadcast")
            .WithSummary("配信を開始する").WithDescription("いま届く人を対象者として確定し、送り始めます。すぐに応答し、配信はそのまま続きます。")
            .NeedsIdempotencyKey().NeedsIfMatch(IfMatch)
            .Answers(BroadcastDetailView.Example).Refuses(Problem.NotFound, Problem.BroadcastIllegalTransition, Problem.BroadcastOverCap).Explains("id", OfId, BroadcastView.Example.Id);
        send.MapPost("/{id}/stop", Stop).WithName("stopBroadcast")
            .WithSummary("配信を停止する").WithDescription("新しい送信を始めません。送信中のものは届きます。停止した配信は再開できません。")
            .NeedsIfMatch(IfMatch)
            .Answers(BroadcastDetailView.Example).Refuses(Problem.NotFound, Problem.BroadcastIllegalTransition).Explains("id", OfId, BroadcastView.Example.Id);
        return api;
    }

    private static async Task<IResult> List([AsParameters] BroadcastQuery query, ClaimsPrincipal user, RecordsStore records, Cursors cursors, HttpContext http)
    {
        var staff = Staff.Of(user);
        BroadcastPosition? after = null;
        if (query.Cursor is { } cursor)
        {
            if (cursors.Open(staff.Name, query.Filter, cursor)?.Split('|', 2) is not [var at, var id]) return Problem.Validation.Answer([FieldError.BadCursor]);
            after = new(long.Parse(at, CultureInfo.InvariantCulture), id);
        }

        await using var read = records.Read();
        var page = await read.ListBroadcastsAsync(staff.Town, query.Stage, after, query.Limit ?? 50, http.RequestAborted);
        var next = page.HasMore ? cursors.Seal(staff.Name, query.Filter, $"{page.Items[^1].CreatedAt}|{page.Items[^1].Id}") : null;
        return new Tagged<ListView<BroadcastView>>(new([.. page.Items.Select(BroadcastView.Of)], next), NextLink: NextLink.Of(http, next));
    }

    private static async Task<IResult> Count([AsParameters] AudienceQuery query, ClaimsPrincipal user, RecordsStore records, OfficeSettings settings, CancellationToken cancel)
    {
        var staff = Staff.Of(user);
        if (!Owns(staff, query.Channel!, settings)) return Problem.NotFound.Answer();
        await using var read = records.Read();
        return TypedResults.Ok(new AudienceView(query.Channel!, await read.CountAudienceAsync(staff.Town, query.Channel!, cancel), settings.MostBroadcastRecipients));
    }

    private static async Task<IResult> Get(string id, ClaimsPrincipal user, Rooms rooms, TimeProvider clock) =>
        await Find(id, Staff.Of(user), rooms) is (_, { } standing) ? Shown(standing, clock) : Problem.NotFound.Answer();

    private static Task<IResult> Create(BroadcastUpload upload, HttpContext http, ClaimsPrincipal user, Rooms rooms, RecordsStore records, OfficeSettings settings, TimeProvider clock)
    {
        var staff = Staff.Of(user);
        if (!Owns(staff, upload.Channel, settings)) return Task.FromResult<IResult>(Problem.Validation.Answer([new FieldError("/channel", "このチャネルはありません。")]));
        return KeyedCalls.Run(http, staff, rooms, upload, async operation =>
        {
            var id = operation.ToString("N");
            await records.AuditAsync(new(clock.GetUtcNow(), staff.Town, staff.Name, "broadcast-created", id, upload.Channel) { Actor = staff.Id });
            var standing = await rooms.Broadcast(BroadcastKey.For(staff.Town, id)).Draft(new(upload.Channel, upload.Title, upload.Text, staff.Name, clock.GetUtcNow()));
            var view = BroadcastDetailView.Of(standing, clock.GetUtcNow());
            http.Response.Headers.ETag = view.Etag;
            return TypedResults.Created($"/api/v1/broadcasts/{id}", view);
        });
    }

    private static async Task<IResult> Start(string id, HttpContext http, ClaimsPrincipal user, Rooms rooms, RecordsStore records, OfficeSettings settings, TimeProvider clock)
    {
        var staff = Staff.Of(user);
        if (await Find(id, staff, rooms) is not (var room, { } standing)) return Problem.NotFound.Answer();
        return await KeyedCalls.Run(http, staff, rooms, id, async _ =>
        {
            if (Wanted(http, standing) is not { } revision) return Problem.PreconditionRequired.Answer();
            if (standing.Stage == BroadcastStage.Draft && standing.Revision == revision) // what is audited is what will happen, as far as anybody can know
            {
                await using var read = records.Read();
                var audience = await read.CountAudienceAsync(staff.Town, standing.Draft.Channel, http.RequestAborted);
                if (audience > settings.MostBroadcastRecipients) return OverCap(audience, settings);
                await records.AuditAsync(new(clock.GetUtcNow(), staff.Town, staff.Name, "broadcast-started", id, $"{standing.Draft.Channel}, {audience} recipients") { Actor = staff.Id });
            }

            return Outcome(await room.Start(revision, staff.Name), settings, clock);
        });
    }

    private static async Task<IResult> Stop(string id, HttpContext http, ClaimsPrincipal user, Rooms rooms, RecordsStore records, OfficeSettings settings, TimeProvider clock)
    {
        var staff = Staff.Of(user);
        if (await Find(id, staff, rooms) is not (var room, { } standing)) return Problem.NotFound.Answer();
        if (Wanted(http, standing) is not { } revision) return Problem.PreconditionRequired.Answer();
        var answer = await room.Stop(revision, staff.Name);
        // afterwards: nothing may delay a stop
        if (answer.Verdict == BroadcastVerdict.Done) await records.AuditAsync(new(clock.GetUtcNow(), staff.Town, staff.Name, "broadcast-stopped", id, $"{answer.Standing!.Tally.Total} of {answer.Standing.Audience} dealt with") { Actor = staff.Id });
        return Outcome(answer, settings, clock);
    }

    private static async Task<(IBroadcastGrain Room, BroadcastStanding? Standing)> Find(string id, Staff staff, Rooms rooms)
    {
        if (!Id().IsMatch(id)) return (null!, null);
        var room = rooms.Broadcast(BroadcastKey.For(staff.Town, id));
        return (room, await room.Look());
    }

    private static int? Wanted(HttpContext http, BroadcastStanding standing) =>
        http.Request.Headers.IfMatch.ToString() is { Length: > 0 } tag ? BroadcastTag.Revision(tag, standing.Revision) ?? -1 : null;

    private static IResult Outcome(BroadcastAnswer answer, OfficeSettings settings, TimeProvider clock) => answer.Verdict switch
    {
        BroadcastVerdict.Done => Shown(answer.Standing!, clock),
        BroadcastVerdict.Unknown => Problem.NotFound.Answer(),
        BroadcastVerdict.OverCap => OverCap(answer.Audience!.Value, settings),
        BroadcastVerdict.Illegal => Problem.BroadcastIllegalTransition.Answer(null, Current(answer, clock)),
        _ => Problem.PreconditionStale.Answer(null, Current(answer, clock)),
    };

    private static Tagged<BroadcastDetailView> Shown(BroadcastStanding standing, TimeProvider clock)
    {
        var view = BroadcastDetailView.Of(standing, clock.GetUtcNow());
        return new(view, view.Etag);
    }

    private static KeyValuePair<string, object?> Current(BroadcastAnswer answer, TimeProvider clock) => new("current", BroadcastDetailView.Of(answer.Standing!, clock.GetUtcNow()));

    private static IResult OverCap(int audience, OfficeSettings settings) => Problem.BroadcastOverCap.Answer($"届く人が {audience:N0} 人います。上限は {settings.MostBroadcastRecipients:N0} 人です。");

    private static bool Owns(Staff staff, string channel, OfficeSettings settings) => settings.Line.Channels.Any(c => c.Name == channel && settings.TownOf(c) == staff.Town);

    [GeneratedRegex("^[0-9a-f]{32}$")]
    private static partial Regex Id();
}
