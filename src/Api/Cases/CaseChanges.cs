using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using OrleansGov.Api.Access;
using OrleansGov.Api.Bodies;
using OrleansGov.Api.Broadcasts;
using OrleansGov.Api.Conversations;
using OrleansGov.Api.Documents;
using OrleansGov.Api.Lists;
using OrleansGov.Api.Problems;
using OrleansGov.Records;

namespace OrleansGov.Api.Cases;

/// <summary>What staff change in a case beside the talk. Who speaks, and whose desk it is, is changed at the talk.</summary>
public static class CaseChanges
{
    internal static void MapCaseChanges(this RouteGroupBuilder cases) =>
        cases.MapPatch("/{number}", Change).WithName("changeCase")
            .WithSummary("案件を変更する").WithDescription("状態（resolved、pendingResident、pendingInternal）、ラベル、連絡の約束のうち 1 つを変えます。担当者と部署は、会話の control で変えます。")
            .Takes(CasePatch.Example, "application/json").NeedsIfMatch("取得したときの ETag です。")
            .Answers(CaseView.Example)
            .Refuses(Problem.NotFound, Problem.TooLarge, Problem.UnsupportedType, Problem.Malformed, Problem.UnknownProperty, Problem.Validation, Problem.CaseIllegal, Problem.CaseAtWork)
            .Explains("number", "受付番号です。", "S-20261102-0007");

    private static async Task<IResult> Change(string number, HttpContext http, Rooms rooms, RecordsStore records, TimeProvider clock)
    {
        var staff = Staff.Of(http.User);
        await using var read = records.Read();
        if (await read.FindCaseAsync(staff.Town, number, http.RequestAborted) is not { } row || !staff.Sees(row.Department)) return Problem.NotFound.Answer();
        if (!staff.Can(Rights.ChangeCases, row.Department)) return ControlEndpoints.Forbidden(Rights.ChangeCases);
        var (patch, refusal) = await JsonBody.Read<CasePatch>(http);
        if (patch is null) return refusal!;
        var revision = http.Request.Headers.IfMatch.ToString() is { Length: > 0 } tag ? BroadcastTag.Revision(tag, row.Revision) ?? -1 : (int?)null;
        var command = patch.Command(staff.Acting([row.Department]), revision);
        var answer = await rooms.Case(CaseKey.For(staff.Town, number)).Change(command);
        if (answer.Verdict == CaseVerdict.Done)
            await records.AuditAsync(new AuditEntry(clock.GetUtcNow(), staff.Town, staff.Name, "case-changed", number, patch.What) { Department = row.Department }.By(staff, http));
        return answer.Verdict switch
        {
            CaseVerdict.Done or CaseVerdict.Unchanged => Shown(row, answer.Case!),
            CaseVerdict.NotVisible => Problem.NotFound.Answer(),
            CaseVerdict.Forbidden => ControlEndpoints.Forbidden(Rights.ChangeCases),
            CaseVerdict.Incomplete => Problem.Validation.Answer([new FieldError($"/{answer.Missing}", "指定がないか、長すぎます。")]),
            CaseVerdict.Illegal => Problem.CaseIllegal.Answer(null, Current(row, answer.Case)),
            CaseVerdict.AtWork => Problem.CaseAtWork.Answer(null, Current(row, answer.Case)),
            CaseVerdict.PreconditionRequired => Problem.PreconditionRequired.Answer(null, Current(row, answer.Case)),
            CaseVerdict.Stale => Problem.PreconditionStale.Answer(null, Current(row, answer.Case)),
            _ => throw new InvalidOperationException($"A case answered {answer.Verdict}, which is no answer."),
        };
    }

    // Records follows within moments; what is answered is the case itself.
    private static CaseRow After(CaseRow row, StaffCase now) => row with
    {
        Status = now.Status, Department = now.Department, Owner = now.Owner, OwnerName = now.OwnerName, Labels = now.Labels.IsEmpty ? null : string.Join('\n', now.Labels),
        Result = now.Result, CallbackBy = now.CallbackBy, Revision = now.Revision,
    };

    private static Tagged<CaseView> Shown(CaseRow row, StaffCase now)
    {
        var view = CaseView.Of(After(row, now));
        return new(view, view.Etag);
    }

    private static KeyValuePair<string, object?> Current(CaseRow row, StaffCase? now) => new("current", now is null ? null : CaseView.Of(After(row, now)));
}

/// <summary>One change of a case.</summary>
[Description("案件の変更です。1 回に 1 つだけ指定します。")]
public sealed record CasePatch : Asked
{
    [Description("resolved（終了。result と tags が必要）、pendingResident（住民の返事待ち）、pendingInternal（庁内の作業待ち）のどれかです。"), AllowedValues(null, "resolved", "pendingResident", "pendingInternal"), MaxLength(20)]
    public string? Status { get; init; }

    [Description("結果の区分です（resolved では必須）。"), MaxLength(60)]
    public string? Result { get; init; }

    [Description("分類です（resolved では 1 つ以上）。"), MaxLength(20)]
    public IReadOnlyList<string>? Tags { get; init; }

    [Description("変更後のラベルです。20 個まで、それぞれ 40 文字までです。"), MaxLength(20)]
    public IReadOnlyList<string>? Labels { get; init; }

    [Description("この日までに連絡すると約束した日です。")]
    public DateOnly? CallbackBy { get; init; }

    [Description("true なら、連絡の約束を取り消します。")]
    public bool? WithdrawCallback { get; init; }

    internal static readonly CasePatch Example = new() { Status = "resolved", Result = "answered", Tags = ["住民票"] };

    internal string What => Status ?? (Labels is not null ? "labels" : "callback");

    protected override IEnumerable<FieldError> Contradictions()
    {
        var changes = (Status is null ? 0 : 1) + (Labels is null ? 0 : 1) + (CallbackBy is null && WithdrawCallback is not true ? 0 : 1);
        if (changes != 1) yield return new("", "status、labels、callbackBy（または withdrawCallback）のうち 1 つだけを指定してください。");
        if (CallbackBy is not null && WithdrawCallback is true) yield return new("/withdrawCallback", "callbackBy と同時には指定できません。");
        if (Status == "resolved" && string.IsNullOrWhiteSpace(Result)) yield return new("/result", "結果の区分を指定してください。");
        if (Status == "resolved" && Tags is not { Count: > 0 }) yield return new("/tags", "分類を 1 つ以上指定してください。");
        if (Status != "resolved" && (Result is not null || Tags is not null)) yield return new("/result", "status が resolved のときだけ指定できます。");
        if (Labels?.Any(l => string.IsNullOrWhiteSpace(l) || l.Length > 40) is true) yield return new("/labels", "ラベルは 1〜40 文字です。");
    }

    internal CaseCommand Command(Actor by, int? revision) => this switch
    {
        { Status: "resolved" } => new CaseCommand.Resolve(Result!, [.. Tags!]) { By = by, IfRevision = revision },
        { Status: "pendingResident" } => new CaseCommand.AwaitResident { By = by, IfRevision = revision },
        { Status: not null } => new CaseCommand.AwaitOffice { By = by, IfRevision = revision },
        { Labels: { } labels } => new CaseCommand.Label([.. labels]) { By = by, IfRevision = revision },
        _ => new CaseCommand.PromiseCallback(CallbackBy) { By = by, IfRevision = revision },
    };
}
