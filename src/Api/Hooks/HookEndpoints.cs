using System.Globalization;
using System.Security.Claims;
using OrleansGov.Api.Access;
using OrleansGov.Api.Bodies;
using OrleansGov.Api.Conversations;
using OrleansGov.Api.Documents;
using OrleansGov.Api.Lists;
using OrleansGov.Api.Problems;
using OrleansGov.Gateways;
using OrleansGov.Records;

namespace OrleansGov.Api.Hooks;

/// <summary>Outgoing webhooks: where integrators hear of events, what they were told, and telling it again.</summary>
public static class HookEndpoints
{
    private const string OfId = "送信先の識別子です。";

    public static IEndpointRouteBuilder MapHooks(this IEndpointRouteBuilder api)
    {
        var hooks = api.MapGroup("/webhook-endpoints").WithTags("webhook-endpoints").RequireScope(Scopes.ManageHooks);
        hooks.MapGet("", List).WithName("listWebhookEndpoints")
            .WithSummary("Webhook の送信先の一覧を取得する").WithDescription("作成した順に並びます。秘密鍵は返しません。")
            .Answers(new ListView<HookView>([HookView.Example], null), Answered.Tagged);
        hooks.MapPost("", Create).WithName("createWebhookEndpoint")
            .WithSummary("Webhook の送信先を作成する")
            .WithDescription("これから起きるできごとを、Standard Webhooks 1.0.0 の署名を付けて送ります。失敗したものは 24 時間まで間隔を広げて送り直し、3 日間すべて失敗した送信先は止めます。秘密鍵はこの応答でだけ表示します。")
            .Takes(HookUpload.Example, "application/json").Answers(HookWithSecretView.Example, Answered.Created)
            .Refuses(Problem.TooLarge, Problem.UnsupportedType, Problem.Malformed, Problem.UnknownProperty, Problem.Validation, Problem.ForbiddenAddress, Problem.TooManyHooks);
        hooks.MapGet("/{id}", Get).WithName("getWebhookEndpoint")
            .WithSummary("Webhook の送信先を取得する").WithDescription("送信先を返します。秘密鍵は返しません。")
            .Answers(HookView.Example, Answered.Tagged).Refuses(Problem.NotFound).Explains("id", OfId, HookView.ExampleId);
        hooks.MapPut("/{id}", Change).WithName("changeWebhookEndpoint")
            .WithSummary("Webhook の送信先を変更する").WithDescription("URL、種類、連絡先、送るかどうかを置き換えます。止まっていた送信先は、これから起きるできごとから送ります。")
            .Takes(HookUpload.Example, "application/json").NeedsIfMatch("取得したときの ETag です。").Answers(HookView.Example)
            .Refuses(Problem.NotFound, Problem.TooLarge, Problem.UnsupportedType, Problem.Malformed, Problem.UnknownProperty, Problem.Validation, Problem.ForbiddenAddress)
            .Explains("id", OfId, HookView.ExampleId);
        hooks.MapDelete("/{id}", Remove).WithName("removeWebhookEndpoint")
            .WithSummary("Webhook の送信先を削除する").WithDescription("送信待ちのものも削除します。").NeedsIfMatch("取得したときの ETag です。")
            .Produces(StatusCodes.Status204NoContent).Refuses(Problem.NotFound).Explains("id", OfId, HookView.ExampleId);
        hooks.MapPost("/{id}/rotations", Rotate).WithName("rotateWebhookSecret")
            .WithSummary("署名の秘密鍵を変える").WithDescription("新しい秘密鍵を返します。前の秘密鍵の署名も 24 時間付けます。")
            .Answers(HookWithSecretView.Example).Refuses(Problem.NotFound).Explains("id", OfId, HookView.ExampleId);
        hooks.MapPost("/{id}/test", Test).WithName("testWebhookEndpoint")
            .WithSummary("試しに送る").WithDescription("webhook.test を 1 回送り、その結果を返します。")
            .Answers(DeliveryView.Example).Refuses(Problem.NotFound).Explains("id", OfId, HookView.ExampleId);
        hooks.MapGet("/{id}/deliveries", Deliveries).WithName("listWebhookDeliveries")
            .WithSummary("送信の記録を取得する").WithDescription("新しい順に並びます。終わったものは、新しい 500 件だけを残します。")
            .Answers(new ListView<DeliveryView>([DeliveryView.Example], null), Answered.AsList).Refuses(Problem.NotFound, Problem.Validation).Explains("id", OfId, HookView.ExampleId);
        hooks.MapPost("/{id}/deliveries/{delivery:long}/redeliveries", Redeliver).WithName("redeliverWebhook")
            .WithSummary("もう一度送る").WithDescription("同じ webhook-id で 1 回送り、その結果を返します。")
            .Answers(DeliveryView.Example).Refuses(Problem.NotFound).Explains("id", OfId, HookView.ExampleId).Explains("delivery", "送信の識別子です。", 128);
        return api;
    }

    private static async Task<IResult> List(ClaimsPrincipal user, Rooms rooms) =>
        new Tagged<ListView<HookView>>(new([.. (await Mine(Staff.Of(user), rooms)).Select(HookView.Of)], null));

    private static async Task<IResult> Create(HttpContext http, ClaimsPrincipal user, Rooms rooms, HookCaller caller, RecordsStore records, TimeProvider clock)
    {
        var staff = Staff.Of(user);
        var (upload, refusal) = await Read(http, caller);
        if (upload is null) return refusal!;
        if (await Room(staff, rooms).Add(Draft(upload, staff)) is not { } made) return Problem.TooManyHooks.Answer();
        await Audit(http, records, clock, staff, "webhook-endpoint-created", made.Endpoint.Id, new Uri(upload.Url).Host);
        http.Response.Headers.ETag = HookView.TagOf(made.Endpoint.Revision);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created($"/api/v1/webhook-endpoints/{made.Endpoint.Id}", HookWithSecretView.Of(made));
    }

    private static async Task<IResult> Get(string id, ClaimsPrincipal user, Rooms rooms) => await Find(id, Staff.Of(user), rooms) is { } hook ? Shown(hook) : Problem.NotFound.Answer();

    private static async Task<IResult> Change(string id, HttpContext http, ClaimsPrincipal user, Rooms rooms, HookCaller caller, RecordsStore records, TimeProvider clock)
    {
        var staff = Staff.Of(user);
        if (await Find(id, staff, rooms) is not { } hook) return Problem.NotFound.Answer();
        var (upload, refusal) = await Read(http, caller);
        if (upload is null) return refusal!;
        if (ControlTag.Wanted(http.Request, hook.Revision) is not { } revision) return Problem.PreconditionRequired.Answer(null, Current(hook));
        var verdict = await Room(staff, rooms).Change(id, revision, Draft(upload, staff) with { Departments = hook.Departments }, upload.IsOn ?? true);
        if (verdict == HookVerdict.Done) await Audit(http, records, clock, staff, "webhook-endpoint-changed", id, new Uri(upload.Url).Host);
        return await Outcome(verdict, id, staff, rooms);
    }

    private static async Task<IResult> Remove(string id, HttpContext http, ClaimsPrincipal user, Rooms rooms, RecordsStore records, TimeProvider clock)
    {
        var staff = Staff.Of(user);
        if (await Find(id, staff, rooms) is not { } hook) return Problem.NotFound.Answer();
        if (ControlTag.Wanted(http.Request, hook.Revision) is not { } revision) return Problem.PreconditionRequired.Answer(null, Current(hook));
        var verdict = await Room(staff, rooms).Remove(id, revision);
        if (verdict != HookVerdict.Done) return await Outcome(verdict, id, staff, rooms);
        await Audit(http, records, clock, staff, "webhook-endpoint-removed", id, null);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> Rotate(string id, HttpContext http, ClaimsPrincipal user, Rooms rooms, RecordsStore records, TimeProvider clock)
    {
        var staff = Staff.Of(user);
        if (await Find(id, staff, rooms) is null || await Room(staff, rooms).Rotate(id) is not { } made) return Problem.NotFound.Answer();
        await Audit(http, records, clock, staff, "webhook-secret-rotated", id, null);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(HookWithSecretView.Of(made));
    }

    private static async Task<IResult> Test(string id, ClaimsPrincipal user, Rooms rooms)
    {
        var staff = Staff.Of(user);
        return await Find(id, staff, rooms) is not null && await Room(staff, rooms).Test(id) is { } sent ? TypedResults.Ok(DeliveryView.Of(sent)) : Problem.NotFound.Answer();
    }

    private static async Task<IResult> Deliveries(string id, [AsParameters] DeliveryQuery query, HttpContext http, ClaimsPrincipal user, Rooms rooms, Cursors cursors)
    {
        var staff = Staff.Of(user);
        if (await Find(id, staff, rooms) is null) return Problem.NotFound.Answer();
        long? before = null;
        if (query.Cursor is { } cursor)
        {
            if (cursors.Open(staff.Id, $"deliveries {id}", cursor) is not { } position) return Problem.Validation.Answer([FieldError.BadCursor]);
            before = long.Parse(position, CultureInfo.InvariantCulture);
        }

        var limit = query.Limit ?? 50;
        if (await Room(staff, rooms).Deliveries(id, before, limit + 1) is not { } found) return Problem.NotFound.Answer();
        var next = found.Count > limit ? cursors.Seal(staff.Id, $"deliveries {id}", found[limit - 1].Number.ToString(CultureInfo.InvariantCulture)) : null;
        return new Tagged<ListView<DeliveryView>>(new([.. found.Take(limit).Select(DeliveryView.Of)], next), NextLink: NextLink.Of(http, next));
    }

    private static async Task<IResult> Redeliver(string id, long delivery, HttpContext http, ClaimsPrincipal user, Rooms rooms, RecordsStore records, TimeProvider clock)
    {
        var staff = Staff.Of(user);
        if (await Find(id, staff, rooms) is null || await Room(staff, rooms).Redeliver(id, delivery) is not { } sent) return Problem.NotFound.Answer();
        await Audit(http, records, clock, staff, "webhook-redelivered", id, sent.Message);
        return TypedResults.Ok(DeliveryView.Of(sent));
    }

    private static async Task<(HookUpload? Upload, IResult? Refusal)> Read(HttpContext http, HookCaller caller)
    {
        var (upload, refusal) = await JsonBody.Read<HookUpload>(http);
        return upload is not null && caller.Check(new(upload.Url)) is { } fault
            ? (null, Problem.ForbiddenAddress.Answer([new FieldError("/url", fault == AddressFault.NotHttps ? "https の URL を指定してください。" : "この URL には送れません。")]))
            : (upload, refusal);
    }

    // Somebody of one department neither sees nor makes an endpoint that hears of others.
    private static async Task<ImmutableList<HookEndpoint>> Mine(Staff staff, Rooms rooms) =>
        (await Room(staff, rooms).List()).FindAll(h => staff.DepartmentsFor(Scopes.ManageHooks) is not { } mine || (h.Departments is not null && h.Departments.All(mine.Contains)));

    private static async Task<HookEndpoint?> Find(string id, Staff staff, Rooms rooms) => (await Mine(staff, rooms)).Find(h => h.Id == id);

    private static IHooksGrain Room(Staff staff, Rooms rooms) => rooms.Hooks(HooksKey.For(staff.Town));

    private static HookDraft Draft(HookUpload upload, Staff staff) =>
        new(upload.Url, [.. upload.Types], staff.DepartmentsFor(Scopes.ManageHooks) is { } departments ? [.. departments] : null, upload.Contact, staff.Name);

    private static async Task<IResult> Outcome(HookVerdict verdict, string id, Staff staff, Rooms rooms) =>
        verdict == HookVerdict.Unknown || await Find(id, staff, rooms) is not { } hook ? Problem.NotFound.Answer()
        : verdict == HookVerdict.Stale ? Problem.PreconditionStale.Answer(null, Current(hook)) : Shown(hook);

    private static Tagged<HookView> Shown(HookEndpoint hook) => new(HookView.Of(hook), HookView.TagOf(hook.Revision));

    private static KeyValuePair<string, object?> Current(HookEndpoint hook) => new("current", HookView.Of(hook));

    private static Task Audit(HttpContext http, RecordsStore records, TimeProvider clock, Staff staff, string action, string subject, string? detail) =>
        records.AuditAsync(new AuditEntry(clock.GetUtcNow(), staff.Town, staff.Name, action, subject, detail).By(staff, http));
}
