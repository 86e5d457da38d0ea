using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Mvc;
using OrleansGov.Api.Access;
using OrleansGov.Api.Lists;
using OrleansGov.Records;

namespace OrleansGov.Api.StaffConsole;

/// <summary>監査ログ: who did or read what, and who tried to.</summary>
[Right(Rights.ReadAudit)]
public sealed class AuditModel : ConsolePage
{
    private const int PerPage = 50;

    [BindProperty(SupportsGet = true, Name = "kind")] public string? Kind { get; set; }
    [BindProperty(SupportsGet = true, Name = "actor")] public string? Actor { get; set; }
    [BindProperty(SupportsGet = true, Name = "subject")] public string? Subject { get; set; }
    [BindProperty(SupportsGet = true, Name = "from")] public string? From { get; set; }
    [BindProperty(SupportsGet = true, Name = "to")] public string? To { get; set; }
    [BindProperty(SupportsGet = true, Name = "before")] public long? Before { get; set; }

    public ImmutableList<AuditRow> Rows { get; private set; } = [];

    public Pager Pager { get; private set; } = new(null, null, 0);

    public string CsvLink => "/console/audit/csv" + QueryString.Create(new Dictionary<string, string?> { ["kind"] = Kind, ["actor"] = Actor, ["subject"] = Subject, ["from"] = From, ["to"] = To }.Where(q => !string.IsNullOrEmpty(q.Value)));

    public async Task OnGetAsync()
    {
        if (Filter() is not { } filter) return;
        await using var read = Records.Read();
        var page = await read.ListAuditAsync(filter, Before, PerPage, Cancel);
        Rows = page.Items;
        Pager = new(Before is null ? null : Here(("before", null)), page.HasMore ? Here(("before", Rows[^1].Place.ToString(CultureInfo.InvariantCulture))) : null, Rows.Count);
    }

    /// <summary>Walks along the chain and says whether it is whole.</summary>
    public async Task<IActionResult> OnPostVerifyAsync()
    {
        await using var read = Records.Read();
        var verdict = await read.VerifyAuditAsync(Me.Town, Cancel);
        await Records.AuditAsync(Line("audit-verified", Me.Town, verdict.IsWhole ? "whole" : $"{verdict.Fault} at {verdict.BrokenAt}"));
        if (verdict.IsWhole) Say($"{Shown.Number(verdict.Lines)} 件を検査しました。改ざんも欠落もありません。");
        else Mend("", $"{Shown.Number(verdict.BrokenAt ?? 0)} 番目の記録で、{AuditWords.Fault(verdict.Fault!.Value)}。すぐにシステムの管理者と情報セキュリティ責任者に知らせてください。");
        if (verdict.IsWhole) return Redirect(Here(("handler", null)));
        await OnGetAsync();
        return Page();
    }

    /// <summary>What is asked for; null = a day cannot be read, and was said so.</summary>
    internal AuditFilter? Filter()
    {
        var (from, to) = (Day("from", From), Day("to", To));
        return ModelState.IsValid ? new(Me.Town, Blank(Kind), Blank(Actor), null, Blank(Subject), null, from, to?.AddDays(1)) : null;
    }

    private DateTimeOffset? Day(string field, string? text)
    {
        if (Blank(text) is null) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day)) return Town.At(day, TimeOnly.MinValue);
        Mend(field, "日付を 2026-04-01 の形で入力してください。");
        return null;
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>監査ログ as a file: a plain link.</summary>
[Right(Rights.ReadAudit)]
public sealed class AuditCsvModel : ConsolePage
{
    private const int Stride = 500;

    private static readonly string[] Headings = ["番号", "日時", "種類", "操作", "操作（記号）", "だれが", "識別子", "対象", "対象の名前", "部署", "変更前", "変更後", "詳細", "理由", "接続元", "要求番号", "ハッシュ"];

    [BindProperty(SupportsGet = true, Name = "kind")] public string? Kind { get; set; }
    [BindProperty(SupportsGet = true, Name = "actor")] public string? Actor { get; set; }
    [BindProperty(SupportsGet = true, Name = "subject")] public string? Subject { get; set; }
    [BindProperty(SupportsGet = true, Name = "from")] public string? From { get; set; }
    [BindProperty(SupportsGet = true, Name = "to")] public string? To { get; set; }

    public async Task<IActionResult> OnGetAsync()
    {
        var page = new AuditModel { PageContext = PageContext, Kind = Kind, Actor = Actor, Subject = Subject, From = From, To = To };
        if (page.Filter() is not { } filter) return BadRequest();
        await Records.AuditAsync(Line("audit-exported", Me.Town, Request.QueryString.Value?.Length > 500 ? null : $"{Kind} {From} {To}".Trim()) with { Kind = AuditKind.Read });
        await CsvText.WriteAsync(Response, $"監査ログ_{Town.Today(Now).ToString("yyyyMMdd", CultureInfo.InvariantCulture)}.csv", Rows(filter, Cancel), Cancel);
        return new EmptyResult();
    }

    private async IAsyncEnumerable<IReadOnlyList<string?>> Rows(AuditFilter filter, [EnumeratorCancellation] CancellationToken cancel)
    {
        yield return Headings;
        long? before = null;
        for (var more = true; more;)
        {
            await using var read = Records.Read();
            var page = await read.ListAuditAsync(filter, before, Stride, cancel);
            foreach (var a in page.Items)
                yield return
                [
                    a.Place.ToString(CultureInfo.InvariantCulture), Shown.Stamp(a.At), AuditWords.Kind(a.Kind), AuditWords.Action(a.Action), a.Action, a.Principal, a.Actor, a.Subject, a.SubjectName,
                    a.Department, a.Before, a.After, a.Detail, a.Reason, a.Address, a.Request, a.Hash,
                ];
            (more, before) = (page.HasMore, page.Items.IsEmpty ? null : page.Items[^1].Place);
        }
    }
}

/// <summary>The audit trail's words as people read them; what has none yet stays as it is.</summary>
public static class AuditWords
{
    public static string Kind(string kind) => kind switch
    {
        "change" => "変更",
        "read" => "参照",
        "refusal" => "拒否",
        _ => kind,
    };

    public static string Fault(AuditFault fault) => fault switch
    {
        AuditFault.Altered => "内容が書き換えられています",
        AuditFault.Missing => "記録が失われています",
        _ => "記録の終わりが控えと一致しません",
    };

    public static string Action(string action) => action switch
    {
        "signed-in" => "サインイン",
        "signed-out" => "サインアウト",
        "sign-in-refused" => "サインインの拒否",
        "refused" => "権限のない操作",
        "staff-added" => "職員の追加",
        "staff-renamed" => "職員の登録内容の変更",
        "staff-disabled" => "職員の停止",
        "staff-enabled" => "職員の再開",
        "staff-request-dismissed" => "登録待ちから外す",
        "session-ended" => "職員をサインアウトさせる",
        "role-given" => "役割の追加",
        "role-taken" => "役割を外す",
        "key-issued" => "APIキーの発行",
        "key-revoked" => "APIキーの無効化",
        "audit-verified" => "監査ログの検査",
        "audit-exported" => "監査ログの書き出し",
        "conversation-take" => "会話を引き受ける",
        "conversation-intervene" => "会話に割り込む",
        "conversation-transfer" => "会話を引き継ぐ",
        "conversation-release" => "会話を待ちに戻す",
        "conversation-return" => "会話をボットに戻す",
        "conversation-close" => "会話の対応を終える",
        "conversation-say" => "住民への返信",
        "transcript-read" or "conversation-read" => "会話の参照",
        "conversation-list-read" => "受付一覧の参照",
        "conversation-media-read" => "写真・ファイルの参照",
        "case-read" => "案件の参照",
        "search-read" => "検索結果の参照",
        "export-read" => "書き出し",
        "procedure-published" => "手続きの公開",
        "procedure-restored" => "手続きを前の版に戻す",
        "webhook-endpoint-created" => "Webhook の送信先の追加",
        "webhook-endpoint-changed" => "Webhook の送信先の変更",
        "webhook-endpoint-removed" => "Webhook の送信先の削除",
        "webhook-secret-rotated" => "Webhook の秘密鍵の変更",
        "webhook-redelivered" => "Webhook の再送",
        "broadcast-created" => "配信の作成",
        "broadcast-started" => "配信の開始",
        "broadcast-stopped" => "配信の停止",
        _ => action,
    };
}
