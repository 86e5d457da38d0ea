using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using OrleansGov.Api.Access;
using OrleansGov.Api.Conversations;
using OrleansGov.Api.Lists;
using OrleansGov.Gateways;
using OrleansGov.Records;

namespace OrleansGov.Api.StaffConsole;

/// <summary>会話: what was said, by whom; the case and the procedure beside it; and what an officer may do now.</summary>
[Right(Scopes.ReadConversations)]
public sealed class TalkModel : TalkPage
{
    private const int Most = 100;

    [BindProperty(SupportsGet = true, Name = "id")]
    public string Id { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "before")]
    public long? Before { get; set; }

    public TalkView View { get; private set; } = null!;
    public Actor Actor { get; private set; } = null!;
    public ImmutableList<ThreadLine> Lines { get; private set; } = [];
    public string? Earlier { get; private set; }
    public long Seen { get; private set; }
    public CaseRow? Case { get; private set; }
    public ImmutableList<CaseRow> PastCases { get; private set; } = [];
    public ImmutableList<CannedReplyRow> Replies { get; private set; } = [];
    public ImmutableList<StaffRow> Colleagues { get; private set; } = [];
    public ImmutableList<string> KnownTags { get; private set; } = [];
    public ControlStrip Strip { get; private set; } = ControlStrip.Empty;

    /// <summary>What stands in the composer.</summary>
    public string Draft { get; private set; } = "";

    /// <summary>LINE's retry key of the next message: the same form sent twice is one message.</summary>
    public Guid Key { get; private set; } = Guid.NewGuid();

    /// <summary>The bubbles, when the text becomes several and the officer has not agreed yet.</summary>
    public ImmutableList<string> Bubbles { get; private set; } = [];

    /// <summary>A message has just been accepted: the draft of it goes.</summary>
    public bool WasSent { get; private set; }

    public ControlView Control => View.Control;
    public bool IsMine => Control.State == ControlState.Human && Control.Owner == Me.Id;
    public bool MayLead => Actor.May(StaffRights.Lead);
    public bool MayTake => Control.State == ControlState.Queued && Actor.May(StaffRights.Take);
    public bool MayReply => IsMine && Actor.May(StaffRights.Reply);
    public bool MaySteal => Control.State == ControlState.Human && !IsMine && MayLead;
    public bool MayIntervene => Control.State is ControlState.Bot or ControlState.Returned or ControlState.Closed && (Actor.May(StaffRights.Intervene) || (Actor.May(StaffRights.Take) && Control.CaseOpen));
    public bool MayNote => Control.CaseNumber is not null && Actor.May(StaffRights.Reply);
    public string State => char.ToLowerInvariant(Control.State.ToString()[0]) + Control.State.ToString()[1..];
    public string DraftKey => $"{Me.Id}/{Id}";
    public DateTimeOffset At => Now;
    public string Heading => Case?.Title ?? View.Procedure?.Title ?? "会話";
    public IEnumerable<Department> OtherDesks => MyTown.Departments.Where(d => d.Id != View.Department);

    public async Task<IActionResult> OnGetAsync(string? reply)
    {
        WasSent = TempData["sent"] is not null;
        if (!await LoadAsync()) return NotFound();
        if (reply is not null && Replies.Find(r => r.Id == reply) is { } prepared) Draft = prepared.Text;
        if (Request.Headers["Sec-Fetch-Mode"] == "cors" && Get<Readings>().IsOpen(Me.Id, Id)) return Page();
        await Records.AuditAsync(AuditEntry.Read(Now, Me.Town, Me.Name, "conversation", Id).By(Me, HttpContext) with { Department = View.Department, SubjectName = Control.CaseNumber });
        Get<Readings>().Open(Me.Id, Id);
        return Page();
    }

    /// <summary>A tag of what the page shows, for the page that renews itself; also the sign that its owner is there.</summary>
    public async Task<IActionResult> OnGetVersionAsync()
    {
        if (await FindTalkAsync(Id) is not { } talk) return NotFound();
        if (talk.View.Control.Owner == Me.Id) await talk.Room.Attend(Me.Id);
        await using var read = Records.Read();
        var last = await read.TranscriptAsync(Id, null, 30, Cancel);
        var notes = await read.NotesOfTalkAsync(Me.Town, Id, Me.Departments, Cancel);
        var tag = Etag.Of(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', last.Items.Select(m => m.ToString()).Prepend($"{talk.View.Control} {talk.View.Procedure?.Step} {talk.View.Reachable} {notes.Count}"))));
        Response.Headers.ETag = tag;
        return Request.Headers.IfNoneMatch == tag ? StatusCode(StatusCodes.Status304NotModified) : Content(tag, "text/plain");
    }

    /// <summary>A picture of this talk.</summary>
    public async Task<IActionResult> OnGetPictureAsync(string content)
    {
        if (await FindTalkAsync(Id) is not { } talk || HttpContext.RequestServices.GetService<ContentStore>() is not { } store) return NotFound();
        await using (var read = Records.Read())
            if (!await read.Messages.AnyAsync(m => m.Conversation == Id && !m.Unsent && m.ContentIds != null && (m.ContentIds == content || (" " + m.ContentIds + " ").Contains(" " + content + " ")), Cancel)) return NotFound();
        if (await store.OpenAsync(Me.Town, content, Cancel) is not var (kept, bytes)) return NotFound();
        await Records.AuditAsync(AuditEntry.Read(Now, Me.Town, Me.Name, "conversation-media", Id).By(Me, HttpContext) with { Department = talk.View.Department });
        if (kept.MediaType.StartsWith("image/", StringComparison.Ordinal)) return File(bytes, kept.MediaType);
        await bytes.DisposeAsync();
        return NotFound();
    }

    public Task<IActionResult> OnPostTakeAsync(int epoch) => TakeAsync(Id, epoch);

    public Task<IActionResult> OnPostInterveneAsync(int epoch, string? reason) =>
        CommandAsync("intervene", "割り込みました。ボットは話すのをやめ、住民に担当が始まったことを知らせました。", by => new ControlCommand.Intervene(Given(reason)) { By = by, IfEpoch = epoch });

    public async Task<IActionResult> OnPostTransferAsync(int epoch, string? owner, string? reason)
    {
        StaffRow? colleague = null;
        await using (var read = Records.Read())
            if (owner is { Length: > 0 }) colleague = await read.FindStaffAsync(Me.Town, owner, Cancel);
        if (colleague is not { DisabledAt: null })
        {
            Warn("引き継ぐ相手を選んでください。");
            return Redirect(Here());
        }

        return await CommandAsync("transfer", colleague.Id == Me.Id ? "引き継ぎました。あなたが担当です。" : $"{colleague.Name} さんに引き継ぎました。", by => new ControlCommand.Transfer(colleague.Id, colleague.Name, Given(reason)) { By = by, IfEpoch = epoch });
    }

    public Task<IActionResult> OnPostReleaseAsync(int epoch, string? department, string? reason) =>
        CommandAsync("release", "待ちに戻しました。住民には担当を引き継いでいることを知らせました。", by => new ControlCommand.Release(Given(department), Given(reason)) { By = by, IfEpoch = epoch });

    public Task<IActionResult> OnPostReturnAsync(int epoch, bool workLeft) =>
        CommandAsync("return", workLeft ? "ボットに戻しました。案件は「庁内で対応中」として残ります。" : "ボットに戻しました。", by => new ControlCommand.ReturnToBot(workLeft) { By = by, IfEpoch = epoch });

    public Task<IActionResult> OnPostCloseAsync(int epoch, string? result, string? tags) =>
        CommandAsync("close", "対応を終了しました。", by => new ControlCommand.Close(TalkWords.Results.Exists(r => r.Code == result) ? result! : "",
            [.. (tags ?? "").Split(['、', ',', '，', '\n', ' ', '　'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()]) { By = by, IfEpoch = epoch });

    public async Task<IActionResult> OnPostSayAsync(int epoch, long seen, Guid key, string? text, bool split)
    {
        if (await FindTalkAsync(Id) is not { } talk) return NotFound();
        var words = (text ?? "").ReplaceLineEndings("\n").Trim();
        (Draft, Key) = (words, key);
        if (words.Length == 0) Mend("Text", "本文を入力してください。");
        else if (words.Length > CannedReplies.LongestText) Mend("Text", $"本文は 5,000 文字までです。いまは {Shown.Number(words.Length)} 文字です。");
        else
        {
            var answer = await StaffSay.Say(talk, new(words) { LastSeenSeq = seen, AcceptSplit = split }, epoch, key);
            switch (answer.Verdict)
            {
                case StaffSayVerdict.Accepted or StaffSayVerdict.Repeated:
                    TempData["sent"] = "yes";
                    return Redirect($"/console/talks/{Id}#end");
                case StaffSayVerdict.NotVisible: return NotFound();
                case StaffSayVerdict.WouldSplit:
                    Bubbles = answer.Bubbles;
                    Mend("Text", $"長いため、{answer.Bubbles.Count} 個の吹き出しに分かれて届きます。下の分かれ方でよければ「分けて送る」を押してください。");
                    break;
                case StaffSayVerdict.NewerMessages:
                    Mend("Text", "入力しているあいだに住民が新しく書き込みました。まだ送っていません。新しい発言を読んでから、もう一度「送信」を押してください。");
                    break;
                case StaffSay.Undeliverable:
                    Mend("Text", "住民がブロックしているため、送っても届きません。電話など、ほかの方法で連絡してください。");
                    break;
                case StaffSayVerdict.NotOwner or StaffSayVerdict.Stale:
                    await Records.AuditAsync(AuditEntry.Refused(Now, Me.Town, Me.Name, "conversation-say", Id, answer.Verdict.ToString()).By(Me, HttpContext) with { Department = answer.Talk?.Department });
                    Mend("Text", answer.Talk?.Control is { Owner: not null, OwnerName: { } name } control && control.Owner != Me.Id
                        ? $"送っていません。いまは {name} さんが担当しています。書いた文章は下に残っています。" : "送っていません。担当の状態が変わりました。書いた文章は残っています。いまの状態を確かめてください。");
                    break;
                default:
                    Mend("Text", "送っていません。画面を開き直してから、もう一度送信してください。書いた文章は残っています。");
                    break;
            }
        }

        return await LoadAsync() ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostNoteAsync(Guid key, string? text)
    {
        if (await FindTalkAsync(Id) is not { } talk || talk.View.Control.CaseNumber is not { } number) return NotFound();
        if (Given(text) is not { Length: <= 4000 } words) Warn("メモを 4,000 文字以内で入力してください。");
        else
        {
            var answer = await Get<Rooms>().Case(CaseKey.For(Me.Town, number)).Change(new CaseCommand.Note(key, words) { By = talk.Actor });
            if (answer.Verdict is CaseVerdict.Done or CaseVerdict.Unchanged) Say("内部メモを残しました。住民には見えません。");
            else Warn("メモを残せませんでした。権限がないか、案件がほかの部署に移りました。");
        }

        return Redirect($"/console/talks/{Id}#end");
    }

    private async Task<IActionResult> CommandAsync(string name, string done, Func<Actor, ControlCommand> command)
    {
        if (await FindTalkAsync(Id) is not { } talk) return NotFound();
        var answer = await talk.Room.Change(command(talk.Actor));
        if (answer.Verdict == ControlVerdict.NotVisible) return NotFound();
        if (answer.Verdict is ControlVerdict.Done or ControlVerdict.Unchanged)
        {
            await Records.AuditAsync(Line($"conversation-{name}", Id) with { Department = answer.Talk?.Department, SubjectName = answer.Talk?.Control.CaseNumber });
            Say(done);
        }
        else await RefusedAsync(Id, name, answer);
        // moved to a department that is not ours: the list is what is left
        return Redirect(await FindTalkAsync(Id) is null ? "/console/queue" : $"/console/talks/{Id}");
    }

    private async Task<bool> LoadAsync()
    {
        if (await FindTalkAsync(Id) is not { } talk) return false;
        (View, Actor) = (talk.View, talk.Actor);
        var departments = Me.DepartmentsFor(Scopes.ReadConversations);
        await using var read = Records.Read();
        var page = await read.TranscriptAsync(Id, Before, Most, Cancel);
        var notes = await read.NotesOfTalkAsync(Me.Town, Id, departments, Cancel);
        var changes = await read.ControlChanges.Where(c => c.Conversation == Id).OrderBy(c => c.Seq).ToListAsync(Cancel);
        Lines = ThreadLine.Of(page.Items, notes, changes, page.HasMore, Before);
        Earlier = page.HasMore ? Here(("before", page.Items[0].Seq.ToString(System.Globalization.CultureInfo.InvariantCulture))) : null;
        Seen = page.Items.IsEmpty ? 0 : page.Items[^1].Seq;
        if (Control.CaseNumber is { } number && await read.FindCaseAsync(Me.Town, number, Cancel) is { } row && (departments is null || departments.Contains(row.Department))) Case = row;
        PastCases = (await read.ListCasesAsync(new(Me.Town, departments) { Resident = Id }, null, 11, Cancel)).Items.RemoveAll(c => c.Number == Case?.Number);
        Strip = ControlStrip.Of(await read.ControlStripAsync(Id, Cancel), Now);
        if (MayReply) Replies = (await read.ListCannedRepliesAsync(Me.Town, departments, null, 100, Cancel)).Items;
        if ((IsMine || MaySteal) && View.Department is { } desk)
        {
            var people = await read.ListStaffAsync(Me.Town, null, desk, null, withDisabled: false, Cancel);
            Colleagues = [.. people.Where(p => p.Person.Id != Control.Owner && Staff.Person(p.Person, p.Roles).Can(Rights.TakeConversations, desk)).Select(p => p.Person)];
        }

        if (IsMine) KnownTags = [.. await read.LabelsInUseAsync(Me.Town, 20, Cancel)];
        return true;
    }

    private static string? Given(string? words) => string.IsNullOrWhiteSpace(words) ? null : words.Trim();
}
