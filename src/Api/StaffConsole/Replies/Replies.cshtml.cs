using Microsoft.AspNetCore.Mvc;
using OrleansGov.Api.Access;
using OrleansGov.Records;

namespace OrleansGov.Api.StaffConsole;

/// <summary>定型文: prepared answers of the departments. Leads write them.</summary>
[Right(Scopes.ReadConversations)]
public sealed class RepliesModel : ConsolePage
{
    private const string WholeTown = "*";

    public ImmutableList<CannedReplyRow> Rows { get; private set; } = [];

    /// <summary>The one that is changed; null = a new one.</summary>
    public CannedReplyRow? Editing { get; private set; }

    public bool MayChange(CannedReplyRow row) => row.Department.Length == 0 ? Me.DepartmentsFor(Rights.ManageReplies) is null : Me.Can(Rights.ManageReplies, row.Department);
    public IEnumerable<(string Id, string Name)> Places => MyTown.Departments.Where(d => Me.Can(Rights.ManageReplies, d.Id)).Select(d => (d.Id, d.Name))
        .Concat(Me.DepartmentsFor(Rights.ManageReplies) is null ? [(WholeTown, "全部署")] : []);

    public async Task<IActionResult> OnGetAsync(string? edit)
    {
        await LoadAsync();
        Editing = edit is null ? null : Rows.Find(r => r.Id == edit && MayChange(r));
        return edit is not null && Editing is null ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(string? id, int revision, string? department, string? title, string? text)
    {
        await LoadAsync();
        Editing = Rows.Find(r => r.Id == id);
        if ((Editing is not null && !MayChange(Editing)) || !Places.Any(p => p.Id == department)) return NotFound();
        if (string.IsNullOrWhiteSpace(title) || title.Trim().Length > CannedReplies.LongestTitle) Mend("Title", "名前を 100 文字以内で入力してください。");
        if (string.IsNullOrWhiteSpace(text) || text.Trim().Length > CannedReplies.LongestText) Mend("Text", "本文を 5,000 文字以内で入力してください。");
        if (!ModelState.IsValid) return Page();
        var place = department == WholeTown ? "" : department!;
        var (name, words) = (title!.Trim(), text!.ReplaceLineEndings("\n").Trim());
        if (Editing is null)
        {
            if (await Records.AddCannedReplyAsync(Me.Town, place, name, words, Me.Id, Line("canned-reply-added", "", name)) is null)
            {
                Mend("", "定型文が多すぎます。使わないものを消してから追加してください。");
                return Page();
            }
        }
        else if ((await Records.ChangeCannedReplyAsync(Me.Town, Editing.Id, revision, place, name, words, Me.Id, Line("canned-reply-changed", Editing.Id, name))).Verdict != CannedReplyVerdict.Done)
        {
            Warn("ほかの人が先に変更しました。いまの内容を確かめて、もう一度変更してください。");
            return Redirect($"/console/replies?edit={Editing.Id}");
        }

        Say("保存しました。");
        return Redirect("/console/replies");
    }

    public async Task<IActionResult> OnPostRemoveAsync(string id, int revision)
    {
        await LoadAsync();
        if (Rows.Find(r => r.Id == id) is not { } row || !MayChange(row)) return NotFound();
        if ((await Records.RemoveCannedReplyAsync(Me.Town, id, revision, Line("canned-reply-removed", id, row.Title))).Verdict == CannedReplyVerdict.Stale) Warn("ほかの人が先に変更しました。いまの内容を確かめてください。");
        else Say($"「{row.Title}」を消しました。");
        return Redirect("/console/replies");
    }

    private async Task LoadAsync()
    {
        await using var read = Records.Read();
        Rows = (await read.ListCannedRepliesAsync(Me.Town, Me.DepartmentsFor(Scopes.ReadConversations), null, CannedReplies.MostOfATown, Cancel)).Items;
    }
}
