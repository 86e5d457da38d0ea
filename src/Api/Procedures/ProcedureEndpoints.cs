using System.Security.Claims;
using System.Text.RegularExpressions;
using OrleansGov.Api.Access;
using OrleansGov.Api.Documents;
using OrleansGov.Api.Lists;
using OrleansGov.Api.Problems;
using OrleansGov.Records;

namespace OrleansGov.Api.Procedures;

/// <summary>Packs: check, publish, go back. Versions never change; publishing an old one again is the way back.</summary>
public static partial class ProcedureEndpoints
{
    public static IEndpointRouteBuilder MapPacks(this IEndpointRouteBuilder api)
    {
        var read = api.MapGroup("/procedures").WithTags("procedures").RequireScope(Scopes.ReadProcedures);
        read.MapGet("", List).WithName("listProcedures")
            .WithSummary("手続きの一覧を取得する").WithDescription("公開したすべての版を返します。")
            .Answers(new ListView<ProcedureView>([ProcedureView.Example], null), Answered.Tagged);
        read.MapGet("/{id}/versions/{version:int}", Get).WithName("getProcedureVersion")
            .WithSummary("手続きの版を取得する").WithDescription("公開した版を返します。")
            .Answers(ProcedureView.Example, Answered.Tagged).Refuses(Problem.NotFound)
            .Explains("id", "手続きの識別子です。", "bulky-waste").Explains("version", "版です。", 2);

        var write = api.MapGroup("/procedures").WithTags("procedures").RequireScope(Scopes.PublishProcedures);
        write.MapPost("/{id}/validations", Validate).WithName("validateProcedure")
            .WithSummary("パックを検査する").WithDescription("公開するときと同じ検査をします。何も公開しません。")
            .Takes(PackUpload.Example, "application/json", "application/zip")
            .Answers(ValidationView.Example).Refuses(Problem.Malformed, Problem.UnknownProperty, Problem.Validation, Problem.NotFound, Problem.TooLarge, Problem.UnsupportedType)
            .WithMetadata(new RequestSizeLimitAttribute(PackBodies.Largest)).Explains("id", "手続きの識別子です。", "bulky-waste");
        write.MapPost("/{id}/publications", Publish).WithName("publishProcedure")
            .WithSummary("パックを公開する").WithDescription("検査に通れば、新しい版として公開します。同じ内容なら、すでにある版を返します。進行中の申込みは、始めたときの版のまま続きます。")
            .Takes(PackUpload.Example, "application/json", "application/zip")
            .Answers(ProcedureView.Example, Answered.Created)
            .Refuses(Problem.Malformed, Problem.UnknownProperty, Problem.Validation, Problem.NotFound, Problem.TooLarge, Problem.UnsupportedType, Problem.NotPublishable)
            .WithMetadata(new RequestSizeLimitAttribute(PackBodies.Largest)).Explains("id", "手続きの識別子です。", "bulky-waste");
        write.MapPost("/{id}/versions/{version:int}/publications", Restore).WithName("restoreProcedureVersion")
            .WithSummary("以前の版に戻す").WithDescription("公開済みの版を、新しい申込みに使う版にします。")
            .Answers(ProcedureView.Example).Refuses(Problem.NotFound)
            .Explains("id", "手続きの識別子です。", "bulky-waste").Explains("version", "戻す版です。", 1);
        return api;
    }

    private static async Task<IResult> List(ClaimsPrincipal user, Rooms rooms)
    {
        var head = await Catalog(user, rooms).Head();
        return new Tagged<ListView<ProcedureView>>(new(
            [.. head.All.OrderBy(v => v.Id, StringComparer.Ordinal).ThenByDescending(v => v.Version).Take(100).Select(v => ProcedureView.Of(v, head))], null));
    }

    private static async Task<IResult> Get(string id, int version, ClaimsPrincipal user, Rooms rooms)
    {
        var head = await Catalog(user, rooms).Head();
        return head.All.Find(v => v.Id == id && v.Version == version) is { } found ? new Tagged<ProcedureView>(ProcedureView.Of(found, head)) : Problem.NotFound.Answer();
    }

    private static async Task<IResult> Validate(string id, HttpRequest request, ClaimsPrincipal user, Rooms rooms)
    {
        var (pack, refusal) = await Pack(id, request);
        if (pack is null) return refusal!;
        var faults = await Catalog(user, rooms).Validate(pack);
        return TypedResults.Ok(new ValidationView(faults.IsEmpty, [.. faults.Select(PackFaultView.Of)]));
    }

    private static async Task<IResult> Publish(string id, HttpRequest request, ClaimsPrincipal user, Rooms rooms, RecordsStore records, TimeProvider clock)
    {
        var (pack, refusal) = await Pack(id, request);
        if (pack is null) return refusal!;
        var (staff, catalog) = (Staff.Of(user), Catalog(user, rooms));
        if (!MayPublish(staff)) return Problem.Forbidden.Answer();
        var result = await catalog.Publish(pack, staff.Name);
        if (result.Version is not { } version) return Problem.NotPublishable.Answer(result.Faults.Select(FieldError.Of));
        await records.AuditAsync(new(clock.GetUtcNow(), staff.Town, staff.Name, "procedure-published", $"{id} v{version}") { Actor = staff.Id });
        var head = await catalog.Head();
        return TypedResults.Created($"/api/v1/procedures/{id}/versions/{version}", ProcedureView.Of(head.All.Find(v => v.Id == id && v.Version == version)!, head));
    }

    private static async Task<IResult> Restore(string id, int version, ClaimsPrincipal user, Rooms rooms, RecordsStore records, TimeProvider clock)
    {
        var (staff, catalog) = (Staff.Of(user), Catalog(user, rooms));
        if (!MayPublish(staff)) return Problem.Forbidden.Answer();
        if (!await catalog.MakeCurrent(id, version, staff.Name)) return Problem.NotFound.Answer();
        await records.AuditAsync(new(clock.GetUtcNow(), staff.Town, staff.Name, "procedure-restored", $"{id} v{version}") { Actor = staff.Id });
        var head = await catalog.Head();
        return TypedResults.Ok(ProcedureView.Of(head.All.Find(v => v.Id == id && v.Version == version)!, head));
    }

    private static async Task<(PackFiles? Pack, IResult? Refusal)> Pack(string id, HttpRequest request)
    {
        if (!PackId().IsMatch(id)) return (null, Problem.NotFound.Answer());
        var (texts, refusal) = await PackBodies.Read(request);
        return texts is null ? (null, refusal) : (new PackFiles(id, texts), null);
    }

    // A pack decides itself which department it is of: whoever is bound to departments could take another's procedure over.
    private static bool MayPublish(Staff staff) => staff.Departments is null;

    private static IProcedureCatalogGrain Catalog(ClaimsPrincipal user, Rooms rooms) => rooms.Catalog(CatalogKey.For(Staff.Of(user).Town));

    [GeneratedRegex("^[a-z0-9-]{1,60}$")]
    private static partial Regex PackId();
}
